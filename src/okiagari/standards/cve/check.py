"""Is a record valid? (CVE record format 5.1.1 and 5.2.0)

In: what `build` made, or somebody else's record or container. Out: faults, none of them if all is well.
The judge is the schema the library `cvelib` carries (5.1.1); of 5.2.0 `packageURL` is checked here, which
is what that version adds. A container without provider gets a stand-in while it is checked, since CVE
Services writes the provider itself. It never asks the network.
"""

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from packageurl import PackageURL

from okiagari.standards.documents import Fault

_STAND_IN = {"orgId": "00000000-0000-4000-9000-000000000000"}
_SCHEMAS = {
    "record": "CVE_JSON_bundled_*.json",
    "published": "CVE_JSON_cnaPublishedContainer_*.json",
    "rejected": "CVE_JSON_cnaRejectedContainer_*.json",
}


@cache
def _schema(kind: str) -> Any:
    """The schema from the files of the library, without importing its client."""
    import jsonschema  # takes a second to load, which no command owes that judges no record

    folder = files("cvelib") / "schemas"
    pattern = re.compile(_SCHEMAS[kind].replace(".", r"\.").replace("*", ".+"))
    found = next(each for each in folder.iterdir() if pattern.fullmatch(each.name))
    return jsonschema.Draft7Validator(json.loads(found.read_text(encoding="utf-8")))


def validate(document: Mapping[str, Any]) -> tuple[Fault, ...]:
    """What is wrong with a record or with a ``{"cnaContainer": ...}``."""
    if "cnaContainer" not in document:
        container = document.get("containers", {}).get("cna", {})
        return (*_faults("record", document, ""), *_purls(container, "/containers/cna"))
    container = {"providerMetadata": _STAND_IN, **document["cnaContainer"]}
    kind = "rejected" if "rejectedReasons" in container else "published"
    return (*_faults(kind, container, "/cnaContainer"), *_purls(container, "/cnaContainer"))


def _faults(kind: str, value: Mapping[str, Any], place: str) -> Iterator[Fault]:
    for error in _schema(kind).iter_errors(value):
        path = "".join(f"/{step}" for step in error.absolute_path)
        yield Fault(f"{place}{path}", error.message[:300])


def _purls(container: Mapping[str, Any], place: str) -> Iterator[Fault]:
    for index, product in enumerate(container.get("affected", ())):
        text = product.get("packageURL") if isinstance(product, dict) else None
        if text is None:
            continue
        try:
            known = PackageURL.from_string(text)
        except ValueError as error:
            yield Fault(f"{place}/affected/{index}/packageURL", str(error))
            continue
        if known.version:
            yield Fault(f"{place}/affected/{index}/packageURL", "names a version")
