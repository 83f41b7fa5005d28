"""What becomes of a planned measure: verified, ready, accepted, ended, withdrawn."""

from datetime import datetime

from okiagari.desk.models import Person
from okiagari.desk.subjects import SYSTEM, Subject
from okiagari.plumbing import clock
from okiagari.remedy import problems, rules
from okiagari.remedy.actions.common import changing_measure, must_be, write
from okiagari.remedy.models import Measure
from okiagari.remedy.rules import Kind
from okiagari.triage import queries as triage


def verify(subject: Subject, measure_id: str, *, who: str, on: str, how: str) -> None:
    """Record that a fix fixes it: who verified it, on which release, how (with where the evidence lies)."""
    with changing_measure(subject, measure_id) as measure:
        must_be(measure, *rules.ALIVE)
        if measure.kind != Kind.FIX:
            raise problems.NOT_A_FIX()
        said = {"who": who.strip(), "on": on.strip(), "how": how.strip()}
        lacks = [name for name, value in said.items() if not value]
        if lacks:
            raise problems.VERIFICATION_LACKS(lacks=", ".join(lacks)).at(lacks[0])
        measure.verification = said
        measure.save(update_fields=["verification"])
        write(subject, measure, "remedy.verified", **said)


def ready(subject: Subject, measure_id: str, *, note: str = "", version: int | None = None) -> None:
    """Say that a measure may be published. A fix needs a public release, and that somebody verified it."""
    with changing_measure(subject, measure_id, version=version) as measure:
        must_be(measure, "planned")
        if measure.kind == Kind.ACCEPT:
            raise problems.NOT_AN_ACCEPTANCE()
        if measure.kind == Kind.SHIPPING_STOP:
            raise problems.NEEDS_APPROVAL()
        if measure.kind == Kind.FIX:
            _check_fix(measure)
        measure.state, measure.ready_at = "ready", clock.now()
        measure.save(update_fields=["state", "ready_at"])
        write(subject, measure, "remedy.ready", note=note.strip())


def _check_fix(measure: Measure) -> None:
    if measure.release is None or measure.release.state != "public":
        raise problems.NO_RELEASE().at("release")
    if not measure.verification and not _is_verified_in_grid(measure):
        raise problems.NOT_VERIFIED()


def _is_verified_in_grid(measure: Measure) -> bool:
    """Every product of the fix is decided as fixed in its release: that was verified when it was decided."""
    assert measure.release is not None
    grid = triage.grid(SYSTEM, measure.case.public_id)
    flaws = set(measure.vulnerabilities.values_list("public_id", flat=True)) or {
        column.id for column in grid.columns
    }
    cells = [grid.cell(target.key, flaw) for target in measure.targets.all() for flaw in sorted(flaws)]
    concerned = [cell for cell in cells if cell.state in {"affected", "fixed"}]
    named = (measure.release.line.key, measure.release.text)
    return bool(concerned) and all(cell.state == "fixed" and cell.fixed_in == named for cell in concerned)


def accept_risk(subject: Subject, measure_id: str, *, until: datetime, reason: str) -> None:
    """Accept a planned risk until an instant: somebody else than who planned it, with a reason."""
    with changing_measure(subject, measure_id, "remedy.accept") as measure:
        must_be(measure, "planned")
        if measure.kind != Kind.ACCEPT:
            raise problems.NOT_AN_ACCEPTANCE()
        planner = measure.made_by.username if measure.made_by else ""
        if subject.person_id is None or not rules.may_approve(subject.key, subject.stands_in_for, planner):
            raise problems.PLANNER_ACCEPTS()
        if not reason.strip():
            raise problems.REASON_NEEDED().at("reason")
        if until <= clock.now():
            raise problems.UNTIL_PAST().at("until")
        measure.state, measure.ready_at = "ready", clock.now()
        measure.approved_by = Person.objects.get(pk=subject.person_id)
        measure.expires_at = until
        measure.save(update_fields=["state", "ready_at", "approved_by", "expires_at"])
        write(subject, measure, "remedy.accepted", until=until, reason=reason.strip())


def end_measure(subject: Subject, measure_id: str, *, reason: str) -> None:
    """A measure has served: the recall is over, a workaround is no longer needed."""
    _finish(subject, measure_id, state="ended", reason=reason)


def withdraw_measure(subject: Subject, measure_id: str, *, reason: str) -> None:
    """A measure was wrong or is not wanted any more. It stays on record."""
    _finish(subject, measure_id, state="withdrawn", reason=reason)


def _finish(subject: Subject, measure_id: str, *, state: str, reason: str) -> None:
    if not reason.strip():
        raise problems.REASON_NEEDED().at("reason")
    with changing_measure(subject, measure_id) as measure:
        must_be(measure, *rules.ALIVE)
        if measure.kind == Kind.SHIPPING_STOP and (measure.state == "ready" or state == "ended"):
            raise problems.RESUME_NAMES_IT()
        measure.state, measure.ended_at, measure.end_reason = state, clock.now(), reason.strip()
        measure.save(update_fields=["state", "ended_at", "end_reason"])
        write(subject, measure, f"remedy.{state}", reason=reason.strip())
