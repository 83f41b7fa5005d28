"""Replay: plays a past case through the same actions that the screens call, with the clock set.

Enters: a YAML file of dated events. Leaves: an installation in which the case has happened.
"""
