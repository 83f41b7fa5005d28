"""The last look at what is out as plain values: the same for programs at every door."""

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import msgspec
from django.utils.translation import gettext

from okiagari.disclose.consistency.downloads import STATES, Asked
from okiagari.disclose.consistency.report import Noted

if TYPE_CHECKING:
    from okiagari.disclose.queries.site_check import SiteCheckView


def noted(found: Iterable[Noted]) -> list[dict[str, object]]:
    return [
        {
            "code": each.code,
            "text": gettext(each.text) % each.parameters,
            "path": each.path,
            "place": each.place,
            "is_error": each.is_error,
        }
        for each in found
    ]


def link(known: Asked) -> dict[str, object]:
    return {
        "url": known.link.url,
        "release": known.link.release,
        "models": list(known.link.models),
        "state": known.state,
        "text": gettext(STATES[known.state]) if known.state else "",
        "at": known.at.isoformat() if known.at else None,
        "status": known.status,
        "expected": known.link.expected,
        "sha256": known.sha256,
        "size": known.size,
        "seconds": round(known.seconds, 3),
        "why": known.why,
    }


def look(found: "SiteCheckView") -> dict[str, Any]:
    return {
        "is_fine": found.is_fine,
        "at": found.at.isoformat() if found.at else None,
        "is_old": found.is_old,
        "files": found.files,
        "advisories": found.checked,
        "findings": noted(found.noted),
        "support": msgspec.to_builtins(found.lives),
        "differences": [
            {
                "tracking_id": each.tracking_id,
                "fields": msgspec.to_builtins(each.fields),
                "findings": noted(each.noted),
            }
            for each in found.advisories
        ],
        "links": [link(each) for each in found.links],
    }
