"""Do all formats of an advisory say the same? What differs per field, with file, place and both values."""

from typing import Any

import msgspec
from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from ninja import Router

from okiagari.api.base import answer, asking
from okiagari.disclose import actions, queries

router = Router()


@router.get("/advisories/{advisory_id}/consistency", operation_id="read_consistency", response=dict[str, Any])
def consistency(request: HttpRequest, advisory_id: str) -> HttpResponse:
    """Do all formats say the same? Differences per field, with file, place (JSON pointer, path, line) and
    both values. `is_checked` is false while a big document waits for its check."""
    return answer(_consistency(queries.consistency(asking(request), advisory_id)))


@router.post(
    "/advisories/{advisory_id}/consistency", operation_id="check_consistency", response=dict[str, Any]
)
def check_consistency(request: HttpRequest, advisory_id: str) -> HttpResponse:
    """Have every format read back now; of a big document it takes seconds."""
    subject = asking(request)
    actions.check_consistency(subject, advisory_id)
    return answer(_consistency(queries.consistency(subject, advisory_id)))


def _consistency(view: queries.ConsistencyView) -> dict[str, Any]:
    return {
        "is_checked": view.is_checked,
        "is_consistent": view.is_consistent,
        "at": view.at,
        "files": view.files,
        "facts": view.facts,
        "formats": view.formats,
        "fields": [
            {
                "field": each.field,
                "label": gettext(each.label),
                "count": each.count,
                "differences": msgspec.to_builtins(each.gaps),
            }
            for each in view.fields
        ],
        "findings": [
            {
                "code": each.code,
                "text": gettext(each.text) % each.parameters,
                "path": each.path,
                "place": each.place,
                "is_error": each.is_error,
            }
            for each in view.noted
        ],
    }
