"""From a CVE record 5.x (or the container of a CNA) to values: a supplier's, or one's own of years ago.

In: a JSON value from anywhere. Out: a `Record` and, for everything that was not understood (containers of
others, fields without a place here, versions that are no range), the place and the words as they stood.
A score is computed anew from its vector. It never guesses.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from okiagari.problems import Kind, Problem, define, gettext_noop
from okiagari.standards import cvss, ids
from okiagari.standards.documents import Reading, Unread
from okiagari.standards.firmware_order import Range

from .build import FIRST, LAST
from .metrics import NAMES
from .model import (
    Assigner,
    Credit,
    Event,
    Metric,
    Product,
    Record,
    Reference,
    Said,
    Ssvc,
    Status,
    Versions,
)

NOT_A_RECORD = define(
    "cve.not_a_record",
    Kind.INVALID,
    gettext_noop("This is not a CVE record of format 5."),
    gettext_noop("Save the record as JSON from cve.org (or the file of cvelistV5) and read that."),
)


@dataclass(frozen=True)
class Read:
    """What a record says, and what was not understood."""

    record: Record
    unread: tuple[Unread, ...]


def read(document: Mapping[str, object]) -> Read:
    """Read a record or a ``{"cnaContainer": ...}``. Raises NOT_A_RECORD."""
    unread: list[Unread] = []
    whole = Reading(document, "", unread)
    if isinstance(document.get("cnaContainer"), Mapping):
        record = _record(whole.part("cnaContainer"), None)
        whole.done()
        return Read(record, tuple(unread))
    if whole.text("dataType") != "CVE_RECORD" or not whole.text("dataVersion").startswith("5."):
        raise NOT_A_RECORD()
    containers = whole.part("containers")
    metadata = whole.part("cveMetadata")
    record = _record(containers.part("cna"), metadata)
    for each in (containers, metadata, whole):
        each.done()
    return Read(record, tuple(unread))


def _record(cna: Reading, metadata: Reading | None) -> Record:
    provider = cna.part("providerMetadata")
    assigner = _assigner(provider, metadata)
    cve = metadata.text("cveId") if metadata else ""
    if metadata is not None and metadata.raw("state") == "PUBLISHED":
        metadata.drop("state")
    metrics, ssvc = _metrics(cna)
    record = Record(
        cve=cve,
        title=cna.text("title"),
        descriptions=_said(cna, "descriptions"),
        products=tuple(_product(each) for each in cna.parts("affected")),
        weaknesses=_weaknesses(cna),
        metrics=metrics,
        ssvc=ssvc,
        references=tuple(_reference(each) for each in cna.parts("references")),
        credits=tuple(_credit(each) for each in cna.parts("credits")),
        solutions=_said(cna, "solutions"),
        workarounds=_said(cna, "workarounds"),
        configurations=_said(cna, "configurations"),
        exploits=_said(cna, "exploits"),
        timeline=tuple(event for each in cna.parts("timeline") if (event := _event(each))),
        tags=cna.texts("tags"),
        public_at=cna.moment("datePublic") or (metadata.moment("datePublished") if metadata else None),
        updated_at=provider.moment("dateUpdated"),
        assigner=assigner,
    )
    if metadata is not None:
        metadata.drop("datePublished", "dateUpdated")
    provider.done()
    cna.done()
    return record


def _assigner(provider: Reading, metadata: Reading | None) -> Assigner | None:
    org_id, short_name = provider.text("orgId"), provider.text("shortName")
    if metadata is not None:
        org_id = metadata.text("assignerOrgId") or org_id
        short_name = metadata.text("assignerShortName") or short_name
    return Assigner(org_id, short_name) if org_id else None


def _said(cna: Reading, name: str) -> tuple[Said, ...]:
    found = []
    for each in cna.parts(name):
        found.append(Said(each.text("lang"), each.text("value")))
        each.done()
    return tuple(found)


def _product(reading: Reading) -> Product:
    product = Product(
        vendor=reading.text("vendor"),
        product=reading.text("product"),
        otherwise=_status(reading, "defaultStatus"),
        versions=tuple(known for each in reading.parts("versions") if (known := _versions(each))),
        modules=reading.texts("modules"),
        platforms=reading.texts("platforms"),
        cpes=reading.texts("cpes"),
        purl=reading.text("packageURL"),
    )
    reading.done()
    return product


def _status(reading: Reading, name: str) -> Status | None:
    if reading.raw(name) not in list(Status):
        return None
    return Status(reading.text(name))


def _versions(reading: Reading) -> Versions | None:
    """A line of versions; one that is no range of ours stays unread as a whole."""
    value = {
        name: reading.raw(name) for name in ("version", "lessThan", "lessThanOrEqual", "status", "changes")
    }
    found = _range(value)
    if found is None or value["status"] not in list(Status) or value["changes"] is not None:
        reading.done()
        return None
    status = Status(reading.text("status"))
    reading.drop("version", "lessThan", "lessThanOrEqual")
    if reading.raw("versionType") == "custom":
        reading.drop("versionType")
    reading.done()
    return Versions(status, found)


def _range(value: Mapping[str, object]) -> Range | None:
    low, below, last = (str(value[name] or "") for name in ("version", "lessThan", "lessThanOrEqual"))
    starts = low in {"", FIRST, LAST, "unspecified"}
    try:
        if below and last:
            return None
        if below:
            return Range.before(below) if starts and below != LAST else None
        if not last:
            return None if low in {"", LAST} else Range.exactly(low)
        if last == LAST:
            return None if starts else Range.since(low)
        return Range.up_to(last) if starts else Range.between(low, last)
    except Problem:
        return None


def _weaknesses(cna: Reading) -> tuple[str, ...]:
    found = []
    for each in cna.parts("problemTypes"):
        for words in each.parts("descriptions"):
            try:
                found.append(ids.parse(str(words.raw("cweId") or ""), ids.System.CWE).text)
                words.drop("cweId", "description", "lang", "type")
            except Problem:
                pass
            words.done()
        each.done()
    return tuple(found)


def _metrics(cna: Reading) -> tuple[tuple[Metric, ...], Ssvc | None]:
    metrics: list[Metric] = []
    ssvc = None
    versions = {name: version for version, name in NAMES.items()}
    for each in cna.parts("metrics"):
        if each.raw("format") == "CVSS":
            each.drop("format")
        scenarios = _said(each, "scenarios")
        for name, version in versions.items():
            value = each.raw(name)
            if not isinstance(value, dict):
                continue
            try:
                metrics.append(Metric(cvss.parse(str(value.get("vectorString", "")), version), scenarios))
            except Problem:
                continue
            each.drop(name)
        ssvc = ssvc or _ssvc(each)
        each.done()
    return tuple(metrics), ssvc


def _ssvc(metric: Reading) -> Ssvc | None:
    value = metric.raw("other")
    if not isinstance(value, dict) or value.get("type") != "ssvc":
        return None
    if not isinstance(value.get("content"), dict):
        return None
    other = metric.part("other")
    other.drop("type")
    content = other.part("content")
    other.done()
    content.drop("id")
    at = content.moment("timestamp")
    options = content.raw("options")
    if at is None or not isinstance(options, list) or not all(isinstance(each, dict) for each in options):
        content.done()
        return None
    content.drop("options")
    pairs = tuple((str(name), str(value)) for each in options for name, value in each.items())
    made = Ssvc(pairs, content.text("role"), content.text("version"), at)
    content.done()
    return made


def _reference(reading: Reading) -> Reference:
    made = Reference(reading.text("url"), reading.text("name"), reading.texts("tags"))
    reading.done()
    return made


def _credit(reading: Reading) -> Credit:
    """A credit that is public already was consented to by whoever published it."""
    made = Credit(True, reading.text("lang"), reading.text("value"), reading.text("type"))  # noqa: FBT003
    reading.done()
    return made


def _event(reading: Reading) -> Event | None:
    at = reading.moment("time")
    made = Event(at, reading.text("lang"), reading.text("value")) if at else None
    reading.done()
    return made
