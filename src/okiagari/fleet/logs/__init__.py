"""Access logs of update servers as a source: what units asked for says what they run, or what they fetched.

Enters: log files (combined format, also gzip), and the maker's rules from addresses to products and releases.
Leaves: observations (a unit said which version it runs), claims (somebody fetched a whole image, which says
nothing of what runs), and a tally of every line by rule and outcome: nothing is dropped uncounted.
Never: keeps a client's address. A keyed pseudonym stands for it, and not for ever.

`rules`, `matching`, `files`, `counting` and `trying` import no Django; `actions` and `queries` are the
desk's side.
"""
