"""The search page and the command palette: go to anything, do what this page offers, by keyboard alone.

Without script the field at the top is a plain search. Nothing shows that its own page would not show.
"""
