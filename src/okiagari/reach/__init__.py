"""Reach: a published fix is not a fixed device.

Enters: what the fleet runs, day by day, and what was published. Leaves: curves with a named
denominator, silent units in it. It claims nothing that a unit did not say itself.
"""
