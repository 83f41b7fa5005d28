"""Screens of learning: the lessons of a case as its tab, and all open promises on one page."""
