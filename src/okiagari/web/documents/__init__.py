"""Screens for documents of others and of the maker's own past: read, looked at, taken in."""
