"""The documents themselves: valid, named, labelled, hashed, signed (7.1.1, 2, 4, 5, 18, 19)."""

import hashlib
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from okiagari.standards import openpgp
from okiagari.standards.csaf import check
from okiagari.standards.csaf.filename import file_name
from okiagari.standards.documents import moment
from okiagari.standards.openpgp import OpenPgpError
from okiagari.standards.provider import layout
from okiagari.standards.provider.answers import SMALL_LIMIT, Answer
from okiagari.standards.provider.values import decoded, dig, text
from okiagari.standards.provider.visit import Document, Visit

VALID, NAMED, FREE, PROTECTED, HASHES, SIGNATURES = 1, 2, 4, 5, 18, 19
_HASH = re.compile(r"[0-9a-f]+")
_PROTECTED = ("AMBER", "AMBER+STRICT", "RED")


def name_if_document(visit: Visit, url: str) -> None:
    """Of a folder without lists: the files that are documents."""
    if url.endswith(".json"):
        document = decoded(visit.get(url).data)
        if document is not None and "document" in document:
            visit.name(url, "the folder")


def read_documents(visit: Visit, most: int) -> int:
    """Read those that are named, the newest lists first; how many there are."""
    urls = list(visit.named)
    chosen = urls[:most] if most else urls
    for number, url in enumerate(chosen):
        visit.advance(number, len(chosen))
        _read(visit, url)
    visit.advance(len(chosen), len(chosen))
    if not urls:
        for each in (VALID, NAMED, FREE, HASHES, SIGNATURES):
            visit.sheet.unchecked(each, "no document is named anywhere")
        if not visit.metadata:
            visit.sheet.error(VALID, visit.start, "no document is found: neither metadata nor a list answers")
        visit.sheet.found(PROTECTED, "no protected document can be read by everybody")
        return 0
    count = f"{len(chosen):,} documents"
    visit.sheet.found(VALID, f"{count} valid")
    visit.sheet.found(NAMED, f"{count} named as their id says")
    visit.sheet.found(FREE, f"{count} read without authentication")
    visit.sheet.found(PROTECTED, "no protected document can be read by everybody")
    visit.sheet.found(HASHES, f"{count} with hashes that are right")
    visit.sheet.found(SIGNATURES, f"{count} with signatures that hold")
    return len(urls)


def _read(visit: Visit, url: str) -> None:
    answer = visit.get(url)
    if not answer.is_there:
        by = " and ".join(sorted(visit.named[url]))
        number = FREE if answer.status in {401, 403} else VALID
        visit.sheet.error(number, url, f"is named by {by}: {answer.why}")
        return
    document = decoded(answer.data)
    if document is None:
        visit.sheet.error(VALID, url, "is not a JSON object in UTF-8")
    else:
        _judge(visit, url, document)
    _hashes(visit, answer)
    _signature(visit, answer)


def _judge(visit: Visit, url: str, document: Mapping[str, Any]) -> None:
    for each in _errors(document)[:3]:
        visit.sheet.error(VALID, url, each)
    tracking = dig(document, "document", "tracking")
    found = Document(
        url,
        text(tracking, "id"),
        moment(text(tracking, "initial_release_date")),
        moment(text(tracking, "current_release_date")),
        text(document, "document", "distribution", "tlp", "label"),
    )
    visit.documents[url] = found
    name = unquote(url.rpartition("/")[2])
    if found.id and name != file_name(found.id):
        visit.sheet.error(NAMED, url, f"is not called {file_name(found.id)}")
    if found.label in _PROTECTED and visit.source.is_network:
        visit.sheet.error(PROTECTED, url, f"is TLP:{found.label} and can be read by everybody")
    elif found.label in _PROTECTED:
        visit.sheet.warn(PROTECTED, url, f"is TLP:{found.label}; a folder does not show who may read it")


def _errors(document: Mapping[str, Any]) -> list[str]:
    try:
        findings = check.validate(document)
    except Exception as error:  # noqa: BLE001 - no document of others may end the visit
        return [f"the tests could not be run: {type(error).__name__}"]
    errors = [each for each in findings if each.severity is check.Severity.ERROR]
    return [f"{each.test} {each.location or '/'} {each.message}" for each in errors]


def _hashes(visit: Visit, answer: Answer) -> None:
    """At least one of the two; each that is there is right."""
    there = 0
    for name in layout.HASHES:
        url = f"{answer.url}.{name}"
        beside = visit.ask(url, limit=SMALL_LIMIT)
        if not beside.is_there:
            visit.sheet.warn(HASHES, url, beside.why)
            continue
        there += 1
        said = _HASH.match(beside.data.decode("ascii", "replace").strip().lower())
        if said is None or said[0] != hashlib.new(name, answer.data).hexdigest():
            visit.sheet.error(HASHES, url, "is not the hash of the document")
    if not there:
        visit.sheet.error(HASHES, answer.url, "has neither .sha256 nor .sha512 beside it")


def _signature(visit: Visit, answer: Answer) -> None:
    url = f"{answer.url}.{layout.SIGNATURE}"
    beside = visit.ask(url, limit=SMALL_LIMIT)
    if not beside.is_there:
        visit.sheet.error(SIGNATURES, url, beside.why)
        return
    try:
        openpgp.verify(answer.data, beside.data, visit.keys)
    except OpenPgpError as error:
        visit.sheet.error(SIGNATURES, url, f"is no signature of a listed key: {error}")
