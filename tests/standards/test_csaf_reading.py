"""What CSAF documents of others say is read whole: what is written comes back, and nothing vanishes."""

import json
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

import pytest
from hypothesis import Phase, assume, given, settings
from hypothesis import strategies as st

from okiagari.problems import Problem
from okiagari.standards import advisory, foreign
from okiagari.standards.csaf import build, build_2_1, parts, reading, to_bytes
from okiagari.standards.csaf.model import (
    Document,
    Hardware,
    Installation,
    ProductScore,
    Remediation,
    Vulnerability,
)
from okiagari.standards.csaf.reading import Joined, Named
from okiagari.standards.csaf.terms import RemediationKind, Tlp
from okiagari.standards.csaf.tree import product_names
from okiagari.standards.cvss import Version
from okiagari.standards.documents import uri
from okiagari.standards.firmware_order import Form, Range
from tests.standards.advisories import documents
from tests.standards.corpus import FOLDER, needs_corpus

thorough = settings(max_examples=25, deadline=None, phases=(Phase.explicit, Phase.reuse, Phase.generate))
WORDS = (
    "product",
    "branches",
    "name",
    "category",
    "product_ids",
    "text",
    "date",
    "products",
    "cvss_v3",
    "id",
)
Change = Callable[[Document], Document]
Flaws = Callable[[Vulnerability], Vulnerability]


def each_flaw(change: Flaws) -> Change:
    return lambda whole: replace(whole, vulnerabilities=tuple(map(change, whole.vulnerabilities)))


def _thanked(whole: Any) -> Any:
    """Of a document or of a vulnerability; thanks to nobody for nothing are no fact."""
    kept = (a for a in whole.acknowledgments if a.has_consent and (a.names or a.organization or a.summary))
    return replace(whole, acknowledgments=tuple(kept))


def _scored_once(flaw: Vulnerability) -> Vulnerability:
    seen: set[tuple[str, str]] = set()
    kept: list[ProductScore] = []
    for item in flaw.scores:
        marks = {(item.score.version.value[0], product) for product in item.product_ids}
        if not marks & seen:
            seen |= marks
            kept.append(item)
    return replace(flaw, scores=tuple(kept))


def without(*kinds: RemediationKind) -> Change:
    return each_flaw(
        lambda flaw: replace(
            flaw, remediations=tuple(r for r in flaw.remediations if r.kind not in set(kinds))
        )
    )


def _one_cve(flaw: Vulnerability) -> Vulnerability:
    return replace(flaw, ids=tuple(each for each in flaw.ids if not each.text.startswith("CVE-")))


def _dated(whole: Document) -> Document:
    return each_flaw(lambda flaw: replace(flaw, discovery_date=None, release_date=None, exploitations=()))(
        whole
    )


CREDITS: Mapping[str, Change] = {
    parts.WITHHELD: lambda whole: each_flaw(_thanked)(_thanked(whole)),
    parts.SCORE_TWICE: each_flaw(_scored_once),
    parts.CVE_TWICE: each_flaw(_one_cve),
}
CANNOT_CARRY: Mapping[str, Mapping[str, Change]] = {
    "2.0": {
        **CREDITS,
        parts.NO_CVSS4: each_flaw(
            lambda flaw: replace(
                flaw, scores=tuple(s for s in flaw.scores if s.score.version is not Version.V4_0)
            )
        ),
        parts.SCORE_SOURCE: each_flaw(
            lambda flaw: replace(flaw, scores=tuple(replace(s, source="") for s in flaw.scores))
        ),
        parts.FIX_PLANNED: without(RemediationKind.FIX_PLANNED),
        parts.STOP_USE: without(RemediationKind.STOP_USE),
        parts.EXPLOITATION: each_flaw(lambda flaw: replace(flaw, exploitations=())),
        parts.AMBER_STRICT: lambda whole: replace(
            whole, tlp=Tlp.RED if whole.tlp is Tlp.AMBER_STRICT else whole.tlp
        ),
        parts.WITHDRAWN: lambda whole: replace(whole, withdrawal=None),
    },
    "2.1": {
        **CREDITS,
        parts.STOP_USE_2_1: without(RemediationKind.STOP_USE),
        parts.BESIDE_A_FIX: without(
            RemediationKind.STOP_USE, RemediationKind.NO_FIX_PLANNED, RemediationKind.NONE_AVAILABLE
        ),
        parts.NOT_FOR_STATUS: lambda whole: whole,
        parts.CONTACT: lambda whole: replace(whole, publisher=replace(whole.publisher, contact_details="")),
        parts.DATE_AFTER: _dated,
        parts.BARE: lambda whole: replace(whole, withdrawal=None),
        parts.LIKE_2_0: lambda whole: whole,  # the category alone, which is compared nowhere below
        parts.NOT_IN_VEX: lambda whole: whole,
        parts.INITIAL_DATE: lambda whole: whole,
    },
}
"""For each version the facts it cannot carry, by the loss it states, and a document without them."""
BUILD = {"2.0": build, "2.1": build_2_1}


def second(at: datetime | None) -> datetime | None:
    return at.replace(microsecond=0) if at else None


