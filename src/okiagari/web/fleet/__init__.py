"""Screens of the fleet: what was seen in the field, and the texts nobody knows yet. For readers of figures."""
