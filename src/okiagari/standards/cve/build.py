"""From values to a CVE record or to the container a CNA sends (CVE record format 5.1.1, 5.2.0).

In: a `Record`. Out: its JSON value, the same for the same input, and a `Loss` for each thing the format
could not carry. "0" is the first version and "*" the last, as the format asks for; texts longer than it
allows are cut. It never adds what it was not given and does not judge: ask `rules` and `check`.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from packageurl import PackageURL

from okiagari.problems import gettext_noop
from okiagari.standards.csaf import cwe
from okiagari.standards.documents import Json, Loss, instant, pruned, unique, uri
from okiagari.standards.firmware_order import Form, Range

from .metrics import metric_json, ssvc_json
from .model import Credit, Event, Format, Product, Record, Reference, Rejection, Said, Versions

LONGEST = {"title": 256, "text": 4096, "vendor": 512, "product": 2048, "platform": 1024, "name": 512}
VERSION_TYPE = "custom"
FIRST, LAST = "0", "*"

WITHHELD = gettext_noop("A credit is left out: there is no consent to it.")
TOO_LONG = gettext_noop("A text is cut: a CVE record takes %(most)s characters here, it had %(length)s.")
NO_PURL = gettext_noop("The package URL %(purl)s is left out: it exists from CVE record format 5.2.0 on.")
PURL_VERSION = gettext_noop("The version in %(purl)s is left out: a CVE record names versions elsewhere.")


@dataclass(frozen=True)
class Built:
    """The document as a JSON value, and what is not in it as it was given."""

    document: Json
    losses: tuple[Loss, ...]


def build(record: Record, version: Format = Format.V5_2_0) -> Built:
    """A whole record where the assigner is known, else ``{"cnaContainer": ...}``, the body of a request.

    Raises csaf.cwe.UNKNOWN_CWE, ids.NOT_A_CWE; ValueError for a time without zone or a purl that is none.
    """
    losses: list[Loss] = []
    container = _Writer(version, losses).container(record)
    if record.assigner is None:
        return Built({"cnaContainer": container}, tuple(losses))
    metadata = pruned(
        assignerOrgId=record.assigner.org_id,
        assignerShortName=record.assigner.short_name,
        cveId=record.cve,
        datePublished=instant(record.public_at),
        dateUpdated=instant(record.updated_at),
        state="PUBLISHED",
    )
    document: Json = {
        "containers": {"cna": container},
        "cveMetadata": metadata,
        "dataType": "CVE_RECORD",
        "dataVersion": version.value,
    }
    return Built(document, tuple(losses))


def rejection(rejected: Rejection) -> Json:
    """The body of a request that gives an id up."""
    reasons = _said(rejected.reasons, "/cnaContainer/rejectedReasons", [])
    return {"cnaContainer": pruned(rejectedReasons=reasons, replacedBy=unique(rejected.replaced_by))}


class _Writer:
    """Writes one container; collects what is lost."""

    def __init__(self, version: Format, losses: list[Loss]) -> None:
        self.version = version
        self.losses = losses

    def container(self, record: Record) -> Json:
        texts = {
            name: _said(getattr(record, name), f"/{name}", self.losses)
            for name in ("descriptions", "solutions", "workarounds", "configurations", "exploits")
        }
        metrics = _distinct(metric_json(each) for each in record.metrics)
        assigner = record.assigner
        return pruned(
            **texts,
            affected=[self._product(each, f"/affected/{n}") for n, each in enumerate(record.products)],
            credits=list(self._credits(record.credits)),
            datePublic=instant(record.disclosed_at or record.public_at),
            metrics=[*metrics, *([ssvc_json(record.ssvc, record.cve)] if record.ssvc else [])],
            problemTypes=[{"descriptions": [_weakness(each)]} for each in unique(record.weaknesses)],
            providerMetadata=assigner
            and pruned(
                dateUpdated=instant(record.updated_at),
                orgId=assigner.org_id,
                shortName=assigner.short_name,
            ),
            references=_distinct(_reference(each) for each in record.references),
            tags=unique(record.tags),
            timeline=_distinct(self._event(each) for each in record.timeline),
            title=_cut(record.title, "title", "/title", self.losses),
        )

    def _product(self, product: Product, location: str) -> Json:
        return pruned(
            cpes=unique(product.cpes),
            defaultStatus=product.otherwise.value if product.otherwise else None,
            modules=unique(product.modules),
            packageURL=self._purl(product.purl, location),
            platforms=unique(_cut(each, "platform", location, self.losses) for each in product.platforms),
            product=_cut(product.product, "product", location, self.losses),
            vendor=_cut(product.vendor, "vendor", location, self.losses),
            versions=_distinct(_version(each) for each in product.versions),
        )

    def _purl(self, text: str, location: str) -> str:
        if not text:
            return ""
        if self.version is Format.V5_1_1:
            self.losses.append(Loss(location, NO_PURL, {"purl": text}))
            return ""
        known = PackageURL.from_string(text)
        if known.version:
            self.losses.append(Loss(location, PURL_VERSION, {"purl": text}))
        return known._replace(version=None).to_string()

    def _credits(self, thanks: Iterable[Credit]) -> Iterator[Json]:
        given: list[Json] = []
        for each in thanks:
            if not each.has_consent:
                self.losses.append(Loss("/credits", WITHHELD))
                continue
            text = _cut(each.text, "text", "/credits", self.losses)
            given.append(pruned(lang=each.language, type=each.kind, value=text))
        yield from _distinct(given)

    def _event(self, event: Event) -> Json:
        text = _cut(event.text, "text", "/timeline", self.losses)
        return {"lang": event.language, "time": instant(event.at), "value": text}


def _version(versions: Versions) -> Json:
    """Ends as the format writes them: a first version, and the last one or the first beyond."""
    known: Range = versions.range
    status = versions.status.value
    if known.form is Form.EXACTLY:
        return {"status": status, "version": known.low}
    low = known.low or FIRST
    made: Json = {"status": status, "version": low, "versionType": VERSION_TYPE}
    if known.form is Form.BEFORE:
        return {"lessThan": known.high, **made}
    return {"lessThanOrEqual": known.high or LAST, **made}


def _weakness(cwe_id: str) -> Json:
    known = cwe.entry(cwe_id)
    return {
        "cweId": known["id"],
        "description": f"{known['id']} {known['name']}",
        "lang": "en",
        "type": "CWE",
    }


def _reference(item: Reference) -> Json:
    return pruned(name=item.name[: LONGEST["name"]], tags=unique(item.tags), url=uri(item.url))


def _said(texts: Iterable[Said], location: str, losses: list[Loss]) -> list[Json]:
    return _distinct(
        {"lang": each.language, "value": _cut(each.text, "text", location, losses)} for each in texts
    )


def _cut(text: str, name: str, location: str, losses: list[Loss]) -> str:
    most = LONGEST[name]
    if len(text) <= most:
        return text
    losses.append(Loss(location, TOO_LONG, {"most": str(most), "length": str(len(text))}))
    return text[: most - 1] + "…"


def _distinct(items: Iterable[Json]) -> list[Json]:
    """Each once, in the order of appearance: the schema wants the items of lists unique."""
    found: list[Json] = []
    for item in items:
        if item not in found:
            found.append(item)
    return found
