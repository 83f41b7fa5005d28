"""Triage for programs: criteria, judgements, scores, and the grid with its rows and cells.

The grid has a version of its own as ETag; deciding with If-Match changes nothing when somebody else was
first, and with an Idempotency-Key happens once however often it is sent.
"""

from ninja import Router

from okiagari.api.triage.grid import router as grid
from okiagari.api.triage.judging import router as judging
from okiagari.api.triage.sharing import router as sharing

router = Router()
for _part in (judging, grid, sharing):
    router.add_router("", _part)
