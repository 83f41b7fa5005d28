"""Reports that repeat another: marked in one go, told to the reporter, undone with a reason.

The verdict itself is `judging.assess`; here is what people press.
"""

from okiagari.desk.aggregates import changing
from okiagari.desk.subjects import Subject
from okiagari.intake.actions import judging, linking
from okiagari.intake.models import Report
from okiagari.intake.rules import answers, states
from okiagari.plumbing import clock, ids
from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards.localtext import LocalText

NOT_A_DUPLICATE = define(
    "intake.not_a_duplicate",
    Kind.CONFLICT,
    gettext_noop("This report is not marked as a duplicate."),
    gettext_noop("Load the page again: somebody may have undone it already."),
)


def mark_duplicate(
    subject: Subject,
    report_id: str,
    *,
    duplicate_of: str,
    reason: str,
    answer: LocalText | None = None,
    version: int | None = None,
) -> None:
    """Say that a report repeats another, and tell its reporter. It joins the cases of the other.

    Without `answer` the reporter reads the house's own words. Raises as `judging.assess` does.
    """
    judging.assess(
        subject,
        report_id,
        valid=False,
        verdict="duplicate",
        duplicate_of=duplicate_of,
        reason=reason,
        answer=answer or answers.answer("duplicate", ids.folded(report_id)),
        version=version,
    )


def unmark_duplicate(
    subject: Subject,
    report_id: str,
    *,
    reason: str,
    answer: LocalText | None = None,
    version: int | None = None,
) -> None:
    """It repeats nothing after all: it leaves those cases and is judged anew. Raises NOT_A_DUPLICATE."""
    said = states.check_reason(reason)
    with changing(subject, "intake.work", Report, report_id, version=version) as report:
        original = report.duplicate_of
        if original is None:
            raise NOT_A_DUPLICATE()
        linking.leave(subject, report, said)
        report.duplicate_of, report.verdict, report.assessed_at = None, "", None
        report.state, report.reason = "accepted" if report.links.exists() else "received", said
        if answer:
            judging.say(subject, report, answer, at=clock.now())
        facts = {"original": original.public_id, "reason": said, "answered": bool(answer)}
        judging.line(subject, report, "intake.unmarked_duplicate", facts)
