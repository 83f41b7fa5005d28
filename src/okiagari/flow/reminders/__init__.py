"""Reminders and escalation: what waits, and is due soon or late, is told to whom it waits for.

Enters: everything that waits (`flow.models.Wait`). Leaves: one letter a person and working day, a letter to
those who lead when something is overdue, and a line on the timeline for that, once for each stage. A
letter never says more of a case than its number and the link to it.
"""
