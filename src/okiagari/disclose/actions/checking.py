"""Having every format read back now. A projection is made anew; nothing of the advisory changes."""

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.disclose import access
from okiagari.disclose.consistency import checks


def check_consistency(subject: Subject, advisory_id: str) -> None:
    """Of what would go out now; of a big document it takes seconds, so it is no part of a page."""
    permits.require(subject, "cases.inside")
    checks.ensure(access.seen(subject, advisory_id))
