"""CycloneDX VEX 1.6 and 1.7 (ECMA-424; cyclonedx.org/docs): components, vulnerabilities, analysis.

In: a `model.Document`. Out: its JSON value by the library `cyclonedx-python-lib`, the same for the same
input (serial number and time follow from the document, never from the clock), and a `Loss` for each
thing that stands there less exactly. An analysis belongs to a vulnerability, not to a product: products
of which different things are said make several entries of one id. Ranges are written as `vers:generic`,
which claims an order of texts that the maker's list does not have: that is said, too.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from types import SimpleNamespace
from typing import Any
from urllib.parse import quote
from uuid import NAMESPACE_URL, uuid5

from packageurl import PackageURL

from okiagari.standards.documents import uri
from okiagari.standards.firmware_order import Form

from .cyclonedx_terms import (
    EXACT,
    HASHES,
    JUSTIFICATIONS,
    METHODS,
    STATES,
    Format,
    losses,
    vers,
)
from .model import Built, Document, Product, ScoreOf, Statement, Status, Vulnerability


@cache
def _library() -> Any:
    """The parts of the library that are needed, loaded when first asked for (0.2 s)."""
    from cyclonedx.model import (
        ExternalReference,
        ExternalReferenceType,
        HashAlgorithm,
        HashType,
        XsUri,
        bom,
        component,
        contact,
        impact_analysis,
        tool,
        vulnerability,
    )
    from cyclonedx.output.json import JsonV1Dot6, JsonV1Dot7

    return SimpleNamespace(
        ExternalReference=ExternalReference,
        ExternalReferenceType=ExternalReferenceType,
        HashAlgorithm=HashAlgorithm,
        HashType=HashType,
        XsUri=XsUri,
        bom=bom,
        component=component,
        contact=contact,
        impact=impact_analysis,
        tool=tool,
        vulnerability=vulnerability,
        outputs={Format.V1_6: JsonV1Dot6, Format.V1_7: JsonV1Dot7},
    )


def build(document: Document, version: Format = Format.V1_6) -> Built:
    """Render a document. Raises ValueError for a purl that is none."""
    lib = _library()
    products = {each.id: each for each in document.products}
    refs = {key: f"product:{quote(key, safe='')}" for key in products}
    flaws = {each.name: each for each in document.vulnerabilities}
    groups: dict[_Said, list[Statement]] = {}
    for statement in document.statements:
        groups.setdefault(_said(statement, document.language), []).append(statement)
    made = lib.bom.Bom(
        serial_number=uuid5(NAMESPACE_URL, document.id),
        version=document.version,
        metadata=_metadata(document, lib),
        components=[_component(each, refs[each.id], lib) for each in products.values()],
        vulnerabilities=[
            _vulnerability(document, flaws.get(said.vulnerability), _Group(said, same, refs, number), lib)
            for number, (said, same) in enumerate(groups.items(), 1)
        ],
    )
    text = lib.outputs[version](made).output_as_string()
    return Built(json.loads(text), tuple(losses(document)))


@dataclass(frozen=True)
class _Said:
    """What is said of a vulnerability, of whatever products."""

    vulnerability: str
    state: str
    justification: str
    responses: tuple[str, ...]
    detail: str
    action: str
    workaround: str
    scores: tuple[ScoreOf, ...]


@dataclass(frozen=True)
class _Group:
    """The products of which the same is said, as the `number`-th entry of the document."""

    said: _Said
    statements: list[Statement]
    refs: Mapping[str, str]
    number: int


def _said(statement: Statement, language: str) -> _Said:
    reason = statement.justification
    responses = []
    if statement.fixed_in:
        responses.append("update")
    if statement.workaround:
        responses.append("workaround_available")
    if statement.is_final and not statement.fixed_in:
        responses.append("will_not_fix")
    unknown = statement.versions.words(language) if statement.versions.form is Form.UNKNOWN else ""
    exact = reason.value.replace("_", " ") if reason and reason not in EXACT else ""
    detail = "\n".join(part for part in (exact, statement.impact, statement.condition, unknown) if part)
    return _Said(
        vulnerability=statement.vulnerability,
        state=STATES[statement.status],
        justification=JUSTIFICATIONS.get(reason, "") if reason else "",
        responses=tuple(responses) if statement.status is Status.AFFECTED else (),
        detail=detail,
        action=statement.action,
        workaround=statement.workaround,
        scores=statement.scores,
    )


def _metadata(document: Document, lib: Any) -> Any:
    tools = None
    if document.tool:
        known = lib.component.Component(
            name=document.tool,
            version=document.tool_version or None,
            type=lib.component.ComponentType.APPLICATION,
            bom_ref="tool",
        )
        tools = lib.tool.ToolRepository(components=[known])
    supplier = lib.contact.OrganizationalEntity(name=document.author) if document.author else None
    return lib.bom.BomMetaData(timestamp=document.last_at, tools=tools, supplier=supplier)


def _component(product: Product, ref: str, lib: Any) -> Any:
    supplier = lib.contact.OrganizationalEntity(name=product.maker) if product.maker else None
    return lib.component.Component(
        name=product.name,
        type=lib.component.ComponentType(product.kind.value),
        bom_ref=ref,
        group=product.family or None,
        supplier=supplier,
        cpe=product.cpe or None,
        purl=PackageURL.from_string(product.purl) if product.purl else None,
        hashes=[
            lib.HashType(alg=lib.HashAlgorithm(HASHES[name]), content=value)
            for name, value in product.hashes
            if name in HASHES
        ],
        external_references=_links([("", product.page)], lib, lib.ExternalReferenceType.WEBSITE),
    )


def _links(pages: Iterable[tuple[str, str]], lib: Any, kind: Any) -> list[Any]:
    return [
        lib.ExternalReference(type=kind, url=lib.XsUri(uri(url)), comment=title or None)
        for title, url in pages
        if url
    ]


def _vulnerability(document: Document, flaw: Vulnerability | None, group: _Group, lib: Any) -> Any:
    said = group.said
    known = flaw or Vulnerability(said.vulnerability)
    model = lib.vulnerability
    return model.Vulnerability(
        bom_ref=f"vulnerability:{group.number}",
        id=known.name,
        source=_source(known.source, known.url, lib),
        references=[
            model.VulnerabilityReference(id=text, source=_source(system, url, lib))
            for text, system, url in known.references
        ],
        ratings=[_rating(each, lib) for each in said.scores],
        cwes=[int(known.cwe.removeprefix("CWE-"))] if known.cwe else [],
        description=known.description or known.title or None,
        detail=known.detail or None,
        recommendation=said.action or None,
        workaround=said.workaround or None,
        advisories=[
            model.VulnerabilityAdvisory(url=lib.XsUri(uri(url)), title=title or None)
            for title, url in document.pages
        ],
        published=document.first_at,
        updated=document.last_at if document.version > 1 else None,
        credits=_credits(document.credits, lib),
        analysis=_analysis(document, group, lib),
        affects=[_target(each, group.refs[each.product], lib) for each in group.statements],
    )


def _source(name: str, url: str, lib: Any) -> Any:
    if not name and not url:
        return None
    return lib.vulnerability.VulnerabilitySource(name=name or None, url=lib.XsUri(uri(url)) if url else None)


def _credits(names: tuple[str, ...], lib: Any) -> Any:
    if not names:
        return None
    people = [
        lib.contact.OrganizationalContact(name=name, bom_ref=f"credit:{number}")
        for number, name in enumerate(names, 1)
    ]
    return lib.vulnerability.VulnerabilityCredits(individuals=people)


def _rating(known: ScoreOf, lib: Any) -> Any:
    score = known.score
    return lib.vulnerability.VulnerabilityRating(
        source=_source(known.source, "", lib),
        score=Decimal(str(score.overall)),
        severity=lib.vulnerability.VulnerabilitySeverity(score.overall_severity.value),
        method=lib.vulnerability.VulnerabilityScoreSource(METHODS[score.version]),
        vector=score.vector,
    )


def _analysis(document: Document, group: _Group, lib: Any) -> Any:
    said, impact = group.said, lib.impact
    return lib.vulnerability.VulnerabilityAnalysis(
        state=impact.ImpactAnalysisState(said.state),
        justification=impact.ImpactAnalysisJustification(said.justification) if said.justification else None,
        responses=[impact.ImpactAnalysisResponse(each) for each in said.responses],
        detail=said.detail or None,
        first_issued=document.first_at,
        last_updated=document.last_at,
    )


def _target(statement: Statement, ref: str, lib: Any) -> Any:
    """The product with the versions that are affected or not."""
    states = lib.impact.ImpactAnalysisAffectedStatus
    status = {
        Status.AFFECTED: states.AFFECTED,
        Status.NOT_AFFECTED: states.UNAFFECTED,
        Status.UNDER_INVESTIGATION: states.UNKNOWN,
    }[statement.status]
    model = lib.vulnerability
    versions = statement.versions
    if versions.form is Form.EXACTLY:
        said = [model.BomTargetVersionRange(version=versions.low, status=status)]
    else:
        unknown = versions.form is Form.UNKNOWN
        said = [
            model.BomTargetVersionRange(range=vers(versions), status=states.UNKNOWN if unknown else status)
        ]
    fixed = [
        model.BomTargetVersionRange(version=text, status=states.UNAFFECTED) for text in statement.fixed_in
    ]
    return model.BomTarget(ref=ref, versions=[*said, *fixed])
