"""What moves when two cases become one, or one becomes two. Called by `flow.merging`, which locks both.

Every room whose rows hang on a case has a `moving` with three functions over its own rows: `absorb`
(everything goes to the other case), `part` (what was chosen goes), `give_back` (a merge is undone by its
record). None of them writes a line, asks who may, or deletes anything that somebody wrote.
"""

from okiagari.cases.moving import embargoes
from okiagari.cases.moving.carrying import Chosen, Pairs, Record, ask, carry, rescope
from okiagari.cases.moving.file import absorb, give_back, part
from okiagari.cases.moving.opening import copy_grants, grants_beyond, open_beside

__all__ = [
    "Chosen",
    "Pairs",
    "Record",
    "absorb",
    "ask",
    "carry",
    "copy_grants",
    "embargoes",
    "give_back",
    "grants_beyond",
    "open_beside",
    "part",
    "rescope",
]
