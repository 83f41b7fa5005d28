"""One document of a provider with what lies beside it: asked for, then judged (7.1.1, 2, 4, 5, 18, 19).

`gather` asks, `examine` judges what came; the second is pure and small enough to be done in another process.
Nothing of a document is kept but its id, dates and label.
"""

import hashlib
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, Protocol
from urllib.parse import unquote

from okiagari.standards import openpgp
from okiagari.standards.csaf import check
from okiagari.standards.csaf.filename import file_name
from okiagari.standards.documents import moment
from okiagari.standards.openpgp import Key, OpenPgpError
from okiagari.standards.provider import layout
from okiagari.standards.provider.answers import SMALL_LIMIT, Answer, Source
from okiagari.standards.provider.values import decoded, dig, text

VALID, NAMED, FREE, PROTECTED, HASHES, SIGNATURES = 1, 2, 4, 5, 18, 19
_HASH = re.compile(r"[0-9a-f]+")
_PROTECTED = ("AMBER", "AMBER+STRICT", "RED")


@dataclass(frozen=True)
class Wanted:
    """A document by its address; `by` says what names it."""

    url: str
    by: str


@dataclass(frozen=True)
class Asked:
    """What every document is asked. `keys`: one of which must have signed it."""

    keys: tuple[Key, ...]
    is_network: bool


@dataclass(frozen=True)
class Gathered:
    """The document, and by their endings what lies beside it; nothing where the document is not there."""

    document: Answer
    beside: Mapping[str, Answer] = field(default_factory=dict)


@dataclass(frozen=True)
class Said:
    """One finding, for the requirement of this number."""

    number: int
    is_error: bool
    place: str
    message: str


@dataclass(frozen=True)
class Document:
    """What is kept of a document that was read."""

    url: str
    id: str
    first_at: datetime | None
    last_at: datetime | None
    label: str


@dataclass(frozen=True)
class Examined:
    """`answers`: how each file was served, without what was in it. `document`: None where it is none."""

    url: str
    answers: tuple[Answer, ...]
    findings: tuple[Said, ...]
    document: Document | None = None


class Examiner(Protocol):
    """Whoever goes through documents: one after the other, or several at once. In their order."""

    def __call__(self, source: Source, wanted: Iterable[Wanted], asked: Asked) -> Iterator[Examined]: ...


def one_by_one(source: Source, wanted: Iterable[Wanted], asked: Asked) -> Iterator[Examined]:
    for each in wanted:
        yield examine(each, gather(source, each.url), asked)


def gather(source: Source, url: str) -> Gathered:
    document = source.get(url)
    if not document.is_there:
        return Gathered(document)
    endings = (*layout.HASHES, layout.SIGNATURE)
    return Gathered(
        document, {ending: source.get(f"{url}.{ending}", limit=SMALL_LIMIT) for ending in endings}
    )


def examine(wanted: Wanted, gathered: Gathered, asked: Asked) -> Examined:
    answer = gathered.document
    served = tuple(replace(each, data=b"", headers={}) for each in (answer, *gathered.beside.values()))
    if not answer.is_there:
        number = FREE if answer.status in {401, 403} else VALID
        said = Said(number, is_error=True, place=wanted.url, message=f"is named by {wanted.by}: {answer.why}")
        return Examined(wanted.url, served, (said,))
    value = decoded(answer.data)
    beside = (*_hashes(answer, gathered.beside), *_signature(answer, gathered.beside, asked.keys))
    if value is None:
        none = Said(VALID, is_error=True, place=wanted.url, message="is not a JSON object in UTF-8")
        return Examined(wanted.url, served, (none, *beside))
    document = _document(wanted.url, value)
    findings = (*_valid(wanted.url, value), *_rightly_placed(document, asked.is_network), *beside)
    return Examined(wanted.url, served, findings, document)


def _document(url: str, value: Mapping[str, Any]) -> Document:
    tracking = dig(value, "document", "tracking")
    return Document(
        url,
        text(tracking, "id"),
        moment(text(tracking, "initial_release_date")),
        moment(text(tracking, "current_release_date")),
        text(value, "document", "distribution", "tlp", "label"),
    )


def _valid(url: str, value: Mapping[str, Any]) -> Iterator[Said]:
    for each in _errors(value)[:3]:
        yield Said(VALID, is_error=True, place=url, message=each)


def _errors(value: Mapping[str, Any]) -> list[str]:
    try:
        findings = check.validate(value)
    except Exception as error:  # noqa: BLE001 - no document of others may end the visit
        return [f"the tests could not be run: {type(error).__name__}"]
    errors = [each for each in findings if each.severity is check.Severity.ERROR]
    return [f"{each.test} {each.location or '/'} {each.message}" for each in errors]


def _rightly_placed(document: Document, is_network: bool) -> Iterator[Said]:
    """Named as its id says, and read by those alone who may."""
    name = unquote(document.url.rpartition("/")[2])
    if document.id and name != file_name(document.id):
        message = f"is not called {file_name(document.id)}"
        yield Said(NAMED, is_error=True, place=document.url, message=message)
    if document.label not in _PROTECTED:
        return
    told = "can be read by everybody" if is_network else "a folder does not show who may read it"
    joined = " and " if is_network else "; "
    message = f"is TLP:{document.label}{joined}{told}"
    yield Said(PROTECTED, is_error=is_network, place=document.url, message=message)


def _hashes(answer: Answer, beside: Mapping[str, Answer]) -> Iterator[Said]:
    """At least one of the two; each that is there is right."""
    there = 0
    for name in layout.HASHES:
        found = beside[name]
        if not found.is_there:
            yield Said(HASHES, is_error=False, place=found.url, message=found.why)
            continue
        there += 1
        said = _HASH.match(found.data.decode("ascii", "replace").strip().lower())
        if said is None or said[0] != hashlib.new(name, answer.data).hexdigest():
            yield Said(HASHES, is_error=True, place=found.url, message="is not the hash of the document")
    if not there:
        message = "has neither .sha256 nor .sha512 beside it"
        yield Said(HASHES, is_error=True, place=answer.url, message=message)


def _signature(answer: Answer, beside: Mapping[str, Answer], keys: tuple[Key, ...]) -> Iterator[Said]:
    found = beside[layout.SIGNATURE]
    if not found.is_there:
        yield Said(SIGNATURES, is_error=True, place=found.url, message=found.why)
        return
    try:
        openpgp.verify(answer.data, found.data, keys)
    except OpenPgpError as error:
        message = f"is no signature of a listed key: {error}"
        yield Said(SIGNATURES, is_error=True, place=found.url, message=message)
