"""Decisions carry over to what joins a firmware line later, or lapse there with a stated reason.

Heard from the catalogue, in the same transaction: a release that came or left its plan, new components, a
new product on a line. What is only planned waits: nobody can run it yet, so nobody has to say anything of it.
Open and closed cases alike; each case gets one line. Running it again changes nothing that was settled.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

from okiagari.cases.models import Case
from okiagari.catalog import queries as catalog
from okiagari.catalog.models import Release, Target
from okiagari.catalog.rules import Span, folded_words
from okiagari.desk.aggregates import changing
from okiagari.desk.permits import NOTHING_HERE
from okiagari.desk.permits import scopes as scopes_of
from okiagari.desk.subjects import SYSTEM, Subject
from okiagari.plumbing import clock, ids
from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards.firmware_order import Line, Range, State
from okiagari.triage.actions import writing
from okiagari.triage.actions.common import changing_open, vulnerability_of, write
from okiagari.triage.models import Carry, Decision, Located
from okiagari.triage.rules import carrying as rules
from okiagari.triage.rules.carrying import Fate, Said

DAYS = 5
"""Until when a team says what holds for the newcomer."""
WHY_CONFIRMED = define(
    "triage.confirming_needs_reason",
    Kind.INVALID,
    gettext_noop("It is confirmed without a reason that the decision still holds."),
    gettext_noop("Say what was looked at."),
)
SETTLED = define(
    "triage.carry_settled",
    Kind.CONFLICT,
    gettext_noop("Somebody has settled this already."),
    gettext_noop("Load the page again to see what holds."),
)


@dataclass(frozen=True)
class _Line:
    """A line with what the rules need of it."""

    order: Line
    spans: tuple[Span, ...]


def locate(subject: Subject, case_id: str, *, vulnerability: str, components: Sequence[str]) -> None:
    """Say which components a vulnerability lies in, by name. Later releases are compared by them."""
    with changing_open(subject, "triage.decide", case_id) as case:
        flaw = vulnerability_of(case, vulnerability)
        if flaw is None:
            raise NOTHING_HERE()
        names = {folded_words([name]): name.strip() for name in components if name.strip()}
        Located.objects.filter(vulnerability=flaw).exclude(folded__in=names).delete()
        for folded, name in names.items():
            Located.objects.update_or_create(
                vulnerability=flaw, folded=folded, defaults={"name": name, "scope_id": case.scope_id}
            )
        facts = {
            "vulnerability": flaw.public_id,
            "title": flaw.title.to_json(),
            "components": list(names.values()),
        }
        write(subject, case, "triage.located", facts)


def carry_releases(releases: Sequence[tuple[str, str]]) -> int:
    """Look at every decision on the lines of these releases (line, text), the planned ones left out.

    Returns how many lapsed.
    """
    keys = sorted({line for line, _ in releases})
    standing = Decision.objects.filter(
        replaced_at__isnull=True, row__removed_at__isnull=True, row__target__line__key__in=keys
    ).select_related(
        "row__target__line", "row__target__product__team", "row__team", "ruling__fixed_in", "vulnerability"
    )
    by_case: dict[int, list[Decision]] = {}
    for each in standing.order_by("row__case_id", "pk"):
        by_case.setdefault(each.row.case_id, []).append(each)
    if not by_case:
        return 0
    views, spans = catalog.lines_named(SYSTEM, keys), catalog.spans(SYSTEM, keys)
    lines = {key: _Line(view.order(), spans[key]) for key, view in views.items()}
    rows = Release.objects.filter(line__key__in=keys).select_related("line").order_by("position")
    known = {(row.line.key, row.text): row for row in rows}
    wanted = set(releases)
    news = [row for each, row in known.items() if each in wanted and row.state != State.PLANNED]
    if not news:
        return 0
    return sum(_carry_case(case_id, decisions, lines, news) for case_id, decisions in by_case.items())


def _carry_case(
    case_id: int, decisions: Sequence[Decision], lines: Mapping[str, _Line], news: Sequence[Release]
) -> int:
    flaws = {each.vulnerability_id for each in decisions}
    located = _located(flaws)
    seen = Carry.objects.filter(decision__in=decisions, release__isnull=False)
    before = {(each.decision_id, each.release_id): each for each in seen}
    public_id = Case.objects.values_list("public_id", flat=True).get(pk=case_id)
    made: list[Carry] = []
    with changing(SYSTEM, "triage.carry", Case, public_id) as case:
        for release in news:
            line = lines[release.line.key]
            for each in decisions:
                if each.row.target.line_id != release.line_id:
                    continue
                found = _at(each, release, line, located.get(each.vulnerability_id, frozenset()), before)
                if found is not None:
                    made.append(_kept(case, each, found, release=release, earlier=before))
        if made:
            write(SYSTEM, case, "triage.carried", _facts(made, [release.text for release in news]))
    return sum(each.outcome == rules.LAPSED and each.settled_at is None for each in made)


def _located(flaws: Iterable[int]) -> dict[int, frozenset[str]]:
    found: dict[int, set[str]] = {}
    for flaw, name in Located.objects.filter(vulnerability__in=list(flaws)).values_list(
        "vulnerability_id", "folded"
    ):
        found.setdefault(flaw, set()).add(name)
    return {flaw: frozenset(names) for flaw, names in found.items()}


def said_by(decision: Decision) -> Said:
    ruling = decision.ruling
    return Said(
        ruling.state,
        Range.from_json(ruling.range) if ruling.range else None,
        ruling.justification,
        ruling.fixed_in.text if ruling.fixed_in else "",
    )


def _at(
    decision: Decision,
    release: Release,
    line: _Line,
    located: frozenset[str],
    before: Mapping[tuple[int, int | None], Carry],
) -> Fate | None:
    """The fate at one release; what lapsed at the release before it lapses on."""
    shelf = rules.Shelf(line.order, line.spans, located)
    place = shelf.before(shelf.place(release.text))
    earlier = {key[1]: each for key, each in before.items() if key[0] == decision.pk}
    previous = next(
        (each for each in earlier.values() if each.release and shelf.place(each.release.text) == place),
        None,
    )
    is_open = previous is not None and previous.outcome == rules.LAPSED and previous.settled_at is None
    return rules.fate(said_by(decision), shelf, release.text, lapsed_before=is_open)


def _kept(
    case: Case,
    decision: Decision,
    fate: Fate,
    *,
    release: Release,
    earlier: "dict[tuple[int, int | None], Carry]",
) -> Carry:
    row = earlier.get((decision.pk, release.pk))
    if row is not None and row.settled_at is not None:
        return row
    row = row or Carry(case=case, scope_id=case.scope_id, decision=decision, release=release)
    fill(row, fate, decision)
    row.save()
    earlier[decision.pk, release.pk] = row
    return row


def fill(row: Carry, fate: Fate, decision: Decision) -> None:
    """Write the fate into its row. A lapse gets the owner of the decision's row, and a due time."""
    product = decision.row.target.product
    row.outcome, row.state, row.code, row.facts = fate.outcome, fate.state, fate.code, dict(fate.facts)
    row.at = clock.now()
    row.team = (decision.row.team or product.team) if fate.is_lapse else None
    row.due_at = clock.now() + timedelta(days=DAYS) if fate.is_lapse else None


