"""Screens of the fleet: what was seen in the field, the texts nobody knows yet, imports of observations."""
