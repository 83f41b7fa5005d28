"""What a document says and what would become of it, as the page shows it. Values in, values out."""

from collections.abc import Iterator
from dataclasses import dataclass

from django import forms
from django.utils.translation import gettext, gettext_lazy

from okiagari.flow.importing.queries import Reading
from okiagari.standards.advisory import Flaw
from okiagari.web.documents import words
from okiagari.web.documents.forms import TARGETS
from okiagari.web.triage.words import short_range as versions

HEADINGS = {
    "summary": gettext_lazy("Summary"),
    "description": gettext_lazy("What the problem is"),
    "impact": gettext_lazy("What can happen"),
    "advice": gettext_lazy("Advice"),
}
MOST = 200
"""How many lines of one kind the page shows; the file has all of them."""


@dataclass(frozen=True)
class SaidFlaw:
    name: str
    title: str
    facts: tuple[tuple[str, str], ...]
    texts: tuple[str, ...]
    measures: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Said:
    """`words`: (heading, text); `revisions`: (number, when, what); `lang`: of its texts."""

    lang: str
    facts: tuple[tuple[str, str], ...]
    words: tuple[tuple[str, str], ...]
    flaws: tuple[SaidFlaw, ...]
    more_flaws: int
    references: tuple[tuple[str, str], ...]
    revisions: tuple[tuple[str, object, str], ...]


def said(reading: Reading) -> Said:
    given = reading.said
    facts = (
        (gettext("Kind of document"), given.category),
        (gettext("Publisher"), given.publisher),
        (gettext("Its id"), given.tracking_id),
        (gettext("Status"), given.status),
        ("TLP", given.tlp),
        (gettext("Severity"), given.severity),
        (gettext("Thanks"), ", ".join(given.credits)),
    )
    return Said(
        lang=given.language,
        facts=tuple((name, text) for name, text in facts if text),
        words=tuple((str(HEADINGS[name]), text) for name, text in given.words.items()),
        flaws=tuple(_flaw(each, number) for number, each in enumerate(given.flaws[:MOST], 1)),
        more_flaws=max(0, len(given.flaws) - MOST),
        references=given.references[:MOST],
        revisions=tuple((each.number, each.at, each.summary) for each in given.revisions[-MOST:]),
    )


def _flaw(flaw: Flaw, number: int) -> SaidFlaw:
    scores = (
        (f"CVSS {s.score.version.value}", f"{s.score.overall:.1f} {s.score.vector}") for s in flaw.scores
    )
    ids = (("CVE", flaw.cve), ("JVN", flaw.jvn), ("JVN iPedia", flaw.jvndb), ("CWE", flaw.cwe))
    return SaidFlaw(
        name=words.called(flaw, number),
        title=flaw.title,
        facts=tuple((name, text) for name, text in (*ids, *scores) if text),
        texts=(*flaw.description.values(), *flaw.impact.values()),
        measures=tuple((str(MEASURES.get(each.kind, each.kind)), each.text) for each in flaw.measures[:MOST]),
    )


MEASURES = {
    "vendor_fix": gettext_lazy("Fix"),
    "workaround": gettext_lazy("Workaround"),
    "mitigation": gettext_lazy("Mitigation"),
    "fix_planned": gettext_lazy("A fix is planned"),
    "no_fix_planned": gettext_lazy("No fix is planned"),
    "none_available": gettext_lazy("Nothing yet"),
}


@dataclass(frozen=True)
class ShownProduct:
    """`stated`: (vulnerability, what is said); `field`: where its targets are typed, None beyond the page."""

    name: str
    detail: str
    stated: tuple[tuple[str, str], ...]
    match: dict[str, object]
    field: object


def products(reading: Reading, form: forms.Form) -> tuple[ShownProduct, ...]:
    proposed = {each.product: each for each in reading.matches}
    stated: dict[str, dict[tuple[str, str], None]] = {}
    for number, flaw in enumerate(reading.said.flaws, 1):
        for each in flaw.statements:
            stated.setdefault(each.product, {})[words.called(flaw, number), words.statement(each)] = None
    return tuple(
        ShownProduct(
            name=product.name or product.key,
            detail=" · ".join(
                part
                for part in (product.vendor, *product.models, product.revision, *product.cpes, *product.purls)
                if part
            ),
            stated=tuple(stated.get(product.key, {}))[:12],
            match=words.match(proposed[product.key]),
            field=form[name] if (name := f"{TARGETS}{number}") in form.fields else None,
        )
        for number, product in enumerate(reading.said.products[:MOST])
    )


@dataclass(frozen=True)
class ShownCell:
    target: str
    flaw: str
    state: str
    tone: str
    versions: str
    stated: str
    why: str


_TONES = {"affected": "bad", "fixed": "ok", "not_affected": "ok", "investigating": "wait", "undecided": "now"}


def cells(reading: Reading) -> tuple[ShownCell, ...]:
    return tuple(_cells(reading))[:MOST]


def _cells(reading: Reading) -> Iterator[ShownCell]:
    """Those that stay open first: they want a look."""
    for cell in sorted(reading.cells, key=lambda each: (not each.why, each.target, each.flaw)):
        state = cell.change.state if cell.change else "undecided"
        yield ShownCell(
            target=cell.target,
            flaw=words.called(reading.said.flaws[cell.flaw], cell.flaw + 1),
            state=str(words.CELLS[state]),
            tone=_TONES[state],
            versions=_versions(cell.change),
            stated=cell.stated,
            why=words.reason(cell.why),
        )


def _versions(change: object) -> str:
    found = getattr(change, "range", None)
    fixed = getattr(change, "fixed_in", None)
    told = versions(found) if found is not None else ""
    return f"{told} → {fixed[1]}".strip() if fixed else told
