"""Screens of intake for those who work on reports: the list, a report, what a desk enters, the deeds.

Views call queries and actions only. A file of a report leaves as a download that no browser opens.
"""
