"""Verbs of a maker that is a CNA: reserve, publish, reject, keep, try again, note by hand.

What reaches outside is a deed that a job carries out; pressed by a person it is done at once. Noting by hand
reaches nobody.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from okiagari.cases import actions as cases
from okiagari.cases import rules as case_rules
from okiagari.cases.models import Case, Vulnerability
from okiagari.desk import permits
from okiagari.desk.aggregates import changing
from okiagari.desk.subjects import Subject
from okiagari.disclose import access
from okiagari.disclose.models import CveDeed, CveId
from okiagari.disclose.problems import NOT_OUT_YET, NOTE_NEEDED
from okiagari.plumbing import clock, ids, ledger
from okiagari.plumbing.wording import in_every_language
from okiagari.problems import Problem
from okiagari.standards import ids as numbers
from okiagari.standards.localtext import LocalText

from . import cited, connecting, hearing, problems, rejecting, rules, watching, working
from .telling import tell

MOST_APART = 10
OPEN = ("waiting", "failed")


def reserve(
    subject: Subject, case_id: str, *, vulnerabilities: Sequence[str] = (), is_sequential: bool = True
) -> str:
    """Reserve an id for each vulnerability named, or for all of the case that have none, in one request.

    Returns the number of the request's first deed. Raises NOT_SET_UP, NO_FLAW, NOTHING_TO_RESERVE, CLOSED.
    """
    with changing(subject, "disclose.cve", Case, case_id) as case:
        if case.closed_at is not None:
            raise case_rules.CLOSED()
        if not connecting.is_set_up():
            raise problems.NOT_SET_UP()
        flaws = _lacking(case, [ids.folded(each) for each in vulnerabilities])
        if not is_sequential and len(flaws) > MOST_APART:
            raise problems.TOO_MANY_APART(most=MOST_APART).at("vulnerabilities")
        batch = ids.fresh("CVB")
        made = [
            CveDeed.objects.create(
                vulnerability=flaw,
                kind="reserve",
                batch=batch,
                is_sequential=is_sequential,
                asked_at=clock.now(),
                asked_by_id=subject.person_id,
            )
            for flaw in flaws
        ]
        working.queue(made[0])
        tell(subject, flaws[0], "cve_asked", count=len(flaws))
    working.at_once(made[0].pk)
    return str(made[0].public_id)


def _lacking(case: Case, wanted: Sequence[str]) -> list[Vulnerability]:
    asked = CveDeed.objects.filter(kind="reserve", state__in=OPEN).values("vulnerability")
    open_ = case.vulnerabilities.filter(cve="", withdrawn_at=None).exclude(pk__in=asked)
    found = list(open_.order_by("position"))
    if not found:
        raise problems.NOTHING_TO_RESERVE()
    known = {each.public_id: each for each in found}
    for each in wanted:
        if each not in known:
            raise problems.NO_FLAW(vulnerability=each, known=", ".join(known)).at("vulnerabilities")
    return [known[each] for each in dict.fromkeys(wanted)] or found


def publish(subject: Subject, advisory_id: str) -> int:
    """Publish the records of what the edition that is out cites, now: those that failed, or were never sent.

    Returns how many were tried. Raises NOT_SET_UP, NO_EDITION, NOTHING_CITED.
    """
    with access.changing(subject, "disclose.cve", advisory_id) as advisory:
        if not connecting.is_set_up():
            raise problems.NOT_SET_UP()
        edition = cited.newest(advisory)
        if edition is None:
            raise problems.NO_EDITION()
        made = hearing.follow(edition, even_others=True)
        if not made:
            raise problems.NOTHING_CITED()
    for deed in made:
        working.at_once(deed.pk)
    return len(made)


def reject(
    subject: Subject, case_id: str, *, cve: str, reason: LocalText, replaced_by: Sequence[str] = ()
) -> str:
    """Give an id up at CVE Services, for a reason that the world reads. Returns the number of the deed.

    Raises NOT_SET_UP, NO_SUCH_ID, NOT_FROM_HERE, ENGLISH_NEEDED, ON_ITS_WAY, NOT_A_CVE.
    """
    with _one(subject, case_id, cve) as row:
        if not connecting.is_set_up():
            raise problems.NOT_SET_UP()
        _check_next(row, rules.REJECTED)
        if not reason.exact("en"):
            raise problems.ENGLISH_NEEDED().at("reason_en")
        if CveDeed.objects.filter(cve=row, kind="reject", state="waiting").exists():
            raise problems.ON_ITS_WAY(cve=row.number)
        instead = [numbers.parse(each, numbers.System.CVE).text for each in replaced_by]
        rejecting.stop(row)
        deed = CveDeed.objects.create(
            vulnerability=row.vulnerability,
            cve=row,
            kind="reject",
            reason=reason,
            replaced_by=instead,
            asked_at=clock.now(),
            asked_by_id=subject.person_id,
        )
        working.queue(deed)
        said = reason.exact("en")
        tell(subject, row.vulnerability, "cve_rejecting", cve=row.number, reason=said)
    working.at_once(deed.pk)
    return str(deed.public_id)


def keep_cve(subject: Subject, case_id: str, *, cve: str, reason: str) -> None:
    """Keep an id although its advisory or vulnerability was withdrawn. Raises NO_SUCH_ID, NOTE_NEEDED."""
    with _one(subject, case_id, cve) as row:
        if not reason.strip():
            raise NOTE_NEEDED().at("reason")
        row.kept_at, row.kept_reason = clock.now(), reason.strip()
        row.save(update_fields=["kept_at", "kept_reason"])
        tell(subject, row.vulnerability, "cve_kept", cve=row.number, reason=row.kept_reason)


def retry(subject: Subject, case_id: str, *, deed: str) -> None:
    """Try a deed again now. Raises NOTHING_HERE, NOT_OPEN, NOT_SET_UP."""
    with changing(subject, "disclose.cve", Case, case_id) as case:
        mine = CveDeed.objects.select_related("cve", "vulnerability__case").filter(vulnerability__case=case)
        row = mine.filter(public_id=ids.folded(deed)).first()
        if row is None:
            raise permits.NOTHING_HERE()
        if not connecting.is_set_up():
            raise problems.NOT_SET_UP()
        if row.state not in OPEN:
            raise problems.NOT_OPEN()
        together = CveDeed.objects.filter(batch=row.batch) if row.batch else mine.filter(pk=row.pk)
        together.filter(state__in=OPEN).update(state="waiting", attempts=0, next_at=None)
        working.queue(row)
        number = row.cve.number if row.cve else row.vulnerability.public_id
        tell(subject, row.vulnerability, "cve_again", cve=number, what=row.kind)
    working.at_once(row.pk)


def note_cve(
    subject: Subject,
    case_id: str,
    *,
    vulnerability: str,
    state: str,
    cve: str = "",
    at: datetime | None = None,
    reason: str = "",
) -> None:
    """Write down what was done with an id of ours elsewhere: reserved, published or rejected, since when.

    `cve` may be left out where the vulnerability has it. Reaches nobody. Raises NOTHING_HERE, NO_SUCH_STATE,
    NUMBER_NEEDED, NOT_FROM_HERE, NOT_OUT_YET, NOTE_NEEDED.
    """
    with ledger.action():
        flaw = _flaw(subject, case_id, vulnerability)
        number = _noted(flaw, state, cve, at, reason)
        if state == rules.RESERVED and flaw.cve != number:
            cases.change_vulnerability(subject, flaw.public_id, cve=number)
        with changing(subject, "disclose.cve", Case, case_id):
            row = _note(
                subject, flaw, number=number, state=state, at=at or clock.now(), reason=reason.strip()
            )
        if state == rules.REJECTED:
            flaw.refresh_from_db()
            row.vulnerability = flaw
            rejecting.stop(row)
            rejecting.forget(row, subject)


def _flaw(subject: Subject, case_id: str, vulnerability: str) -> Vulnerability:
    with changing(subject, "disclose.cve", Case, case_id) as case:
        mine = case.vulnerabilities.select_related("case").filter(public_id=ids.folded(vulnerability))
        found: Vulnerability | None = mine.first()
    if found is None:
        raise permits.NOTHING_HERE()
    return found


def _noted(flaw: Vulnerability, state: str, cve: str, at: datetime | None, reason: str) -> str:
    """The number it is about, everything else checked."""
    if state not in rules.FOLLOWS:
        raise problems.NO_SUCH_STATE(state=state, allowed=", ".join(rules.FOLLOWS)).at("state")
    number = numbers.parse(cve, numbers.System.CVE).text if cve.strip() else flaw.cve
    if not number:
        raise problems.NUMBER_NEEDED().at("cve")
    if at is not None and at > clock.now():
        raise NOT_OUT_YET().at("at")
    if state == rules.REJECTED and not reason.strip():
        raise NOTE_NEEDED().at("reason")
    return number


def _note(
    subject: Subject, flaw: Vulnerability, *, number: str, state: str, at: datetime, reason: str
) -> CveId:
    row, _ = CveId.objects.get_or_create(vulnerability=flaw, number=number, defaults={"made_at": clock.now()})
    _check_next(row, state)
    row.owner, row.state, row.state_at = "ours", state, at
    if state == rules.PUBLISHED:
        row.public_at = row.public_at or at
    row.save()
    CveDeed.objects.create(
        vulnerability=flaw,
        cve=row,
        kind="note",
        via="hand",
        state="done",
        told_state=state,
        reason=LocalText.of(ja=reason) if reason else LocalText(),
        asked_at=clock.now(),
        asked_by_id=subject.person_id,
        done_at=at,
    )
    tell(subject, flaw, "cve_noted", cve=number, cve_state=state, at=at, reason=reason)
    return row


def check(subject: Subject, advisory_id: str) -> None:
    """Ask now whether the records of what the advisory cites are public. Raises NO_WATCH, NO_EDITION."""
    advisory = access.seen(subject, advisory_id)
    access.require(subject, "disclose.cve", advisory)
    if not connecting.is_watching():
        raise problems.NO_WATCH()
    edition = cited.newest(advisory)
    if edition is None:
        raise problems.NO_EDITION()
    with ledger.action():
        rows = [each for each in cited.rows(edition) if each.public_at is None]
    watching.ask(rows)


@contextmanager
def _one(subject: Subject, case_id: str, cve: str) -> Iterator[CveId]:
    """An id of ours in this case, its case locked."""
    with changing(subject, "disclose.cve", Case, case_id) as case:
        number = _number(cve)
        mine = CveId.objects.select_for_update(of=("self",)).select_related("vulnerability__case")
        row = mine.filter(vulnerability__case=case, number=number, owner="ours").first()
        if row is None:
            raise problems.NO_SUCH_ID(cve=number).at("cve")
        yield row


def _number(text: str) -> str:
    try:
        return numbers.parse(text, numbers.System.CVE).text
    except Problem as problem:
        raise problem.at("cve") from None


def _check_next(row: CveId, state: str) -> None:
    if row.state not in rules.FOLLOWS[state]:
        now = in_every_language(rules.STATES[row.state])
        raise problems.NOT_FROM_HERE(cve=row.number, state=now).at("state")
