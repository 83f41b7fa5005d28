"""Where a document lies: file name by OASIS CSAF 2.0, section 5.1; folder by requirement 7.1.11."""

import re
from datetime import UTC, datetime

_REPLACED = re.compile(r"[^+\-a-z0-9]+")


def file_name(tracking_id: str) -> str:
    """Lower case, every run of other characters one underscore, ``.json`` at the end."""
    return _REPLACED.sub("_", tracking_id.lower()) + ".json"


def folder(initial_release_date: datetime) -> str:
    """The year of the first release, in UTC as the document writes it."""
    return f"{initial_release_date.astimezone(UTC).year:04d}"
