"""The products that the public pages name by themselves, as the catalogue has them now.

In: the day. Out: a `Catalogue`. No advisory and no approver stands behind it: what it holds is what somebody
let go out (`catalog.rules.listing`), and only that. A date that nobody decided, and a successor that the
public may not know of, stay inside.
"""

from collections.abc import Iterable
from datetime import date
from zoneinfo import ZoneInfo

import msgspec
from django.conf import settings

from okiagari.catalog import queries as catalog
from okiagari.catalog.public import public_products
from okiagari.catalog.queries import LineView, ProductView
from okiagari.desk.subjects import SYSTEM
from okiagari.disclose.gather import looks, products
from okiagari.disclose.rules.content import Catalogue, Product, VersionNote
from okiagari.plumbing import clock


def today() -> Catalogue:
    """By the maker's calendar."""
    return catalogue(clock.today(ZoneInfo(settings.TIME_ZONE)))


def catalogue(today: date) -> Catalogue:
    views = {view.model: view for view in public_products(SYSTEM, today)}
    keys = sorted({target.line for view in views.values() for target in view.targets if target.line})
    lines = catalog.lines_named(SYSTEM, keys)
    return Catalogue(
        products=[
            _product(products.product(target, views, lines), view)
            for view in views.values()
            for target in view.targets
        ],
        lookups=looks.lookups(views, lines),
        version_notes=list(_notes(lines.values())),
        followed_by={model: view.successor for model, view in views.items() if view.successor in views},
        support_at={
            model: view.support_at.isoformat() for model, view in views.items() if view.support_at is not None
        },
    )


def _product(product: Product, view: ProductView) -> Product:
    decided = {kind: day for kind, day in product.support.items() if kind not in view.assumed_support}
    return msgspec.structs.replace(product, support=decided)


def _notes(lines: Iterable[LineView]) -> Iterable[VersionNote]:
    """Of releases that owners can have."""
    for line in lines:
        for release in line.releases:
            if release.public_note and release.state in products.OUT:
                text = dict(release.public_note.texts)
                yield VersionNote(line=line.key, release=release.text, text=text)
