"""The ledger lines of an advisory: one on its own stream, and the same in the timeline of each of its cases.

A case's line names the advisory and nothing of the other cases: its readers may not know of them. Where an
advisory is about several cases, its words (a title, a reason, what was noted) stand on its own stream alone.
"""

from okiagari.desk.subjects import Subject
from okiagari.disclose.models import Advisory
from okiagari.plumbing import ledger

NEVER_IN_A_CASE = frozenset({"new", "old"})
TELLS_NO_WORDS = frozenset(
    {"kind", "fields", "languages", "snapshot", "number", "at", "before", "channel", "is_early", "why"}
)
"""What may stand in the timeline of each of several cases: nobody wrote it in words of their own."""


def tell(subject: Subject, advisory: Advisory, verb: str, **facts: object) -> None:
    links = advisory.cases.order_by("pk").values_list("case__public_id", "case__scope_id")
    cases = dict(links)
    about = {"advisory": advisory.public_id, "tracking_id": advisory.tracking_id}
    whole = {**about, "cases": list(cases), **facts}
    stream = ("advisory", str(advisory.public_id))
    ledger.append(stream, subject=subject, verb=f"disclose.{verb}", facts=whole, scope=advisory.scope_id)
    brief = {name: value for name, value in facts.items() if _may_stand(name, alone=len(cases) == 1)}
    for case_id, scope_id in cases.items():
        ledger.append(
            ("case", case_id),
            subject=subject,
            verb=f"disclose.{verb}",
            facts={**about, **brief},
            scope=scope_id,
        )


def _may_stand(name: str, *, alone: bool) -> bool:
    return name not in NEVER_IN_A_CASE if alone else name in TELLS_NO_WORDS
