"""Screens of reach: one curve for an advisory or a case, its products, the table that says the same."""
