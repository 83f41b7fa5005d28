"""Okiagari: from the first report of a vulnerability to the last device that runs the fix."""

__version__ = "0.1.0"
