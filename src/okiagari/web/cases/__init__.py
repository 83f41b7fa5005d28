"""Screens of the case file: the list, the case page with its frame, and one page for each deed."""
