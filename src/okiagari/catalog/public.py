"""What of the catalogue is for the public: the products it may be told of, and the pictures of their steps.

Enters: the day. Leaves: values, and the bytes of one picture. A file of anything else than a step is not
here, whatever its SHA-256.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from okiagari.catalog.models import Picture
from okiagari.catalog.problems import NO_SUCH_PICTURE
from okiagari.catalog.rules.listing import LISTED, UNLISTED
from okiagari.catalog.values import ProductView
from okiagari.catalog.viewing import PRODUCTS, product_view
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.plumbing import files


@dataclass(frozen=True)
class PictureFile:
    """`kind`: png, jpeg, webp."""

    kind: str
    content: bytes


def public_products(subject: Subject, today: date) -> Sequence[ProductView]:
    """Every product that the public pages name by itself, by model number."""
    permits.require(subject, "catalog.read")
    sold = Q(support_dates__kind="general_availability") & ~Q(listing=UNLISTED)
    rows = PRODUCTS.filter(Q(listing=LISTED) | sold).distinct().order_by("model")
    return tuple(view for view in map(product_view, rows) if view.is_public(today))


def picture(subject: Subject, sha256: str) -> PictureFile:
    """One picture as it goes out. Raises NO_SUCH_PICTURE."""
    permits.require(subject, "catalog.read")
    row = Picture.objects.select_related("blob").filter(blob__sha256=sha256).first()
    if row is None:
        raise NO_SUCH_PICTURE(sha256=sha256[:12])
    return PictureFile(row.kind, files.read(row.blob.sha256))
