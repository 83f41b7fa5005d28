"""Do all formats of an advisory say the same? Each finished file is read back and held against the content.

Enters: the content that was sealed, and the bytes of the files that go out or are out. Leaves: what differs,
per field, with the file, the place in it and both values. It reads files as a stranger would, never through
what built them, and it changes none.
"""
