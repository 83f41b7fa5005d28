"""Two cases become one, one becomes two: with a reason, losing nothing, doubling nothing.

In: two cases that one person leads, and what that person says about what cannot be told from the rows
(which flaws are the same, which of two decisions holds, who of the other case comes along). Out: the rows
of every room under the other case, a `Transfer` that remembers which, a line in both timelines. Each room
moves its own rows (``<room>/moving``); here is only the order. It never lets anybody in who was not named,
never ends an embargo, and never lets one of two contradicting decisions win by itself.
"""
