"""Remedy: what is done about it.

Enters: decisions of the grid. Leaves: measures (fix, workaround, stop use, replace, accept), ready to
be published. It knows that "not yet" is not "never": stop use is required where nothing can be fixed.
"""
