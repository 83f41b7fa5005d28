"""The same advisory in another language joins the draft that the first one became."""

from typing import Any

from okiagari.cases import actions as cases
from okiagari.cases.models import Vulnerability
from okiagari.desk.subjects import Subject
from okiagari.disclose import access
from okiagari.disclose import actions as disclose
from okiagari.disclose.models import Advisory as Draft
from okiagari.flow.importing import frame, leaving, problems, translating
from okiagari.flow.importing.knowing import bare_id
from okiagari.flow.importing.own import WORDS
from okiagari.flow.importing.supplier import Became
from okiagari.flow.importing.translating import beside
from okiagari.standards.advisory import Advisory, Flaw
from okiagari.standards.localtext import LocalText


def join_draft(
    subject: Subject, document_id: str, *, advisory: str, language: str = "", version: int | None = None
) -> Became:
    """Put its words beside those of the draft, in the grid and with the measures; facts stay the first's.

    Raises ALREADY_TAKEN, NO_LANGUAGE, SAME_LANGUAGE, OTHER_ADVISORY.
    """
    with frame.taking(subject, document_id, version) as row:
        said = frame.found_in(row).advisory
        speech = frame.language_of(said, language)
        draft = access.seen(subject, advisory)
        _check(draft, said, speech)
        _write(subject, draft, said, speech)
        pairs = _pairs(draft, said)
        left = translating.put_words(subject, row, said, pairs, speech)
        for flaw, mine in pairs:
            left += _translate(subject, flaw, mine, speech)
        left += _unthanked(draft, said)
        row.unread = [*row.unread, *leaving.kept(left)[0]]
        link = draft.cases.order_by("pk").select_related("case").first()
        row.advisory, row.case = draft, link.case if link else None
        row.journey, row.scope_id = "own", draft.scope_id
        number = str(draft.public_id)
        frame.line(subject, row, "document_joined", ("advisory", number), advisory=number, language=speech)
        return Became(row.public_id, case=str(row.case.public_id) if row.case else "", advisory=number)


def _check(draft: Draft, said: Advisory, language: str) -> None:
    if bare_id(said.tracking_id) != bare_id(draft.tracking_id):
        raise problems.OTHER_ADVISORY(
            advisory=draft.public_id, theirs=draft.tracking_id, ours=said.tracking_id
        ).at("advisory")
    if language in draft.title:
        raise problems.SAME_LANGUAGE(advisory=draft.public_id).at("language")


def _write(subject: Subject, draft: Draft, said: Advisory, language: str) -> None:
    texts = {"title": said.title, **{name: said.words.get(name, "") for name in WORDS}}
    texts["contact"] = said.contact
    new: dict[str, Any] = {
        name: beside(getattr(draft, name), language, text) for name, text in texts.items() if text
    }
    references = []
    titles = {url: title for url, title in said.references if title}
    for each in draft.references:
        title = LocalText.from_json(each.get("title"))
        named = titles.get(each["url"], "")
        references.append({"url": each["url"], "title": beside(title, language, named).to_json()})
    languages = list(dict.fromkeys([*draft.languages, language]))
    disclose.write(subject, draft.public_id, languages=languages, references=references, **new)
    disclose.translate_history(
        subject,
        draft.public_id,
        language=language,
        summaries={each.number: each.summary for each in said.revisions if each.summary},
    )


def _unthanked(draft: Draft, said: Advisory) -> list[leaving.Left]:
    """Names the draft does not have: the same people in other letters, or others."""
    return [
        leaving.Left("acknowledgments", name, leaving.OTHER_NAME)
        for name in said.credits
        if name not in draft.thanked
    ]


def _pairs(draft: Draft, said: Advisory) -> list[tuple[Vulnerability, Flaw]]:
    """By CVE id, else by their order where there are as many."""
    rows = [each.vulnerability for each in draft.vulnerabilities.order_by("position")]
    by_id = {row.cve: row for row in rows if row.cve}
    pairs = []
    for place, flaw in enumerate(said.flaws):
        row = by_id.get(flaw.cve) if flaw.cve else None
        if row is None and not flaw.cve and len(rows) == len(said.flaws):
            row = rows[place]
        if row is not None:
            pairs.append((row, flaw))
    return pairs


def _translate(subject: Subject, row: Vulnerability, flaw: Flaw, language: str) -> list[leaving.Left]:
    """Returns what could not be put in, as the case is closed."""
    given = {
        "title": flaw.title,
        "description": flaw.description.get(language, ""),
        "impact": flaw.impact.get(language, ""),
    }
    new: dict[str, Any] = {
        name: beside(getattr(row, name), language, text) for name, text in given.items() if text
    }
    if row.case.closed_at is not None:
        name = flaw.cve or flaw.title
        return [leaving.Left(f"{name}: {each}", given[each], leaving.CASE_CLOSED) for each in new]
    if new:
        cases.change_vulnerability(subject, row.public_id, **new)
    return []
