"""An advisory of the maker's own past becomes a case with its grid and measures, and a draft of an advisory.

The draft keeps its document id and its editions, so that the next one goes on counting. Nothing goes out.
"""

from collections.abc import Mapping, Sequence
from typing import Any, TypedDict, Unpack

from okiagari.cases import actions as cases
from okiagari.cases.models import Case
from okiagari.catalog.marks import marks
from okiagari.desk.subjects import Subject
from okiagari.disclose import actions as disclose
from okiagari.disclose.models import Advisory as Draft
from okiagari.disclose.rules import history
from okiagari.disclose.rules import thanks as crediting
from okiagari.flow.importing import frame, leaving, matching, problems, proposing, shelf
from okiagari.flow.importing.knowing import same_id
from okiagari.flow.importing.matching import SURE, Known, Match
from okiagari.flow.importing.measures import put_measures
from okiagari.flow.importing.noting import put_facts
from okiagari.flow.importing.proposing import Cell, Source
from okiagari.flow.importing.supplier import NEW, Became
from okiagari.flow.models import ForeignDocument
from okiagari.plumbing import clock
from okiagari.problems import gettext_noop
from okiagari.standards.advisory import Advisory, Revision
from okiagari.standards.localtext import LocalText
from okiagari.triage import actions as triage
from okiagari.triage.actions.deciding import Entry

WORDS = ("summary", "description", "impact", "advice")
CLOSED_AS_PAST = gettext_noop("Published and done before it came here: %(document)s")


class Choice(TypedDict, total=False):
    """`matches`: product of the document -> targets (those that are sure, if nothing is said).

    `case`: "new" or the number of one. `tracking_id`: of the draft, where that of the document does not fit.
    `is_closed`: the case is over. `language`: of its words, where the document does not say it. `facts`: what
    its statements of attacks are noted as, by their numbers (as proposed, if nothing is said; "" for none).
    """

    matches: Mapping[str, Sequence[str]] | None
    case: str
    tracking_id: str
    is_closed: bool
    language: str
    facts: Mapping[str, str] | None


def take_own(
    subject: Subject, document_id: str, *, version: int | None = None, **choice: Unpack[Choice]
) -> Became:
    """Make a case and a draft of it, in one transaction.

    Raises ALREADY_TAKEN, ID_TAKEN, NO_LANGUAGE, NO_SUCH_PRODUCT, TOO_MANY_FLAWS, and what the actions of
    the rooms raise.
    """
    with frame.taking(subject, document_id, version) as row:
        said = frame.found_in(row).advisory
        frame.check_count(said)
        language = frame.language_of(said, choice.get("language", ""))
        tracking_id = choice.get("tracking_id", document_id_of(said))
        _check_new(subject, row, tracking_id)
        known = shelf.known(subject)
        proposed = matching.matches(said.products, known, marks(subject))
        chosen = chosen_of(said, proposed, choice.get("matches"))
        case_id = _case(subject, row, choice.get("case", NEW), language)
        numbers = frame.put_flaws(subject, case_id, said, language)
        found = _grid(subject, row, case_id, said, (known, chosen, numbers, language))
        put_facts(subject, row, said, numbers, choice.get("facts"))
        draft = _draft(subject, case_id, said, numbers, (language, tracking_id))
        frame.keep_evidence(subject, case_id, row, said.references)
        _leave(row, [*leaving.of_own(said, _matched(chosen), found), *_unfit(said)])
        if choice.get("is_closed", False):
            reason = CLOSED_AS_PAST % {"document": said.tracking_id or row.public_id}
            cases.close_case(subject, case_id, reason=reason)
        row.case = Case.objects.get(public_id=case_id)
        row.advisory = Draft.objects.get(public_id=draft)
        row.journey, row.scope_id = "own", row.case.scope_id
        facts = {"case": case_id, "advisory": draft, "rows": len({each.target for each in found})}
        frame.line(subject, row, "document_taken", ("case", case_id), **facts)
        return Became(row.public_id, case=case_id, advisory=draft)


def document_id_of(said: Advisory) -> str:
    """The id of the maker's own document; a CVE record or an entry of JVN iPedia names somebody else's."""
    is_own = said.category != "CVE record" and not said.tracking_id.startswith("JVN")
    return said.tracking_id if is_own else ""


def _check_new(subject: Subject, row: ForeignDocument, tracking_id: str) -> None:
    """Raises ID_TAKEN where the subject can see a document of this id that became a draft."""
    if not tracking_id:
        return
    earlier = same_id(subject, row)
    if earlier is not None:
        raise problems.ID_TAKEN(tracking_id=tracking_id, advisory=earlier).at("tracking_id")


def chosen_of(
    said: Advisory, proposed: Sequence[Match], wanted: Mapping[str, Sequence[str]] | None
) -> dict[str, tuple[str, ...]]:
    """Which targets each product is. Raises NO_SUCH_PRODUCT."""
    if wanted is None:
        return {each.product: each.targets for each in proposed if each.confidence in SURE}
    keys = [each.key for each in said.products]
    for product in wanted:
        if product not in keys:
            raise problems.NO_SUCH_PRODUCT(product=product, known=", ".join(keys[:20])).at("matches")
    return {product: tuple(dict.fromkeys(targets)) for product, targets in wanted.items()}


