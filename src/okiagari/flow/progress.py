"""How far the matters of a report are, for whoever holds its receipt.

In: the secret of the link. Out: one stage for each case the report led to, in coarse words, and what was
published. Never a number of a case, another report, who else reported, a product, a level or a date of ours.
"""

from collections.abc import Mapping

from okiagari.desk.subjects import Subject
from okiagari.disclose.models import AdvisoryCase
from okiagari.flow.models import Position
from okiagari.intake.actions.spooling import hashed
from okiagari.intake.models import Report, ReportCase

STAGES: Mapping[str, str] = {
    "plan": "preparing",
    "countermeasure": "preparing",
    "publication": "preparing",
    "reach": "published",
    "lessons": "published",
    "closed": "finished",
}
"""Step -> what the reporter reads; every other step is "checking"."""


def progress(subject: Subject, secret: str) -> tuple[str, ...]:
    """checking, preparing, published or finished, for each case; nothing before somebody has answered.

    The secret is the whole permission, whoever asks.
    """
    report = Report.objects.filter(receipt_hash=hashed(secret), acknowledged_at__isnull=False).first()
    if report is None or (report.state == "invalid" and report.verdict != "duplicate"):
        return ()
    links = ReportCase.objects.filter(report=report).order_by("linked_at", "pk")
    cases = list(links.values_list("case_id", flat=True))
    steps = dict(Position.objects.filter(case_id__in=cases).values_list("case_id", "step"))
    public = set(
        AdvisoryCase.objects.filter(case_id__in=cases, advisory__state="published").values_list(
            "case_id", flat=True
        )
    )
    return tuple(_stage(steps.get(case, ""), is_public=case in public) for case in cases)


def _stage(step: str, *, is_public: bool) -> str:
    """What is published is called so only once it is."""
    stage = STAGES.get(step, "checking")
    return "preparing" if stage == "published" and not is_public else stage
