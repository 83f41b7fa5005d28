"""CycloneDX 1.6 and 1.7 read back: components, vulnerabilities, analyses (ECMA-424)."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from okiagari.disclose.consistency import normal
from okiagari.disclose.consistency.fields import Field
from okiagari.disclose.consistency.readers import spoken
from okiagari.disclose.consistency.statement import Told, Within

Json = Mapping[str, Any]
_PREFIXES = {"CVSSv3": "CVSS:3.0/", "CVSSv31": "CVSS:3.1/", "CVSSv4": "CVSS:4.0/"}
"""CycloneDX names the version beside the vector and leaves its prefix out."""
_STATES = {"exploitable": "affected", "in_triage": "investigating"}


def read(data: bytes, within: Within) -> Iterator[Told]:
    document = json.loads(data)
    at = document["metadata"]["timestamp"]
    yield Told(Field.CURRENT, normal.instant(at, within.zone), "/metadata/timestamp")
    names: dict[str, str] = {}
    for index, each in enumerate(document.get("components", ())):
        names[each["bom-ref"]] = normal.name(each["name"])
        name, place = names[each["bom-ref"]], f"/components/{index}"
        yield Told(Field.PRODUCT, name, f"{place}/name")
        if "cpe" in each:
            yield Told(Field.CPE, normal.cpe(each["cpe"]), f"{place}/cpe", name)
        if "purl" in each:
            yield Told(Field.PURL, normal.purl(each["purl"]), f"{place}/purl", name)
    for index, flaw in enumerate(document.get("vulnerabilities", ())):
        place = f"/vulnerabilities/{index}"
        yield from _flaw(flaw, place, within)
        yield from _analysis(flaw, place, names, within)


def _flaw(flaw: Json, place: str, within: Within) -> Iterator[Told]:
    name = flaw["id"]
    if not name.startswith(f"{within.tracking_id}-"):
        yield Told(Field.IDS, name, f"{place}/id", flaw=name)
    if "url" in flaw.get("source", {}):
        yield Told(Field.ID_LINKS, normal.url(flaw["source"]["url"]), f"{place}/source/url")
    for index, each in enumerate(flaw.get("references", ())):
        yield Told(Field.IDS, each["id"], f"{place}/references/{index}/id", flaw=name)
        url, where = each.get("source", {}).get("url", ""), f"{place}/references/{index}/source/url"
        if url:
            yield Told(Field.ID_LINKS, normal.url(url), where)
    for index, number in enumerate(flaw.get("cwes", ())):
        yield Told(Field.CWE, f"CWE-{number}", f"{place}/cwes/{index}", flaw=name)
    for index, each in enumerate(flaw.get("advisories", ())):
        yield Told(Field.PAGE, normal.url(each["url"]), f"{place}/advisories/{index}/url")
    people = flaw.get("credits", {}).get("individuals", ())
    for index, each in enumerate(people):
        where = f"{place}/credits/individuals/{index}/name"
        yield Told(Field.CREDIT, normal.plain(each["name"]), where)
    yield Told(Field.INITIAL, normal.instant(flaw["published"], within.zone), f"{place}/published")
    if "updated" in flaw:
        yield Told(Field.CURRENT, normal.instant(flaw["updated"], within.zone), f"{place}/updated")


def _analysis(flaw: Json, place: str, names: Mapping[str, str], within: Within) -> Iterator[Told]:
    state = _STATES.get(flaw["analysis"]["state"], flaw["analysis"]["state"])
    is_final = "will_not_fix" in flaw["analysis"].get("response", ())
    update = spoken.update(flaw.get("recommendation", ""), within.language)
    for row, target in enumerate(flaw.get("affects", ())):
        product = names.get(target["ref"], target["ref"])
        about = {"product": product, "flaw": flaw["id"]}
        yield Told(Field.STATUS, state, f"{place}/analysis/state", **about)
        if is_final:
            yield Told(Field.FINAL, "yes", f"{place}/analysis/response", **about)
        if update:
            yield Told(Field.UPDATE, update, f"{place}/recommendation", **about)
        for column, each in enumerate(target.get("versions", ())):
            where = f"{place}/affects/{row}/versions/{column}"
            name = "range" if "range" in each else "version"
            versions = normal.specifier(each[name])
            if each["status"] in {"affected", "unknown"} and state == "affected":
                yield Told(Field.AFFECTED, versions, f"{where}/{name}", **about)
            elif each["status"] == "unaffected" and state == "affected":
                yield Told(Field.FIXED, versions, f"{where}/{name}", **about)
        for number, rating in enumerate(flaw.get("ratings", ())):
            yield Told(Field.VECTOR, _vector(rating), f"{place}/ratings/{number}/vector", **about)
    for number, rating in enumerate(flaw.get("ratings", ())):
        where, vector = f"{place}/ratings/{number}", _vector(rating)
        yield Told(Field.OVERALL, f"{float(rating['score']):.1f}", f"{where}/score", flaw=vector)
        yield Told(Field.OVERALL_SEVERITY, rating["severity"], f"{where}/severity", flaw=vector)


def _vector(rating: Json) -> str:
    prefix = _PREFIXES.get(rating["method"], "")
    return prefix + str(rating["vector"]).removeprefix(prefix)
