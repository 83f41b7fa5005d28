"""Screens of joining and splitting cases, and of linking reports to them. What would happen comes first."""
