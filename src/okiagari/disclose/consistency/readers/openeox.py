"""OpenEoX Core read back: the ends of one product, as days of the maker."""

import json
from collections.abc import Iterator

from okiagari.disclose.consistency import normal
from okiagari.disclose.consistency.fields import Field
from okiagari.disclose.consistency.statement import Told, Within

_KINDS = ("general_availability", "end_of_sales", "end_of_security_support", "end_of_life")


def read(data: bytes, within: Within) -> Iterator[Told]:
    """The Core names no product: the one name that is looked for is its product."""
    document = json.loads(data)
    product = next(iter(within.names), "")
    yield Told(Field.CURRENT, normal.instant(document["last_updated"], within.zone), "/last_updated")
    for kind in _KINDS:
        if document.get(kind, "tba") != "tba":
            day = normal.instant(document[kind], within.zone)[:10]
            yield Told(Field.SUPPORT, day, f"/{kind}", product, kind)
