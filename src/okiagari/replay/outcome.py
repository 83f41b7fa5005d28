"""What came out of a replay, per case, as plain values: for people on a terminal and for programs."""

from typing import Any

from okiagari.cases import queries as cases
from okiagari.cases.models import Case
from okiagari.desk.subjects import SYSTEM
from okiagari.disclose import queries as disclose
from okiagari.disclose.models import AdvisoryCase
from okiagari.flow import queries as flow
from okiagari.learn import queries as learn
from okiagari.plumbing import clock
from okiagari.plumbing.plain import plain
from okiagari.remedy import queries as remedy
from okiagari.replay.player import Played
from okiagari.triage import queries as triage


def outcome(played: Played) -> dict[str, Any]:
    """Everything the replay made, read through the same queries as the screens, as it stood after the last
    event: a clock met then is not open because the reader's day is another."""
    with clock.at(played.last or clock.now()):
        found = Case.objects.order_by("opened_at", "pk").values_list("public_id", flat=True)
        return {
            "events": played.events,
            "assumed": played.assumed,
            "cases": [_case(case_id, played) for case_id in found],
        }


def _case(case_id: str, played: Played) -> dict[str, Any]:
    view = cases.case(SYSTEM, case_id)
    position = flow.position(SYSTEM, case_id)
    return {
        "id": case_id,
        "title": plain(view.title),
        "step": position.step,
        "level": position.level,
        "steps": [{"step": step, "at": plain(at)} for step, at in played.steps.get(case_id, [])],
        "missing": [missing.text for missing in position.missing],
        "vulnerabilities": [
            {"id": each.id, "title": plain(each.title), "cve": each.cve, "jvn": each.jvn, "jvndb": each.jvndb}
            for each in view.vulnerabilities
        ],
        "judgements": [_judgement(each) for each in triage.judgements(SYSTEM, case_id)],
        "affectedness": _grid(case_id),
        "measures": plain(remedy.measures(SYSTEM, case_id)),
        "tasks": plain(cases.tasks(SYSTEM, case_id)),
        "clocks": plain(cases.clocks(SYSTEM, case_id)),
        "publications": _publications(case_id),
        "lessons": plain(learn.lessons(SYSTEM, case_id)),
    }


def _judgement(view: triage.JudgementView) -> dict[str, Any]:
    """Without the questions, which the criteria hold."""
    whole: dict[str, Any] = plain(view)
    return {name: value for name, value in whole.items() if name != "parts"}


def _grid(case_id: str) -> list[dict[str, Any]]:
    grid = triage.grid(SYSTEM, case_id)
    names = {column.id: column.cve or column.id for column in grid.columns}
    return [
        {
            "target": target,
            "vulnerability": names[vulnerability],
            "state": cell.state,
            "range": cell.range.words("en") if cell.range else "",
            "fixed_in": cell.fixed_in[1] if cell.fixed_in else "",
            "cannot_fix": bool(cell.cannot_fix),
            "at": plain(cell.at),
        }
        for (target, vulnerability), cell in sorted(grid.cells.items())
    ]


def _publications(case_id: str) -> list[dict[str, Any]]:
    rows = AdvisoryCase.objects.filter(case__public_id=case_id).order_by("pk").select_related("advisory")
    return [
        {
            "advisory": row.advisory.tracking_id,
            "revisions": plain(disclose.publications(SYSTEM, row.advisory.public_id)),
        }
        for row in rows
    ]
