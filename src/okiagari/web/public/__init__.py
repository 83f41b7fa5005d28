"""Pages for people outside: the report form, the receipt, and the published site. No account, no script.

In: what strangers send. Out: spooled reports, plain words on how far they are, files of the site. The
subject is always the public, even where somebody is signed in; nothing here reads a case.
"""