def _matched(chosen: Mapping[str, Sequence[str]]) -> list[str]:
    return [product for product, targets in chosen.items() if targets]


def _case(subject: Subject, row: ForeignDocument, wanted: str, language: str) -> str:
    if wanted and wanted != NEW:
        return frame.case_number(subject, wanted)
    title = LocalText({language: row.title or row.name}, language)
    return cases.open_case(subject, title=title, kinds=["product"])


def _grid(
    subject: Subject,
    row: ForeignDocument,
    case_id: str,
    said: Advisory,
    settled: tuple[Sequence[Known], Mapping[str, Sequence[str]], Sequence[str], str],
) -> tuple[Cell, ...]:
    """Rows, cells, scores and measures. Returns the cells as they were proposed."""
    known, chosen, numbers, language = settled
    targets = sorted({target for found in chosen.values() for target in found})
    if not targets:
        for flaw, number in zip(said.flaws, numbers, strict=True):
            frame.put_scores(subject, flaw, number, source="own", targets={})
        return ()
    reason = f"{said.tracking_id or row.name} ({row.public_id})"
    frame.add_missing_rows(subject, case_id, targets, reason)
    source = Source(said.publisher, said.tracking_id, language)
    found = proposing.cells(said.flaws, chosen, known, shelf.places(targets), source)
    found = proposing.once(found, numbers)
    entries = [
        Entry([(each.target, numbers[each.flaw])], each.change, reason) for each in found if each.change
    ]
    if entries:
        triage.decide_many(subject, case_id, entries)
    for flaw, number in zip(said.flaws, numbers, strict=True):
        frame.put_scores(subject, flaw, number, source="own", targets=chosen)
    left = put_measures(subject, case_id, said, (chosen, numbers, found, language))
    _leave(row, left)
    return found


def _draft(
    subject: Subject, case_id: str, said: Advisory, numbers: Sequence[str], named: tuple[str, str]
) -> str:
    language, tracking_id = named
    title = LocalText({language: said.title or said.tracking_id or "-"}, language)
    draft = disclose.draft(
        subject,
        cases=[case_id],
        title=title,
        kind="vulnerability" if said.flaws else "notice",
        languages=[language],
        tracking_id=tracking_id,
        vulnerabilities=list(dict.fromkeys(numbers)),
    )
    texts: dict[str, Any] = {
        name: LocalText({language: said.words[name]}, language) for name in WORDS if name in said.words
    }
    if said.contact:
        texts["contact"] = LocalText({language: said.contact}, language)
    references: list[dict[str, object]] = [
        {"url": url, "title": {language: title} if title else {}}
        for url, title in said.references
        if is_web(url)
    ]
    fit, _ = crediting.fitting(said.credits)
    disclose.write(subject, draft, references=references, thanked=fit, **texts)
    editions = [
        disclose.Earlier(each.number, each.at, LocalText({language: each.summary or "-"}, language))
        for each in _editions(said)
    ]
    disclose.continue_history(subject, draft, editions=editions)
    return draft


def is_web(url: str) -> bool:
    return url.startswith(("https://", "http://")) and not any(sign.isspace() for sign in url)


def _editions(said: Advisory) -> list[Revision]:
    """The revisions, the first at the initial release where the document tells that apart."""
    found = sorted(said.revisions, key=lambda each: each.at)
    if found and said.first_at and said.first_at < found[0].at:
        return [Revision(found[0].number, said.first_at, found[0].summary), *found[1:]]
    return list(found)


def _unfit(said: Advisory) -> list[leaving.Left]:
    """Lines of the history that do not go on counting, links that are none."""
    editions = [each for each in _editions(said) if each.at <= clock.now()]
    kept = set(history.told([each.number for each in editions]))
    lost = [each for place, each in enumerate(editions) if place not in kept]
    lost += [each for each in said.revisions if each.at > clock.now()]
    found = [
        leaving.Left(f"revision {each.number}", f"{each.at.isoformat()} {each.summary}", leaving.NO_EDITION)
        for each in lost
    ]
    if said.first_at and said.revisions and said.first_at < min(each.at for each in said.revisions):
        first = min(said.revisions, key=lambda each: each.at)
        text = f"{first.number}: {first.at.isoformat()}"
        found.append(leaving.Left("revision: first date", text, leaving.FIRST_DATE))
    urls = [url for url, _ in said.references if not is_web(url)]
    found += [
        leaving.Left("acknowledgments", name, leaving.NO_PLACE) for name in crediting.fitting(said.credits)[1]
    ]
    return [*found, *(leaving.Left("reference", url, leaving.NO_PLACE) for url in urls)]


def _leave(row: ForeignDocument, left: Sequence[leaving.Left]) -> None:
    added, beyond = leaving.kept(left)
    row.unread = [*row.unread, *added]
    row.left_off += beyond
