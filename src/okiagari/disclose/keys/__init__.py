"""The keys that sign the published tree: a ring in the data folder, and whoever signs with it.

Public keys lie open; secret ones lie locked under the passphrase of the environment, or are not here at
all and a command signs. Nothing of a secret key or a passphrase enters the database, a log or an error.
"""
