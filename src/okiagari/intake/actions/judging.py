"""Answering a report and deciding what it is. The reporter reads the answers on the status page.

The text of an answer lies with the report's messages, not in the ledger: it may name the reporter, and
must be erasable. The ledger says that, when and by whom it was answered.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from okiagari.desk import permits
from okiagari.desk.aggregates import changing, find
from okiagari.desk.subjects import Subject
from okiagari.intake.actions import answering, filing, linking, obligations
from okiagari.intake.models import Report
from okiagari.intake.rules import states, submission
from okiagari.plumbing import clock, ids, ledger
from okiagari.problems import Kind, Problem, define, gettext_noop
from okiagari.standards.localtext import LocalText

ANSWER_NEEDED = define(
    "intake.answer_needed",
    Kind.INVALID,
    gettext_noop("There is no text to answer with."),
    gettext_noop("Write the answer in the language of the reporter, or in both."),
)
IN_THE_FUTURE = define(
    "intake.in_the_future",
    Kind.INVALID,
    gettext_noop("It cannot have been answered before it came in, or later than now."),
    gettext_noop("Give the time at which the answer went out."),
)


def acknowledge(
    subject: Subject,
    report_id: str,
    *,
    answer: LocalText,
    at: datetime | None = None,
    version: int | None = None,
) -> None:
    """Tell the reporter that it arrived. `at`: when, where that was another way earlier. Meets the clock."""
    with changing(subject, "intake.work", Report, report_id, version=version) as report:
        moment = at or clock.now()
        if not report.received_at <= moment <= clock.now():
            raise IN_THE_FUTURE().at("at")
        say(subject, report, answer, at=moment)
        report.acknowledged_at = report.acknowledged_at or moment
        obligations.meet_acknowledgements(report)
        line(subject, report, "intake.acknowledged", {"at": moment})


def answer(subject: Subject, report_id: str, *, text: LocalText, version: int | None = None) -> None:
    """Say something more to the reporter. The first answer of all is also the acknowledgement."""
    with changing(subject, "intake.work", Report, report_id, version=version) as report:
        say(subject, report, text, at=clock.now())
        report.acknowledged_at = report.acknowledged_at or clock.now()
        obligations.meet_acknowledgements(report)
        line(subject, report, "intake.answered", {})


def mark_read(subject: Subject, report_id: str, *, version: int | None = None) -> None:
    """The reporter's last message needs no answer."""
    with changing(subject, "intake.work", Report, report_id, version=version) as report:
        report.news_at = None
        line(subject, report, "intake.read", {})


def assess(
    subject: Subject,
    report_id: str,
    *,
    valid: bool,
    reason: str,
    verdict: str = "",
    duplicate_of: str | None = None,
    answer: LocalText | None = None,
    version: int | None = None,
) -> None:
    """Decide whether there is something to it. An accepted report that proves valid stays accepted.

    A duplicate joins the cases of what it repeats. The first answer of all is also the acknowledgement.

    Raises REASON_NEEDED, WRONG_VERDICT, DUPLICATE_OF_WHAT, WRONG_STATE.
    """
    said = states.check_reason(reason)
    with (
        locking(subject, report_id, duplicate_of),
        changing(subject, "intake.work", Report, report_id, version=version) as report,
    ):
        original = None
        if not valid:
            states.check_verdict(verdict, has_original=bool(duplicate_of and duplicate_of.strip()))
            original = _original(subject, report, duplicate_of) if verdict == "duplicate" else None
        if not (valid and report.state == "accepted"):
            states.check_move(report.state, "valid" if valid else "invalid")
            report.state = "valid" if valid else "invalid"
        if report.duplicate_of is not None and report.duplicate_of != original:
            linking.leave(subject, report, said)
        report.verdict = "" if valid else verdict
        report.duplicate_of, report.reason, report.assessed_at = original, said, clock.now()
        if original is not None:
            linking.follow_with_all(subject, report, original)
        if answer:
            say(subject, report, answer, at=clock.now())
            report.acknowledged_at = report.acknowledged_at or clock.now()
            obligations.meet_acknowledgements(report)
        facts = {
            "valid": valid,
            "verdict": report.verdict,
            "reason": said,
            "duplicate_of": original.public_id if original else "",
            "answered": bool(answer),
        }
        line(subject, report, "intake.found_valid" if valid else "intake.found_invalid", facts)


@contextmanager
def locking(subject: Subject, *report_ids: str | None) -> Iterator[None]:
    """Lock several reports in one order, whoever asks: two who mark each other wait and do not stop."""
    wanted = [ids.folded(each) for each in report_ids if each and each.strip()]
    with ledger.action():
        mine = Report.objects.filter(public_id__in=wanted, scope_id__in=permits.scopes(subject))
        list(mine.select_for_update().order_by("pk").values_list("pk", flat=True))
        yield


def _original(subject: Subject, report: Report, public_id: str | None) -> Report:
    """The report at the end of the chain of duplicates, which must not come back here."""
    try:
        found = find(subject, Report, public_id or "")
    except Problem as problem:
        raise problem.at("duplicate_of") from None
    seen = {report.pk}
    while found.pk not in seen and found.duplicate_of is not None:
        seen.add(found.pk)
        found = found.duplicate_of
    if found.pk in seen:
        raise states.DUPLICATE_OF_WHAT().at("duplicate_of")
    return found


def defer(subject: Subject, report_id: str, *, reason: str, version: int | None = None) -> None:
    """Leave it for later, with a reason."""
    said = states.check_reason(reason)
    with changing(subject, "intake.work", Report, report_id, version=version) as report:
        states.check_move(report.state, "deferred")
        report.state, report.reason = "deferred", said
        line(subject, report, "intake.deferred", {"reason": said})


def close_report(
    subject: Subject,
    report_id: str,
    *,
    reason: str,
    answer: LocalText | None = None,
    version: int | None = None,
) -> None:
    """Nothing more is to be done with it."""
    said = states.check_reason(reason)
    with changing(subject, "intake.work", Report, report_id, version=version) as report:
        states.check_move(report.state, "closed")
        report.state, report.reason = "closed", said
        if answer:
            say(subject, report, answer, at=clock.now())
        line(subject, report, "intake.closed", {"reason": said, "answered": bool(answer)})


def reopen(subject: Subject, report_id: str, *, reason: str, version: int | None = None) -> None:
    """Take a closed report up again. What was judged before is judged anew."""
    said = states.check_reason(reason)
    with changing(subject, "intake.work", Report, report_id, version=version) as report:
        states.check_move(report.state, "received")
        if report.duplicate_of is not None:
            linking.leave(subject, report, said)
        is_in_case = report.links.exists()
        report.state, report.reason = "accepted" if is_in_case else "received", said
        report.assessed_at, report.verdict, report.duplicate_of = None, "", None
        line(subject, report, "intake.reopened", {"reason": said})


def say(subject: Subject, report: Report, text: LocalText, *, at: datetime) -> None:
    """Write an answer down for the reporter. Raises ANSWER_NEEDED."""
    if not text:
        raise ANSWER_NEEDED().at("answer")
    tidied = LocalText(
        {language: submission.tidy(each) for language, each in text.texts.items()}, text.source, text.stale
    )
    report.answer, report.news_at = tidied, None
    letter = answering.posted(subject, report, tidied)
    filing.add_message(report, tidied, at=at, by=subject, letter=letter)


def line(subject: Subject, report: Report, verb: str, facts: dict[str, object]) -> None:
    ledger.append(
        ("report", report.public_id),
        subject=subject,
        verb=verb,
        facts={"report": report.public_id, **facts},
        scope=report.scope_id,
    )
