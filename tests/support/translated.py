"""What a replay's verbs are called at the programs' door: method, address, and which argument goes where.

A row reads: method, address with the arguments that stand in it, where the number of the result stands, and
arguments that have another name there. Every other argument goes into the body under its own name.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from tests.support.program import Program

Given = dict[str, Any]


@dataclass(frozen=True)
class Deed:
    """One operation. `shape`: what a plain renaming cannot say."""

    method: str
    path: str
    result: str = ""
    names: Mapping[str, str] = field(default_factory=dict)
    shape: Callable[[Program, Given], Given] | None = None
    is_form: bool = False


def _excluded(_: Program, given: Given) -> Given:
    pairs = given.pop("excluded", [])
    return given | {"excluded": [{"target": target, "reason": reason} for target, reason in pairs]}


def _change(given: Given) -> Given:
    change = {name: value for name, value in given["change"].items() if value not in (None, "", {})}
    if "fixed_in" in change:
        line, release = change["fixed_in"]
        change["fixed_in"] = {"line": line, "release": release}
    return given | {"change": change}


def _cells(program: Program, given: Given) -> Given:
    """Every product named beside every vulnerability named, or all of the case."""
    flaws = given.pop("vulnerabilities", None)
    targets = given.pop("targets", [])
    if targets and not flaws:
        seen = program.get(f"/cases/{given['case_id']}")["vulnerabilities"]
        flaws = [each["id"] for each in seen if not each["is_withdrawn"]]
    pairs = [*given.pop("cells", []), *((target, flaw) for target in targets for flaw in flaws or [])]
    cells = [{"target": target, "vulnerability": flaw} for target, flaw in pairs]
    return _change(given) | {"cells": cells}


def _group(_: Program, given: Given) -> Given:
    return _change(given)


def _clock(program: Program, given: Given) -> Given:
    """The clock of this rule that still runs, else the first."""
    rule = given.pop("rule")
    found = program.get(f"/cases/{given.pop('case_id')}/clocks", all="true", rule=rule)["items"]
    mine = [each for each in found if each["rule"] == rule]
    running = [each for each in mine if each["state"] not in ("met", "waived")]
    return given | {"clock_id": (running or mine)[0]["id"]}


def _task(program: Program, given: Given) -> Given:
    key = given.pop("key")
    found = program.get(f"/cases/{given.pop('case_id')}/tasks")["items"]
    return given | {"task_id": next(each["id"] for each in found if each["key"] == key)}


def _note(_: Program, given: Given) -> Given:
    """Evidence that is a note alone: no file comes with it."""
    assert given.pop("content") is None
    return given


def _seal(program: Program, given: Given) -> Given:
    seen = program.get(f"/advisories/{given['advisory_id']}/snapshot")["sha256"]
    return given | {"snapshot": seen}


def _release(_: Program, given: Given) -> Given:
    data = dict(given.pop("data"))
    return given | {"text": data.pop("text")} | data


def _pairs(_: Program, given: Given) -> Given:
    pairs = given.pop("same", [])
    return given | {"same": [{"merged": merged, "into": into} for merged, into in pairs]}


DEEDS: Mapping[str, Deed] = {
    "catalog.put_release": Deed("PUT", "/lines/{line_key}/releases/{text}", shape=_release),
    "intake.receive": Deed("POST", "/reports/received", "id"),
    "intake.acknowledge": Deed("POST", "/reports/{report_id}/acknowledge"),
    "intake.answer": Deed("POST", "/reports/{report_id}/answers", names={"text": "answer"}),
    "intake.assess": Deed("POST", "/reports/{report_id}/assess"),
    "intake.accept": Deed("POST", "/reports/{report_id}/accept", "case", {"case_id": "case"}),
    "intake.link": Deed("POST", "/reports/{report_id}/cases", names={"case_id": "case"}),
    "intake.mark_duplicate": Deed("POST", "/reports/{report_id}/duplicate", names={"duplicate_of": "of"}),
    "cases.open_case": Deed("POST", "/cases", "id"),
    "cases.describe": Deed("PATCH", "/cases/{case_id}"),
    "cases.close_case": Deed("POST", "/cases/{case_id}/close"),
    "cases.set_embargo": Deed("PUT", "/cases/{case_id}/embargo"),
    "cases.decide_embargo": Deed("POST", "/cases/{case_id}/embargo-decisions", "id"),
    "cases.add_vulnerability": Deed("POST", "/cases/{case_id}/vulnerabilities", "id"),
    "cases.change_vulnerability": Deed("PATCH", "/vulnerabilities/{vulnerability_id}"),
    "cases.note_fact": Deed("POST", "/vulnerabilities/{vulnerability_id}/facts", "id"),
    "cases.confirm_exploitation": Deed("POST", "/facts/{fact_id}/confirm"),
    "cases.admit": Deed("PUT", "/cases/{case_id}/grants"),
    "cases.communicate": Deed("POST", "/cases/{case_id}/communications", "id"),
    "cases.finish_task": Deed("POST", "/tasks/{task_id}/finish", shape=_task),
    "cases.extend_clock": Deed("POST", "/clocks/{clock_id}/extend", shape=_clock),
    "cases.submit_notice": Deed("POST", "/clocks/{clock_id}/submit", "id", shape=_clock),
    "cases.describe_incident": Deed("PATCH", "/cases/{case_id}/incident"),
    "cases.contain": Deed("POST", "/cases/{case_id}/incident/contain"),
    "cases.restore": Deed("POST", "/cases/{case_id}/incident/restore"),
    "cases.count_affected": Deed("POST", "/cases/{case_id}/incident/counts"),
    "cases.set_systems": Deed("POST", "/cases/{case_id}/incident/systems"),
    "cases.change_task": Deed("POST", "/tasks/{task_id}/change", shape=_task),
    "cases.add_evidence": Deed("POST", "/cases/{case_id}/evidence", "id", shape=_note, is_form=True),
    "cases.draft_answer": Deed("POST", "/cases/{case_id}/answers", "id"),
    "cases.approve_answer": Deed("POST", "/answers/{answer_id}/approve"),
    "cases.take_inquiry": Deed("POST", "/inquiries", "id"),
    "triage.ask_first": Deed("POST", "/cases/{case_id}/judgements/ask"),
    "triage.judge": Deed("POST", "/cases/{case_id}/judgements", "id"),
    "triage.add_score": Deed("POST", "/vulnerabilities/{vulnerability_id}/scores", "id"),
    "triage.save_rule": Deed("PUT", "/row-rules/{key}"),
    "triage.freeze_rows": Deed("POST", "/cases/{case_id}/selections", shape=_excluded),
    "triage.group_rows": Deed("POST", "/cases/{case_id}/groups"),
    "triage.decide": Deed("POST", "/cases/{case_id}/grid/decide", shape=_cells),
    "triage.decide_group": Deed("POST", "/cases/{case_id}/groups/decide", shape=_group),
    "remedy.plan_measure": Deed("POST", "/cases/{case_id}/measures", "id"),
    "remedy.ready": Deed("POST", "/measures/{measure_id}/ready"),
    "remedy.put_stock": Deed("PUT", "/measures/{measure_id}/stock"),
    "remedy.count_stock": Deed("POST", "/measures/{measure_id}/counts"),
    "remedy.cut_in": Deed("POST", "/cases/{case_id}/cut-ins", "id"),
    "remedy.stop_shipping": Deed("POST", "/cases/{case_id}/stops", "id"),
    "remedy.resume_shipping": Deed("POST", "/measures/{measure_id}/resume"),
    "remedy.approve_resume": Deed("POST", "/measures/{measure_id}/approve-resume"),
    "disclose.draft": Deed("POST", "/advisories", "id"),
    "disclose.write": Deed("PATCH", "/advisories/{advisory_id}"),
    "disclose.submit": Deed("POST", "/advisories/{advisory_id}/submit"),
    "disclose.approve": Deed("POST", "/advisories/{advisory_id}/approve", shape=_seal),
    "disclose.publish": Deed("POST", "/advisories/{advisory_id}/publish"),
    "disclose.report_status": Deed("POST", "/cases/{case_id}/status-reports", "id"),
    "disclose.write_statement": Deed("PUT", "/cases/{case_id}/vendor-status/statement"),
    "disclose.plan_channel": Deed("PUT", "/advisories/{advisory_id}/channels/{channel}", "id"),
    "disclose.confirm_channel": Deed("POST", "/advisories/{advisory_id}/channels/{channel}/confirm", "id"),
    "reach.settle": Deed("POST", "/cases/{case_id}/reach/settle"),
    "flow.apply": Deed("POST", "/cases/{case_id}/playbook"),
    "flow.merge": Deed("POST", "/cases/{case_id}/merge", "case", shape=_pairs),
    "flow.split": Deed("POST", "/cases/{case_id}/split", "case"),
    "flow.call_executives": Deed("POST", "/cases/{case_id}/meetings", "id"),
    "flow.hold_meeting": Deed("POST", "/meetings/{meeting_id}/held"),
    "flow.decide_in_meeting": Deed("POST", "/meetings/{meeting_id}/decisions"),
    "learn.learn": Deed("POST", "/cases/{case_id}/lessons", "id"),
    "learn.promise": Deed("POST", "/lessons/{lesson_id}/promises", "id"),
    "learn.fulfil": Deed("POST", "/promises/{action_id}/keep"),
}
