"""The case file for programs: the file itself, what is known and said, and the work on it.

Every answer that holds a whole case has its version as ETag; a PATCH with If-Match changes nothing when
somebody else was first. Whoever asks from outside gets what `cases.queries` gives them, and no more.
"""

from ninja import Router

from okiagari.api.cases.answers import router as answers
from okiagari.api.cases.clocks import router as clocks
from okiagari.api.cases.file import router as file
from okiagari.api.cases.incident import router as incident
from okiagari.api.cases.people import router as people
from okiagari.api.cases.talks import router as talks
from okiagari.api.cases.work import router as work

router = Router()
for _part in (file, people, work, clocks, incident, talks, answers):
    router.add_router("", _part)
