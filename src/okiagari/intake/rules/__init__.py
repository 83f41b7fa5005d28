"""Rules of intake: what a report may hold, how it moves, what resembles it, how we answer. All pure."""
