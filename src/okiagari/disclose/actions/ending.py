"""Ending a case without a publication: a choice with a reason, where no product is affected."""

from django.utils.translation import gettext

from okiagari.cases.models import Case
from okiagari.desk.aggregates import changing
from okiagari.desk.subjects import SYSTEM, Subject
from okiagari.disclose import problems
from okiagari.disclose.models import Advisory, QuietEnd
from okiagari.disclose.rules import ending
from okiagari.disclose.rules.ending import Ground
from okiagari.plumbing import clock, ledger
from okiagari.problems import gettext_noop
from okiagari.triage import queries as triage

WHY = {
    Ground.OPEN: gettext_noop("some products are not decided yet."),
    Ground.AFFECTED: gettext_noop("some product is affected."),
}
PUBLISHED = gettext_noop("it is already public.")


def end_quietly(subject: Subject, case_id: str, *, reason: str, version: int | None = None) -> None:
    """End without a word in public: no product is affected. A product decided otherwise later undoes it."""
    with changing(subject, "disclose.publish", Case, case_id, version=version) as case:
        if not reason.strip():
            raise problems.NOTE_NEEDED().at("reason")
        why = WHY.get(ground_of(case))
        out = Advisory.objects.filter(cases__case=case, publications__state__in=("publishing", "published"))
        if out.filter(withdrawn_at__isnull=True).exists():
            why = PUBLISHED
        if why:
            raise problems.NOT_QUIET(why=gettext(why)).at("reason")
        _take_back(case)
        QuietEnd.objects.create(
            case=case, scope_id=case.scope_id, reason=reason.strip(), at=clock.now(), by_id=subject.person_id
        )
        _tell(subject, case, "ended_quietly", reason=reason.strip())


def speak_after_all(subject: Subject, case_id: str, *, reason: str, version: int | None = None) -> None:
    """Take the choice back: there will be a publication after all."""
    with changing(subject, "disclose.publish", Case, case_id, version=version) as case:
        if not reason.strip():
            raise problems.NOTE_NEEDED().at("reason")
        if not _take_back(case):
            raise problems.NOT_ENDED_QUIETLY()
        _tell(subject, case, "speaks_after_all", reason=reason.strip())


def ground_of(case: Case) -> Ground:
    """What the grid of the case says, as the system sees it."""
    grid = triage.grid(SYSTEM, case.public_id)
    return ending.ground(cell.state for cell in grid.cells.values())


def _take_back(case: Case) -> int:
    standing = QuietEnd.objects.filter(case=case, taken_back_at__isnull=True)
    return standing.update(taken_back_at=clock.now())


def _tell(subject: Subject, case: Case, verb: str, **facts: object) -> None:
    ledger.append(
        ("case", case.public_id),
        subject=subject,
        verb=f"disclose.{verb}",
        facts=facts,
        scope=case.scope_id,
    )
