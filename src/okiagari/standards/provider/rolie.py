"""ROLIE feed, service and category document (RFC 8322; OASIS CSAF 2.0, 7.1.15 to 7.1.17), as JSON.

In: what is published. Out: documents. The newest entry stands first.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from okiagari.standards.documents import Json, instant, pruned
from okiagari.standards.provider import layout
from okiagari.standards.provider.layout import Edition

CSAF = {"scheme": "urn:ietf:params:rolie:category:information-type", "term": "csaf"}
PRODUCTS = "urn:ietf:params:rolie:category:product-name"


@dataclass(frozen=True)
class Published:
    """One document. `path`: below the folder of its version; `models`: the products it speaks of."""

    path: str
    id: str
    title: str
    summary: str
    first_at: datetime
    last_at: datetime
    models: tuple[str, ...] = ()


def feed(edition: Edition, url: str, published: Sequence[Published], *, at: datetime, signed: bool) -> Json:
    """The feed of everything that anybody may read. `at`: when nothing is published yet."""
    return {
        "feed": {
            "category": [CSAF],
            "entry": [_entry(edition, url, each, signed=signed) for each in published],
            "id": f"csaf-feed-tlp-{edition.label.lower()}",
            "link": [
                {"href": f"{url}/{edition.feed}", "rel": "self"},
                {"href": f"{url}/{layout.SERVICE}", "rel": "service"},
            ],
            "title": f"CSAF feed (TLP:{edition.label})",
            "updated": instant(max((each.last_at for each in published), default=at)),
        }
    }


def service(edition: Edition, url: str) -> Json:
    """Which feeds there are."""
    collection = {
        "categories": {"category": [CSAF]},
        "href": f"{url}/{edition.feed}",
        "title": f"CSAF feed (TLP:{edition.label})",
    }
    return {"service": {"workspace": [{"collection": [collection], "title": "Public CSAF feeds"}]}}


def categories(published: Iterable[Published]) -> Json:
    """The terms that entries carry: that they are CSAF, and the models they speak of."""
    models = sorted({model for each in published for model in each.models})
    return {"categories": {"category": [CSAF, *(_model(each) for each in models)]}}


def _entry(edition: Edition, url: str, published: Published, *, signed: bool) -> Json:
    address = f"{url}/{published.path}"
    beside = [("hash", name) for name in layout.HASHES]
    if signed:
        beside.append(("signature", layout.SIGNATURE))
    return pruned(
        category=[_model(each) for each in published.models],
        content={"src": address, "type": "application/json"},
        format={"schema": edition.schema, "version": edition.version},
        id=published.id,
        link=[
            {"href": address, "rel": "self"},
            *({"href": f"{address}.{ending}", "rel": rel} for rel, ending in beside),
        ],
        published=instant(published.first_at),
        summary={"content": published.summary} if published.summary else None,
        title=published.title,
        updated=instant(published.last_at),
    )


def _model(name: str) -> Json:
    return {"scheme": PRODUCTS, "term": name}