def helper(given: Any) -> Any:
    if given is None or not vars(given) or given == type(given)():
        return None
    return replace(
        given,
        model_numbers=tuple(dict.fromkeys(given.model_numbers)),
        uris=tuple((uri(space), uri(name)) for space, name in given.uris),
    )


def written(whole: Document) -> dict[str, Any]:
    """The document as plain facts, as CSAF writes them: whole seconds, each id once, addresses as URIs."""
    names = product_names(whole.products, whole.language)
    return {
        **{name: getattr(whole, name) for name in ("title", "language", "source_language", "tlp")},
        **{name: getattr(whole, name) for name in ("distribution_text", "aggregate_severity", "notes")},
        "publisher": whole.publisher,
        "tracking": replace(
            whole.tracking,
            revisions=tuple(replace(r, date=second(r.date)) for r in whole.tracking.revisions),
            generator=whole.tracking.generator
            and replace(whole.tracking.generator, date=second(whole.tracking.generator.date)),
            aliases=tuple(dict.fromkeys(whole.tracking.aliases)),
        ),
        "references": tuple(replace(r, url=uri(r.url)) for r in whole.references),
        "thanks": tuple(whole.acknowledgments),
        "products": sorted(product(each, names) for each in whole.products),
        "flaws": [flaw(each, names) for each in whole.vulnerabilities],
    }


def product(each: Any, names: Mapping[str, str]) -> tuple[Any, ...]:
    """Whether a version alone is that of a device or of a program, the tree does not say."""
    if isinstance(each, Installation | Joined):
        pair = (each.software_id, each.hardware_id) if isinstance(each, Installation) else _pair(each)
        return (each.id, names.get(each.id, each.name), *pair, repr(helper(each.helper)))
    if isinstance(each, Named):
        version = repr(each.versions)
        return (each.id, each.name, each.vendor, each.family, each.product, version, repr(each.helper))
    if isinstance(each, Hardware):
        version = repr(Range.exactly(each.revision) if each.revision else None)
    else:
        version = repr(None if each.versions.form is Form.UNKNOWN else each.versions)
    known = (each.vendor, each.family, each.product, version)
    return (each.id, names[each.id], *known, repr(helper(each.helper)))


def _pair(each: Joined) -> tuple[str, str]:
    ((category, other),) = each.steps
    assert category == "installed_on"
    return each.first, other


def flaw(each: Vulnerability, names: Mapping[str, str]) -> Any:
    return (
        replace(
            each,
            ids=tuple(dict.fromkeys(each.ids)),
            flags=tuple(replace(f, product_ids=once(f.product_ids)) for f in each.flags),
            threats=tuple(replace(t, product_ids=once(t.product_ids)) for t in each.threats),
            references=tuple(replace(r, url=uri(r.url)) for r in each.references),
            remediations=tuple(measure(r) for r in each.remediations),
            discovery_date=second(each.discovery_date),
            release_date=second(each.release_date),
            scores=(),
            conditions=(),
            exploitations=(),
        ),
        {(s.score.vector, uri(s.source), frozenset(s.product_ids)) for s in each.scores},
        [(frozenset(names.get(i, i) for i in c.product_ids), c.text) for c in each.conditions],
    )


def once(items: tuple[str, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(items))


def measure(each: Remediation) -> Remediation:
    return replace(each, url=uri(each.url), date=second(each.date), product_ids=once(each.product_ids))


def unplanned(whole: Document) -> Document:
    """A date that is known in part has no field in any version: it is in the text."""
    return each_flaw(
        lambda found: replace(
            found,
            remediations=tuple(replace(each, planned=type(each.planned)()) for each in found.remediations),
        )
    )(whole)


def said(whole: reading.Document) -> dict[str, Any]:
    names = {each.id: each.name for each in whole.products}
    return {
        **{name: getattr(whole, name) for name in ("title", "language", "source_language", "tlp")},
        **{name: getattr(whole, name) for name in ("distribution_text", "aggregate_severity", "notes")},
        **{name: getattr(whole, name) for name in ("publisher", "tracking", "references")},
        "thanks": whole.acknowledgments,
        "products": sorted(product(each, names) for each in whole.products),
        "flaws": [flaw(each, names) for each in whole.vulnerabilities],
    }


@thorough
@given(documents(), st.sampled_from(["2.0", "2.1"]))
def test_what_is_written_comes_back_but_for_the_named_things_a_version_cannot_carry(
    whole: Document, version: str
) -> None:
    names = product_names(whole.products, whole.language).values()
    assume(not any(", " in name or ": " in name for name in names))  # 2.0 ties a condition by the names alone
    losses = {loss.message for loss in BUILD[version](whole).losses}
    assert losses <= set(CANNOT_CARRY[version])
    for change in CANNOT_CARRY[version].values():
        whole = change(whole)
    whole = unplanned(whole)
    made = BUILD[version](whole)
    read = reading.read(json.loads(to_bytes(made.document)))
    assert read.unread == ()
    assert said(read.document) == written(whole)


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("document", "x_house"), {"colour": "red"}),
        (("document", "category"), 7),
        (("document", "tracking", "version"), "99"),
        (("vulnerabilities", 0, "involvements"), [{"party": "vendor", "status": "completed"}]),
        (("vulnerabilities", 0, "remediations", 0, "category"), "prayer"),
        (("vulnerabilities", 0, "scores", 0, "cvss_v3", "vectorString"), "CVSS:3.1/AV:X"),
        (("vulnerabilities", 0, "scores", 0, "cvss_v3", "baseScore"), 0.1),
        (("product_tree", "branches", 0, "category"), ["vendor"]),
    ],
)
@needs_corpus
def test_what_is_not_understood_is_named_with_its_place_and_its_words(path: Any, value: Any) -> None:
    whole = json.loads((FOLDER / "csaf-2.0/examples/csaf/cisco-sa-20180328-smi2.json").read_text())
    place = whole
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    before = "/" + "/".join(map(str, path))
    unread = reading.read(whole).unread
    told = [each for each in unread if before.startswith(each.location)]
    assert told
    assert any(str(value) in each.text or json.dumps(value, sort_keys=True) in each.text for each in told)


