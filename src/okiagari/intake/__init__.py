"""Intake: somebody says there is a vulnerability.

Enters: reports from the public form, the API, desks and own finds. Leaves: an answered report, linked
to a case or closed with a verdict. It decides whether a report is valid, and nothing of its severity.
"""
