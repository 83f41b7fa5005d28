"""Submitting, approving, sending back. An approval is bound to what was seen: content and renderer."""

from django.utils.translation import gettext

from okiagari.desk import scopes
from okiagari.desk.models import Person
from okiagari.desk.permits import Level
from okiagari.desk.subjects import Role, Subject
from okiagari.disclose import access, problems, sealing
from okiagari.disclose.actions import queueing
from okiagari.disclose.actions.channels import add_references
from okiagari.disclose.actions.drafting import check_open
from okiagari.disclose.consistency import checks, downloads
from okiagari.disclose.models import Advisory, Approval, Snapshot
from okiagari.disclose.rules import approval, content, items
from okiagari.disclose.rules.approval import Power, Sealed
from okiagari.disclose.telling import tell
from okiagari.plumbing import clock
from okiagari.problems import gettext_noop

TO_APPROVE = gettext_noop("to approve an advisory")


def submit(subject: Subject, advisory_id: str, *, version: int | None = None, reason: str = "") -> str:
    """Seal what it says now and ask the approvers; they are let into its cases. Returns the seal's hash.

    Raises INCOMPLETE where something required is missing and no reason is given.
    """
    with access.changing(subject, "disclose.draft", advisory_id, version=version) as advisory:
        check_open(advisory)
        add_references(advisory)
        now = sealing.now(advisory)
        lacking = _lacking(now)
        if lacking and not reason.strip():
            said = ", ".join(dict.fromkeys(gettext(item.label) for item in lacking))
            raise problems.INCOMPLETE(items=said).at("reason")
        snapshot, _ = Snapshot.objects.update_or_create(
            advisory=advisory,
            sha256=now.seal.sha256,
            renderer=now.seal.renderer,
            defaults={"content": content.builtins(now.content), "made_at": clock.now()},
        )
        for scope_id in access.scope_ids(advisory):
            scopes.admit_teams(scope_id, ("approvers",), Level.SEE, TO_APPROVE)
        advisory.state = "submitted"
        advisory.submitted_at, advisory.submitted_by_id = clock.now(), subject.person_id
        facts = {"snapshot": snapshot.sha256, "languages": now.content.languages, "reason": reason.strip()}
        tell(subject, advisory, "submitted", **facts)
        checks.queue(advisory)
        if downloads.is_on():
            downloads.queue(advisory.pk)
        return str(snapshot.sha256)


def _lacking(now: sealing.Now) -> list[items.Item]:
    """What is required and missing: in the languages that go out, or in all where none is ready."""
    ready = items.ready_languages(now.whole)
    looked_at = items.missing(now.content if ready else now.whole)
    return [item for item in looked_at if item.is_required]


def approve(subject: Subject, advisory_id: str, *, snapshot: str, note: str = "") -> None:
    """Approve what was seen. Raises OWN_WORK, NOT_SUBMITTED, ASKS_AGAIN, RENDERER_CHANGED, INCONSISTENT.

    What was drafted in an emergency goes out with this, in the name of whoever submitted it.
    """
    row = None
    _prepare(subject, advisory_id)
    with access.changing(subject, "disclose.approve", advisory_id) as advisory:
        submitted = _submitted(advisory)
        if not approval.may_approve(power_of(subject), authors(advisory)):
            raise problems.OWN_WORK()
        sealing.check(Sealed(snapshot, submitted.renderer), sealing.seal_of(submitted))
        sealing.check(sealing.seal_of(submitted), sealing.now(advisory).seal)
        _require_consistency(advisory)
        _decide(subject, submitted, "approved", note)
        advisory.state = "approved"
        tell(subject, advisory, "approved", snapshot=submitted.sha256, note=note.strip())
        if advisory.publishes_on_approval:
            advisory.publishes_on_approval = False
            row = queueing.queue(
                advisory, submitted, reason=advisory.publish_reason, by=advisory.submitted_by_id
            )
    if row is not None:
        queueing.at_once(row)


def _prepare(subject: Subject, advisory_id: str) -> None:
    """Read every format back before the lock is taken: of a big document that takes seconds."""
    advisory = access.seen(subject, advisory_id)
    if advisory.state == "submitted" and access.may(subject, "disclose.approve", advisory):
        checks.ensure(advisory)


def _require_consistency(advisory: Advisory) -> None:
    found = checks.ensure(advisory).report
    if found.errors:
        labels = [gettext(each.label) for each in found.fields]
        labels += [each.label for each in found.noted if each.is_error]
        raise problems.INCONSISTENT(count=found.errors, fields=", ".join(dict.fromkeys(labels)))


def send_back(subject: Subject, advisory_id: str, *, note: str) -> None:
    """Hand it back to its authors with what should be changed; also takes an approval back."""
    with access.changing(subject, "disclose.review", advisory_id) as advisory:
        check_open(advisory)
        if advisory.state not in {"submitted", "approved"}:
            raise problems.NOT_SUBMITTED()
        if not note.strip():
            raise problems.NOTE_NEEDED().at("note")
        submitted = sealing.last_snapshot(advisory)
        assert submitted is not None
        _decide(subject, submitted, "sent_back", note)
        advisory.state, advisory.publishes_on_approval = "draft", False
        tell(subject, advisory, "sent_back", snapshot=submitted.sha256, note=note.strip())


def _submitted(advisory: Advisory) -> Snapshot:
    submitted = sealing.last_snapshot(advisory)
    if advisory.state != "submitted" or submitted is None:
        raise problems.NOT_SUBMITTED()
    return submitted


def _decide(subject: Subject, snapshot: Snapshot, verdict: str, note: str) -> None:
    if subject.person_id is None:
        raise problems.OWN_WORK()
    Approval.objects.create(
        snapshot=snapshot, verdict=verdict, by_id=subject.person_id, at=clock.now(), note=note.strip()
    )


def authors(advisory: Advisory) -> frozenset[str]:
    """The keys of everybody who wrote on it or submitted it."""
    wrote = set(advisory.authors.values_list("person__username", flat=True))
    submitted = Person.objects.filter(pk__in=[advisory.submitted_by_id, advisory.made_by_id])
    return frozenset(wrote | set(submitted.values_list("username", flat=True)))


def power_of(subject: Subject) -> Power:
    """Whose right to approve the subject uses: their own, or that of those they stand in for."""
    mine = Person.objects.filter(pk=subject.person_id or 0).first()
    lenders = Person.objects.filter(username__in=subject.stands_in_for)
    return Power(
        person=subject.key,
        is_own=mine is not None and Role.APPROVER in mine.roles,
        lent_by=frozenset(each.username for each in lenders if Role.APPROVER in each.roles),
    )
