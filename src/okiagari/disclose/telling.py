"""The ledger lines of an advisory: one on its own stream, and the same in the timeline of each of its cases.

A case's line names the advisory and nothing of the other cases: its readers may not know of them.
"""

from okiagari.desk.subjects import Subject
from okiagari.disclose.models import Advisory
from okiagari.plumbing import ledger


def tell(subject: Subject, advisory: Advisory, verb: str, **facts: object) -> None:
    links = advisory.cases.order_by("pk").values_list("case__public_id", "case__scope_id")
    cases = dict(links)
    about = {"advisory": advisory.public_id, "tracking_id": advisory.tracking_id}
    whole = {**about, "cases": list(cases), **facts}
    stream = ("advisory", str(advisory.public_id))
    ledger.append(stream, subject=subject, verb=f"disclose.{verb}", facts=whole, scope=advisory.scope_id)
    brief = {name: value for name, value in facts.items() if name not in {"new", "old"}}
    for case_id, scope_id in cases.items():
        ledger.append(
            ("case", case_id),
            subject=subject,
            verb=f"disclose.{verb}",
            facts={**about, **brief},
            scope=scope_id,
        )
