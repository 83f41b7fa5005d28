"""Two cases that tell the same story from two ends, and what is counted of them before and after."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from okiagari.cases import actions as cases
from okiagari.cases.models import Communication, Evidence, Obligation, Party, Task, Vulnerability
from okiagari.catalog import actions as catalog
from okiagari.desk.subjects import SYSTEM
from okiagari.disclose import actions as disclose
from okiagari.flow import actions as flow
from okiagari.intake import actions as intake
from okiagari.intake.models import ReportCase
from okiagari.learn import actions as learn
from okiagari.remedy import actions as remedy
from okiagari.remedy.models import Measure
from okiagari.triage import actions as triage
from okiagari.triage.actions import CellChange
from okiagari.triage.models import Decision, Judgement, Score
from tests import factories
from tests.factories import House, text
from tests.support.photographs import photographed

NOW = datetime(2026, 11, 24, 1, tzinfo=UTC)
UNTIL = NOW + timedelta(days=60)
CHILDREN = (Task, Communication, Evidence, Obligation, Measure, Judgement)


@dataclass(frozen=True)
class Matter:
    """A case with something in every drawer."""

    case: str
    flaw: str
    report: str


@photographed
def matter(house: House, name: str, *, target: str = "WN-G54/R2", cve: str = "") -> Matter:
    """A case from a report, with a flaw, a decision on a product, a measure, a task, a message, a note."""
    report = intake.receive(
        house.member,
        source="user",
        title=f"{name}の届出",
        text=f"{name}で任意のコマンドが実行されます。",
        product_text=target,
    )
    intake.assess(house.member, report, valid=True, reason="再現しました。")
    case = intake.accept(house.member, report, title=text(name))
    flaw = factories.vulnerability(house.member, case, f"{name}の不具合", cve=cve)
    triage.add_row(house.member, case, target=target, reason="届出の製品です。")
    triage.group_rows(house.member, case, by="hand", value="同じ部品", targets=[target])
    triage.locate(house.member, case, vulnerability=flaw, components=["httpd"])
    absent = CellChange("not_affected", justification="component_not_present")
    triage.decide(house.member, case, cells=[(target, flaw)], change=absent)
    catalog.put_release(SYSTEM, "wn-g54-r2", {"text": f"9.{case}"})
    triage.decide(house.member, case, cells=[(target, flaw)], change=CellChange("investigating"))
    triage.add_score(house.member, flaw, vector="CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", source="own")
    remedy.plan_measure(
        house.member,
        case,
        kind="workaround",
        text=text(f"{name}: 管理画面をLANからだけ使ってください。"),
        targets=[target],
        vulnerabilities=[flaw],
    )
    cases.add_task(house.member, case, title=text(f"{name}を確かめる"), team="router-dev")
    cases.communicate(
        house.member, case, audience="support", channel="mail", text=f"{name}について", language="ja"
    )
    cases.add_evidence(house.member, case, name="控え", content=None, note=f"{name}の控え")
    cases.add_party(house.member, case, role="finder", name=f"{name}の発見者")
    meeting = cases.call_meeting(
        house.member, case, at=NOW, place="会議室", reason=f"{name}の会議", teams=["executives"]
    )
    cases.put_question(house.member, meeting, question=text(f"{name}を止めるか"))
    cases.note_urgent(house.member, case, kind="jpcert", reason=f"{name}は待てない")
    learn.learn(house.member, case, area="training", text=text(f"{name}の教訓"))
    return Matter(case, flaw, report)


def told(house: House, one: Matter) -> str:
    """JPCERT/CC coordinates it, has a statement of ours and was told; a supplier's document is part of it.

    Returns the number of the report to JPCERT/CC.
    """
    header = {"csaf_version": "2.0", "lang": "ja", "title": one.case, "tracking": {"id": one.case}}
    said = json.dumps({"document": header}).encode()
    document = flow.read_document(house.member, name="advisory.json", content=said)
    flow.take_suppliers(house.member, document, case=one.case)
    cases.add_party(house.member, one.case, role="coordinator", name="JPCERT/CC", reference="JVN#17964918")
    disclose.write_statement(house.member, one.case, statement=text("調べています。"))
    return disclose.report_status(house.member, one.case, way="portal")


def where() -> dict[str, dict[str, str]]:
    """Every row by table and number, with the case it hangs on: the same keys before and after."""
    found = {
        model.__name__: dict(model.objects.values_list("public_id", "case__public_id"))
        for model in (*CHILDREN, Party, Vulnerability)
    }
    found["Decision"] = {
        str(key): case for key, case in Decision.objects.values_list("pk", "row__case__public_id")
    }
    found["Score"] = dict(Score.objects.values_list("public_id", "vulnerability__case__public_id"))
    found["Link"] = {
        f"{report}": case
        for report, case in ReportCase.objects.values_list("report__public_id", "case__public_id")
    }
    return found
