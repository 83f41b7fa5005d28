"""CVE records 5.x read back: a whole record, or the container a CNA sends."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from okiagari.disclose.consistency import normal
from okiagari.disclose.consistency.fields import Field
from okiagari.disclose.consistency.readers import spoken
from okiagari.disclose.consistency.statement import Told, Within

Json = Mapping[str, Any]
_STATES = {"unaffected": "not_affected", "unknown": "investigating"}
_METRICS = ("cvssV2_0", "cvssV3_0", "cvssV3_1", "cvssV4_0")


def read(data: bytes, within: Within) -> Iterator[Told]:
    document = json.loads(data)
    is_whole = "containers" in document
    place = "/containers/cna" if is_whole else "/cnaContainer"
    container = document["containers"]["cna"] if is_whole else document["cnaContainer"]
    if is_whole:
        head = document["cveMetadata"]
        yield Told(Field.IDS, head["cveId"], "/cveMetadata/cveId")
        for kind, name in ((Field.INITIAL, "datePublished"), (Field.CURRENT, "dateUpdated")):
            yield Told(kind, normal.instant(head[name], within.zone), f"/cveMetadata/{name}")
    yield from _container(container, place, within)


def _container(container: Json, place: str, within: Within) -> Iterator[Told]:
    public = normal.instant(container["datePublic"], within.zone)
    yield Told(Field.PUBLIC, public, f"{place}/datePublic")
    for index, each in enumerate(container.get("problemTypes", ())):
        where = f"{place}/problemTypes/{index}/descriptions/0/cweId"
        yield Told(Field.CWE, each["descriptions"][0]["cweId"], where)
    for index, each in enumerate(container.get("credits", ())):
        yield Told(Field.CREDIT, normal.plain(each["value"]), f"{place}/credits/{index}/value")
    for index, each in enumerate(container["affected"]):
        yield from _product(each, f"{place}/affected/{index}")
    for index, each in enumerate(container.get("metrics", ())):
        for name in _METRICS:
            if name in each:
                yield from _score(each[name], f"{place}/metrics/{index}/{name}")
    yield from _references(container, place, within)
    for index, each in enumerate(container.get("solutions", ())):
        for text in spoken.updates(each["value"], each["lang"]):
            yield Told(Field.UPDATE, text, f"{place}/solutions/{index}/value")


def _product(said: Json, place: str) -> Iterator[Told]:
    name = normal.name(" ".join([said["product"], *said.get("platforms", ())]))
    yield Told(Field.PRODUCT, name, f"{place}/product")
    yield Told(Field.MODEL, normal.plain(said["product"]), f"{place}/product", name)
    for index, text in enumerate(said.get("cpes", ())):
        yield Told(Field.CPE, normal.cpe(text), f"{place}/cpes/{index}", name)
    if "packageURL" in said:
        yield Told(Field.PURL, normal.purl(said["packageURL"]), f"{place}/packageURL", name)
    lines = list(enumerate(said.get("versions", ())))
    states = {said["defaultStatus"], *(line["status"] for _, line in lines)}
    state = "affected" if "affected" in states else _STATES.get(said["defaultStatus"], "")
    yield Told(Field.STATUS, state, f"{place}/defaultStatus", name)
    if said["defaultStatus"] == "affected":
        yield Told(Field.AFFECTED, normal.EVERY, f"{place}/defaultStatus", name)
    for index, line in lines:
        kind = Field.AFFECTED if line["status"] == "affected" else Field.FIXED
        yield Told(kind, _versions(line), f"{place}/versions/{index}", name)


def _versions(line: Json) -> str:
    low = "" if line["version"] == "0" else line["version"]
    if "lessThan" in line:
        return normal.between(low, line["lessThan"], is_open=True)
    if "lessThanOrEqual" in line:
        high = "" if line["lessThanOrEqual"] == "*" else line["lessThanOrEqual"]
        return normal.between(low, high)
    return normal.plain(line["version"])


def _score(score: Json, place: str) -> Iterator[Told]:
    vector = score["vectorString"]
    yield Told(Field.FLAW_VECTOR, vector, f"{place}/vectorString")
    yield Told(Field.BASE, f"{score['baseScore']:.1f}", f"{place}/baseScore", flaw=vector)
    if "baseSeverity" in score:
        word = score["baseSeverity"].lower()
        yield Told(Field.BASE_SEVERITY, word, f"{place}/baseSeverity", flaw=vector)


def _references(container: Json, place: str, within: Within) -> Iterator[Told]:
    for index, each in enumerate(container.get("references", ())):
        url = normal.url(each["url"])
        where = f"{place}/references/{index}/url"
        if url.startswith(within.url + "/"):
            yield Told(Field.PAGE, url, where)
        else:
            kind = Field.PATCH if "patch" in each.get("tags", ()) else Field.REFERENCES
            yield Told(kind, url, where)
