"""What every room needs and no room is about: ledger, jobs, files, clock, ids, fields, wording.

It knows nothing of cases or people: subjects and scopes reach it as plain keys.
"""
