"""Opening, describing, closing and reopening a case."""

from collections.abc import Sequence

from okiagari.cases import rules
from okiagari.cases.actions.frame import changing_open, write_line
from okiagari.cases.actions.parts import divide
from okiagari.cases.models import Case
from okiagari.desk import permits, scopes
from okiagari.desk.aggregates import changing
from okiagari.desk.permits import Level
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock, ledger
from okiagari.problems import gettext_noop
from okiagari.standards.localtext import LocalText

FOR_KIND = gettext_noop("answers for this kind of case")
FOR_OPENING = gettext_noop("opened the case")


def open_case(
    subject: Subject,
    *,
    title: LocalText,
    kinds: Sequence[str],
    summary: LocalText | None = None,
    playbook: str = "",
) -> str:
    """Open a case in a scope of its own; the teams of its kinds and the opener come in."""
    permits.require(subject, "cases.open")
    rules.check_title(title)
    chosen = rules.check_kinds(kinds)
    with ledger.action():
        scope = scopes.opened("case")
        scopes.admit_teams(scope.pk, rules.team_kinds(chosen), Level.LEAD, FOR_KIND)
        if subject.person_id is not None:
            opener = scopes.principal_of("person", subject.key)
            scopes.admit(scope.pk, opener.pk, Level.LEAD, FOR_OPENING)
        case = Case.objects.create(
            scope=scope,
            title=title,
            summary=summary or LocalText(),
            kinds=list(chosen),
            playbook=playbook,
            opened_at=clock.now(),
        )
        divide(case, rules.parts_of(rules.team_kinds(chosen)))
        write_line(
            case,
            subject,
            "opened",
            case=case.public_id,
            title=dict(title.texts),
            kinds=chosen,
            playbook=playbook,
        )
    return case.public_id


def describe(
    subject: Subject,
    case_id: str,
    *,
    version: int | None = None,
    title: LocalText | None = None,
    summary: LocalText | None = None,
    kinds: Sequence[str] | None = None,
    playbook: str | None = None,
    reason: str = "",
) -> None:
    """Change what is given. Other kinds need a reason and let their teams in; nobody is sent out by it."""
    with changing_open(subject, "cases.work", case_id, version=version) as case:
        old: dict[str, object] = {}
        new: dict[str, object] = {}
        if title is not None and title != case.title:
            rules.check_title(title)
            old["title"], new["title"] = dict(case.title.texts), dict(title.texts)
            case.title = title
        if summary is not None and summary != case.summary:
            old["summary"], new["summary"] = dict(case.summary.texts), dict(summary.texts)
            case.summary = summary
        if kinds is not None:
            chosen = list(rules.check_kinds(kinds, case.kinds, reason))
            if chosen != case.kinds:
                old["kinds"], new["kinds"] = case.kinds, chosen
                case.kinds = chosen
                scopes.admit_teams(case.scope_id, rules.team_kinds(chosen), Level.LEAD, FOR_KIND)
                divide(case, rules.parts_of(rules.team_kinds(chosen)))
        if playbook is not None and playbook != case.playbook:
            old["playbook"], new["playbook"] = case.playbook, playbook
            case.playbook = playbook
        write_line(
            case,
            subject,
            "described",
            fields=sorted(new),
            old=old,
            new=new,
            playbook=new.get("playbook"),
            reason=reason.strip(),
        )


def close_case(subject: Subject, case_id: str, *, version: int | None = None, reason: str) -> None:
    """Close the case. What is missing `flow` says; a person decides. Raises REASON_NEEDED, CLOSED."""
    with changing_open(subject, "cases.close", case_id, version=version) as case:
        if not reason.strip():
            raise rules.REASON_NEEDED().at("reason")
        case.closed_at, case.close_reason = clock.now(), reason.strip()
        write_line(case, subject, "closed", reason=case.close_reason)


def reopen_case(subject: Subject, case_id: str, *, reason: str) -> None:
    """Open a closed case again. Raises REASON_NEEDED, NOT_CLOSED, MERGED."""
    with changing(subject, "cases.reopen", Case, case_id) as case:
        if case.closed_at is None:
            raise rules.NOT_CLOSED()
        if case.merged_into_id is not None:
            raise rules.MERGED()
        if not reason.strip():
            raise rules.REASON_NEEDED().at("reason")
        write_line(case, subject, "reopened", reason=reason.strip(), closed_at=case.closed_at)
        case.closed_at, case.close_reason = None, ""
