"""Learn: what a case taught, and who does what about it until when.

Enters: a case near its end. Leaves: lessons and actions that stay visible until they are done.
"""