@needs_corpus
@pytest.mark.parametrize("version", ["2.0", "2.1"])
def test_every_document_of_the_official_examples_and_suites_is_read(version: str) -> None:
    count = 0
    for path in sorted((FOLDER / f"csaf-{version}").rglob("*.json")):
        try:
            kind, value = foreign.opened(path.read_bytes())
        except Problem:
            continue
        if kind is foreign.Format.CSAF:
            count += 1
            read = reading.read(value)
            json.dumps(foreign.plain(read.document))
            assert all(each.location.startswith("/") for each in read.unread)
    assert count > 100


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS) | st.text(max_size=4), inner)
    ),
    max_leaves=12,
)


@thorough
@given(st.data())
@needs_corpus
def test_no_value_in_no_place_breaks_the_reader(data: st.DataObject) -> None:
    """Any part of a real document may be anything; what it then says, or does not, is its own affair."""
    whole = json.loads((FOLDER / "csaf-2.0/examples/csaf/cisco-sa-20180328-smi2.json").read_text())
    for _ in range(data.draw(st.integers(1, 4))):
        place: Any = whole
        while True:
            keys = sorted(place) if isinstance(place, dict) else range(len(place))
            step: Any = data.draw(st.sampled_from(list(keys)))
            inner = place[step]
            if not isinstance(inner, dict | list) or not inner or data.draw(st.integers(0, 3)) == 0:
                place[step] = data.draw(JSON)
                break
            place = inner
    try:
        read = reading.read(whole)
    except Problem:
        return
    json.dumps(foreign.plain(read.document))


def test_groups_that_multiply_beyond_sense_are_refused() -> None:
    members = [f"P-{n}" for n in range(1_000)]
    flaw = {"remediations": [{"category": "workaround", "details": "-", "group_ids": ["G"]}] * 1_000}
    whole = {
        "document": {"csaf_version": "2.0"},
        "product_tree": {"product_groups": [{"group_id": "G", "product_ids": members}]},
        "vulnerabilities": [flaw],
    }
    with pytest.raises(Problem) as caught:
        reading.read(whole)
    assert caught.value.code == "csaf.too_much"


def test_what_has_no_field_of_its_own_stays_visible() -> None:
    base = {"product_id": "P-1", "name": "Sample 1.0"}
    flaw = {
        "cve": "CVE-2026-0001",
        "references": [{"category": "external", "summary": "Patch", "url": "https://maker.example/patch"}],
        "acknowledgments": [{"names": ["A"], "organization": "Lab", "summary": "found it"}],
        "product_status": {"known_affected": ["P-1"], "recommended": ["P-1"]},
        "remediations": [
            {
                "category": "vendor_fix",
                "details": "Update.",
                "product_ids": ["P-1"],
                "restart_required": {"category": "system"},
                "entitlements": ["Under contract."],
            }
        ],
    }
    document = {
        "document": {
            "category": "csaf_security_advisory",
            "csaf_version": "2.0",
            "title": "T",
            "distribution": {"text": "For partners.", "tlp": {"label": "WHITE"}},
            "publisher": {
                "category": "vendor",
                "name": "Sample",
                "namespace": "https://maker.example",
                "issuing_authority": "Board",
            },
            "tracking": {"id": "X-1", "status": "final", "version": "1", "aliases": ["Y-1"]},
        },
        "product_tree": {"full_product_names": [base]},
        "vulnerabilities": [flaw],
    }
    read = advisory.read(json.dumps(document).encode()).advisory
    assert read.references == (("https://maker.example/patch", "Patch"),)
    assert read.credits == ("A (Lab)",)
    assert set(read.notes) == {
        ("acknowledgment", "A Lab found it"),
        ("alias", "Y-1"),
        ("distribution", "For partners."),
        ("issuing authority", "Board"),
    }
    assert set(read.flaws[0].notes) == {
        ("recommended", "Sample 1.0"),
        ("vendor_fix: entitlements", "Under contract."),
        ("vendor_fix: restart", "system"),
    }
