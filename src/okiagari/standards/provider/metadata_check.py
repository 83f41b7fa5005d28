"""Is this a provider-metadata.json? (OASIS CSAF 2.0 and 2.1, 7.1.7 and the JSON schema of each)

In: a JSON value. Out: what is wrong, where. It says no more than the schemas do.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from okiagari.standards.documents import Fault, moment
from okiagari.standards.provider.values import dig, items, text

ROLES = ("csaf_publisher", "csaf_provider", "csaf_trusted_provider")
LABELS = {
    "2.0": ("UNLABELED", "WHITE", "GREEN", "AMBER", "RED"),
    "2.1": ("CLEAR", "GREEN", "AMBER", "AMBER+STRICT", "RED"),
}
CATEGORIES = {
    "2.0": ("coordinator", "discoverer", "other", "translator", "user", "vendor"),
    "2.1": ("coordinator", "discoverer", "multiplier", "other", "translator", "user", "vendor"),
}
_FINGERPRINT = re.compile(r"[0-9a-fA-F]{40,}")


def faults(document: Mapping[str, Any]) -> Iterator[Fault]:
    version = text(document, "metadata_version")
    if version not in LABELS:
        yield Fault("/metadata_version", "is neither 2.0 nor 2.1")
        version = "2.0"
    if not _is_address(document.get("canonical_url"), "/provider-metadata.json"):
        yield Fault("/canonical_url", "is not the address of a provider-metadata.json")
    if not _is_moment(document.get("last_updated")):
        yield Fault("/last_updated", "is not a date and time")
    for name in ("list_on_CSAF_aggregators", "mirror_on_CSAF_aggregators"):
        if not isinstance(document.get(name), bool):
            yield Fault(f"/{name}", "is neither true nor false")
    if document.get("role") not in ROLES:
        yield Fault("/role", f"is none of {', '.join(ROLES)}")
    yield from _publisher(document.get("publisher"), version)
    yield from _keys(document, version)
    yield from _distributions(document, version)


def _publisher(publisher: object, version: str) -> Iterator[Fault]:
    if text(publisher, "category") not in CATEGORIES[version]:
        yield Fault("/publisher/category", f"is none of {', '.join(CATEGORIES[version])}")
    if not text(publisher, "name"):
        yield Fault("/publisher/name", "is missing")
    if not _is_address(dig(publisher, "namespace")):
        yield Fault("/publisher/namespace", "is not an address")


def _keys(document: Mapping[str, Any], version: str) -> Iterator[Fault]:
    if "public_openpgp_keys" in document and not isinstance(document["public_openpgp_keys"], list):
        yield Fault("/public_openpgp_keys", "is not a list")
    for index, key in enumerate(items(document, "public_openpgp_keys")):
        place = f"/public_openpgp_keys/{index}"
        if not _is_address(dig(key, "url")):
            yield Fault(f"{place}/url", "is not an address")
        fingerprint = dig(key, "fingerprint")
        if fingerprint is None and version == "2.0":
            continue
        if not isinstance(fingerprint, str) or not _FINGERPRINT.fullmatch(fingerprint):
            yield Fault(f"{place}/fingerprint", "is not a fingerprint of 40 hexadecimal digits or more")


def _distributions(document: Mapping[str, Any], version: str) -> Iterator[Fault]:
    if "distributions" not in document:
        return
    if not items(document, "distributions"):
        yield Fault("/distributions", "is not a list with something in it")
    for index, each in enumerate(items(document, "distributions")):
        place = f"/distributions/{index}"
        if not isinstance(each, dict) or not each:
            yield Fault(place, "names no way to get documents")
            continue
        yield from _directory(each, version, place)
        if "rolie" in each:
            yield from _rolie(each["rolie"], version, f"{place}/rolie")


def _directory(each: Mapping[str, Any], version: str, place: str) -> Iterator[Fault]:
    if version == "2.0":
        if "directory_url" in each and not _is_address(each["directory_url"]):
            yield Fault(f"{place}/directory_url", "is not an address")
    elif "directory" in each:
        if not _is_address(dig(each, "directory", "url")):
            yield Fault(f"{place}/directory/url", "is not an address")
        if text(each, "directory", "tlp_label") not in LABELS[version]:
            yield Fault(f"{place}/directory/tlp_label", f"is none of {', '.join(LABELS[version])}")


def _rolie(rolie: object, version: str, place: str) -> Iterator[Fault]:
    if not items(rolie, "feeds"):
        yield Fault(f"{place}/feeds", "is not a list with something in it")
    for index, feed in enumerate(items(rolie, "feeds")):
        if not _is_address(dig(feed, "url"), ".json"):
            yield Fault(f"{place}/feeds/{index}/url", "is not the address of a .json file")
        if text(feed, "tlp_label") not in LABELS[version]:
            yield Fault(f"{place}/feeds/{index}/tlp_label", f"is none of {', '.join(LABELS[version])}")
        if version == "2.1" and not _is_moment(dig(feed, "last_updated")):
            yield Fault(f"{place}/feeds/{index}/last_updated", "is not a date and time")
    for name in ("services", "categories"):
        if dig(rolie, name) is not None:
            yield from _addresses(rolie, name, place)


def _addresses(rolie: object, name: str, place: str) -> Iterator[Fault]:
    if not items(rolie, name):
        yield Fault(f"{place}/{name}", "is not a list with something in it")
    for index, url in enumerate(items(rolie, name)):
        if not _is_address(url, ".json"):
            yield Fault(f"{place}/{name}/{index}", "is not the address of a .json file")


def _is_address(value: object, ending: str = "") -> bool:
    if not isinstance(value, str) or not value.endswith(ending) or any(each.isspace() for each in value):
        return False
    try:
        parts = urlsplit(value)
    except ValueError:
        return False
    return bool(parts.scheme and parts.netloc)


def _is_moment(value: object) -> bool:
    return isinstance(value, str) and "T" in value and moment(value) is not None
