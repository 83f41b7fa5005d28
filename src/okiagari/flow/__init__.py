"""Flow: the only room that knows the order of the stages.

Enters: ledger lines of lower rooms. Leaves: the position of every case, what waits for whom, jobs.
`map` is the table, `advance` the only code that reads it.
"""
