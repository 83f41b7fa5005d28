"""OpenVEX 0.2.0 read back: statements of products, whose versions are in their addresses."""

import json
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import unquote

from okiagari.disclose.consistency import normal
from okiagari.disclose.consistency.fields import Field
from okiagari.disclose.consistency.readers import spoken
from okiagari.disclose.consistency.statement import Told, Within

Json = Mapping[str, Any]
_STATUSES = {"under_investigation": "investigating"}


def read(data: bytes, within: Within) -> Iterator[Told]:
    document = json.loads(data)
    yield Told(Field.INITIAL, normal.instant(document["timestamp"], within.zone), "/timestamp")
    name = "last_updated" if "last_updated" in document else "timestamp"
    yield Told(Field.CURRENT, normal.instant(document[name], within.zone), f"/{name}")
    for index, each in enumerate(document["statements"]):
        yield from _statement(each, f"/statements/{index}", within)


def _statement(said: Json, place: str, within: Within) -> Iterator[Told]:
    flaw = said["vulnerability"]
    name = str(flaw["name"])
    if not name.startswith(f"{within.tracking_id}-"):
        yield Told(Field.IDS, name, f"{place}/vulnerability/name", flaw=name)
    for index, text in enumerate(flaw.get("aliases", ())):
        yield Told(Field.IDS, text, f"{place}/vulnerability/aliases/{index}", flaw=name)
    for index, product in enumerate(said["products"]):
        where = f"{place}/products/{index}/@id"
        address, _, part = product["@id"].partition("#")
        key = normal.name(unquote(address.rpartition("/")[2]))
        versions = normal.specifier(unquote(part)) if part else normal.EVERY
        yield Told(Field.PRODUCT, key, where)
        yield from _identifiers(product.get("identifiers", {}), f"{place}/products/{index}", key)
        if said["status"] == "fixed":
            yield Told(Field.FIXED, versions, where, key, name)
            continue
        state = _STATUSES.get(said["status"], str(said["status"]))
        yield Told(Field.STATUS, state, f"{place}/status", key, name)
        if state == "affected":
            yield Told(Field.AFFECTED, versions, where, key, name)
            text = said.get("action_statement", "")
            release = spoken.update(text, within.language)
            if release:
                yield Told(Field.UPDATE, release, f"{place}/action_statement", key, name)


def _identifiers(said: Json, place: str, key: str) -> Iterator[Told]:
    if "cpe23" in said:
        yield Told(Field.CPE, normal.cpe(said["cpe23"]), f"{place}/identifiers/cpe23", key)
    if "purl" in said:
        yield Told(Field.PURL, normal.purl(said["purl"]), f"{place}/identifiers/purl", key)