def _facts(carries: Sequence[Carry], names: Sequence[str]) -> dict[str, object]:
    lapsed = [each for each in carries if each.outcome == rules.LAPSED]
    targets = list(dict.fromkeys(each.decision.row.target.key for each in lapsed))
    return {
        "to": list(dict.fromkeys(names))[:8],
        "carried": len(carries) - len(lapsed),
        "lapsed": len(lapsed),
        "targets": targets[:8],
        "why": sorted({each.code for each in lapsed}),
    }


def confirm_carry(subject: Subject, carry_id: str, *, reason: str) -> None:
    """It was looked at: what was decided holds as it stands, also beside the newcomer. Also on a closed case.

    Affected versions do not name the newcomer, so it is not; where it is, the cell is decided anew.

    Raises OTHER_TEAM for a row of another team, SETTLED.
    """
    if not reason.strip():
        raise WHY_CONFIRMED().at("reason")
    seen = Carry.objects.filter(public_id=ids.folded(carry_id), scope_id__in=scopes_of(subject)).first()
    if seen is None:
        raise NOTHING_HERE()
    case_id = Case.objects.values_list("public_id", flat=True).get(pk=seen.case_id)
    with changing(subject, "triage.carry", Case, case_id) as case:
        row = Carry.objects.select_related(
            "decision__row__target__product__team",
            "decision__row__team",
            "decision__ruling",
            "release",
            "target",
        ).get(pk=seen.pk)
        if row.settled_at is not None or row.outcome != rules.LAPSED:
            raise SETTLED()
        target = row.decision.row.target.key
        writing.require_owned(subject, "triage.carry", {target: row.decision.row})
        row.settled_at, row.settled_by_id = clock.now(), subject.person_id
        row.settled_reason, row.state = reason.strip(), _holds(row.decision.ruling.state)
        row.save()
        newcomer = row.release.text if row.release else row.target.key if row.target else ""
        facts = {"carry": row.public_id, "target": target, "to": newcomer, "state": row.state}
        write(subject, case, "triage.carry_confirmed", {**facts, "reason": reason.strip()})


def _holds(state: str) -> str:
    return "not_affected" if state == "affected" else state


def newcomers(keys: Sequence[str]) -> list[Target]:
    """The targets of these keys that stand on a line."""
    found = Target.objects.filter(key__in=list(keys), line__isnull=False)
    return list(found.select_related("line", "product__team").order_by("key"))
