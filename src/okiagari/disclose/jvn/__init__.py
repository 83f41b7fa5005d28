"""What the maker tells JPCERT/CC of a case, for the vendor's part of a JVN page: told, owed, kept.

Enters: the grid's roll-up, measures, the published advisory, a statement that somebody wrote. Leaves: the
next report (text ja and en, VULDEF 3.2), ready to be sent or copied, and every report that was told, byte for
byte. It decides whether something has changed since the last one; a person decides to tell it. Nothing here
is published, and what is not public yet goes to nobody but the coordinator.
"""
