"""Something that only the product security team may know of.

Everything secret bears MARK in its words; `Secret.ids` are the numbers of everything that was made.
"""

import json
from dataclasses import dataclass, field
from datetime import timedelta

from django.apps import apps

from okiagari.cases import actions as cases
from okiagari.cases.models import Evidence
from okiagari.desk.subjects import Subject
from okiagari.disclose import actions as disclose
from okiagari.disclose.cve import actions as cve
from okiagari.flow import actions as importing
from okiagari.flow import playbook, urgent
from okiagari.intake import actions as intake
from okiagari.intake.actions import ReporterData, UploadedPart
from okiagari.learn import actions as learn
from okiagari.plumbing.fields import PublicIdField
from okiagari.remedy import actions as remedy
from okiagari.standards.firmware_order import Range
from okiagari.standards.localtext import LocalText
from okiagari.triage import actions as triage
from okiagari.triage import queries as triage_queries
from okiagari.triage.actions import CellChange
from tests.leaks.house import NOW, World

MARK = "ヒミツQZX"
ALL = Range.from_json({"form": "all"})
ANSWERS = {
    "reach": "internet",
    "success": "always",
    "data": "none",
    "others": "directly",
    "exposure": "shipped",
}


def mark(what: str) -> LocalText:
    return LocalText.of(ja=f"{MARK} {what}", en=f"{MARK} {what} (en)")


def word(what: str) -> str:
    return f"{MARK} {what}"


@dataclass
class Secret:
    """What was made, by prefix: ``{"OKI": [...], "TSK": [...]}``."""

    ids: dict[str, list[str]] = field(default_factory=dict)
    parts: dict[str, list[str]] = field(default_factory=dict)
    """The same of what lies in one team's part of the divided case."""

    def all(self) -> list[str]:
        return [number for numbers in self.ids.values() for number in numbers]


def numbers() -> dict[str, set[str]]:
    """Every public number there is, by prefix."""
    found: dict[str, set[str]] = {}
    for model in apps.get_models():
        for each in model._meta.concrete_fields:
            if isinstance(each, PublicIdField):
                values = set(model._default_manager.values_list(each.attname, flat=True))
                found.setdefault(each.prefix, set()).update(values)
    return found


def a_secret(world: World) -> Secret:
    """A report under embargo, the case it opened, everything that is done with a case; and a part's own."""
    before = numbers()
    member = world.who["member"]
    report = _report(member)
    case = intake.accept(member, report, title=mark("title"))
    flaw = _file(member, case)
    _judge(member, case, flaw)
    _shared(member, case, flaw)
    _remedy(member, case, flaw)
    _urgent(member, case)
    _advisory(member, [case], mark("advisory"))
    _told(member, case)
    _documents(member, case)
    _closed(member)
    whole = numbers()
    into_part(member, world.divided, "psirt")
    return Secret(_new(before, numbers()), _new(whole, numbers()))


def a_draft_on_both(world: World) -> Secret:
    """An advisory on the case that all may see and on one that they may not know of.

    That there is one, and when it is to be out, the first case tells; not its words, nor the other case.
    """
    before = numbers()
    member = world.who["member"]
    hidden = cases.open_case(member, title=mark("hidden"), kinds=("product",))
    _advisory(member, [hidden, world.open_case], mark("advisory of two cases"))
    return Secret({"OKI": _new(before, numbers())["OKI"]})


def what_the_incident_team_knows(world: World) -> Secret:
    """A case of the company incident team alone, and its part of the divided case.

    Only the former is contained: whether an incident is shows as a step to both teams (ADR 13).
    """
    before = numbers()
    team = world.who["csirt_only"]
    case = cases.open_case(team, title=mark("break-in"), kinds=("infrastructure",))
    _incident(team, case)
    cases.contain(team, case, how=mark("contained"), by=word("by"), at=NOW)
    into_part(team, case, "")
    whole = numbers()
    into_part(team, world.divided, "csirt")
    _incident(team, world.divided)
    return Secret(_new(before, numbers()), _new(whole, numbers()))


def _new(before: dict[str, set[str]], after: dict[str, set[str]]) -> dict[str, list[str]]:
    return {prefix: sorted(after[prefix] - before.get(prefix, set())) for prefix in sorted(after)}


def into_part(who: Subject, case: str, part: str) -> None:
    """One of everything that a part of a case can hold."""
    cases.add_task(who, case, title=mark("task"), part=part, due_at=NOW + timedelta(hours=1))
    cases.communicate(who, case, audience="press", text=word("said"), counterpart=word("whom"), part=part)
    cases.write(who, case, audience="press", text=word("letter"), counterpart=word("paper"), part=part)
    cases.add_evidence(who, case, name=f"{MARK}.log", content=b"log", note=word("note"), part=part)
    cases.start_clock(
        who,
        case,
        rule="promise",
        anchor_at=NOW,
        anchor_source=word("anchor"),
        label=mark("clock"),
        part=part,
    )


def _documents(member: Subject, case: str) -> None:
    """A supplier's advisory taken into the case, and one that was only read."""
    for number in (1, 2):
        header = {
            "csaf_version": "2.0",
            "lang": "ja",
            "title": word("supplier's advisory"),
            "publisher": {"name": word("supplier")},
            "tracking": {"id": f"{MARK}-{number}", "x": word("not understood")},
        }
        content = json.dumps({"document": header}).encode()
        document = importing.read_document(member, name=f"{MARK}.json", content=content)
    importing.take_suppliers(member, document, case=case)


def _incident(who: Subject, case: str) -> None:
    cases.describe_incident(
        who, case, detected_at=NOW, aware_at=NOW, detected_how=word("how"), consequences=mark("harm")
    )
    cases.count_affected(who, case, of="persons", number=12, source=word("who counted"))


def _urgent(member: Subject, case: str) -> None:
    urgent.act_urgently(member, case, kind="stop_shipping", reason=word("urgent stop"))
    urgent.act_urgently(member, case, kind="jpcert", reason=word("urgent call"), text=mark("told"))


def _report(member: Subject) -> str:
    report = intake.receive(
        member,
        source="jpcert",
        title=word("ルータがSSDPに応答する"),
        text=word("WAN側から応答します。"),
        reference=word("reference")[:40],
        product_text="WN-G54/R2",
        first_contact_at=NOW,
        reporter=ReporterData(
            name=word("finder"), contact=f"{MARK}@example.org", affiliation=word("university")
        ),
        files=(UploadedPart(f"{MARK}.txt", "text/plain", [word("proof").encode()]),),
    )
    intake.acknowledge(member, report, answer=mark("answer"))
    intake.assess(member, report, valid=True, reason=word("reason"))
    return report


def _file(member: Subject, case: str) -> str:
    cases.describe(member, case, summary=mark("summary"))
    flaw = cases.add_vulnerability(
        member,
        case,
        title=mark("flaw"),
        description=mark("description"),
        impact=mark("impact"),
        cve="CVE-2015-99999",
    )
    cve.note_cve(
        member, case, vulnerability=flaw, state="reserved", at=NOW, reason=word("how it was reserved")
    )
    cases.note_fact(member, flaw, kind="affects_us", at=NOW, evidence=word("evidence of the fact"))
    until = NOW + timedelta(days=45)
    cases.set_embargo(
        member,
        case,
        state="agreed",
        until=until,
        zone="Asia/Tokyo",
        agreed_with=word("agreed with"),
        reason="x",
    )
    cases.add_party(member, case, role="finder", name=word("party"), reference=word("party reference")[:60])
    cases.communicate(member, case, audience="jpcert", text=word("message"))
    cases.add_task(member, case, title=mark("task"), team="psirt", due_at=NOW + timedelta(days=1))
    kept = cases.add_evidence(
        member, case, name=f"{MARK}-file.txt", content=word("content").encode(), note=word("note")
    )
    cases.write(
        member, case, audience="press", text=word("letter"), counterpart=word("journalist"), evidence=[kept]
    )
    cases.draft_answer(member, case, question=mark("question"), answer=mark("answer"), products=word("name"))
    cases.start_clock(
        member, case, rule="promise", anchor_at=NOW, anchor_source=word("anchor"), label=mark("clock")
    )
    playbook.apply(member, case, "unsupported-product")
    meeting = cases.call_meeting(
        member, case, at=NOW, place=word("place"), reason=word("called because"), people=["member"]
    )
    cases.put_question(member, meeting, question=mark("question"))
    cases.note_urgent(member, case, kind="jpcert", reason=word("urgent because"))
    assert Evidence.objects.filter(case__public_id=case).exists()
    return flaw


def _judge(member: Subject, case: str, flaw: str) -> None:
    triage.judge(
        member,
        case,
        stage="first",
        team="psirt",
        answers=ANSWERS,
        reason=word("first"),
        assumed_use=mark("use"),
    )
    triage.judge(
        member,
        case,
        stage="final",
        answers=ANSWERS,
        level="medium",
        reason=word("why"),
        assumed_use=mark("use"),
    )
    triage.add_score(member, flaw, vector="AV:N/AC:L/Au:N/C:N/I:N/A:P", source="own")
    triage.freeze_rows(member, case, rule={"models": ["WN-G54/R2", "NP-BBRS"]})
    triage.locate(member, case, vulnerability=flaw, components=[word("component")[:60]])
    triage.decide(
        member,
        case,
        cells=[("WN-G54/R2", flaw)],
        change=CellChange("affected", range=ALL, condition=mark("condition"), note=mark("cell")),
    )
    triage.decide(
        member,
        case,
        cells=[("NP-BBRS", flaw)],
        change=CellChange("affected", range=ALL, cannot_fix=mark("cannot be fixed")),
    )


def _shared(member: Subject, case: str, flaw: str) -> None:
    """A group with its decision, rows handed over, a decision that lapsed at a later release."""
    second = cases.add_vulnerability(member, case, title=mark("second flaw"))
    triage.group_rows(member, case, by="hand", value="two", targets=["WN-G54/R2", "NP-BBRS"])
    triage.decide_group(
        member,
        case,
        group="hand:two",
        vulnerabilities=[second],
        change=CellChange("investigating", note=mark("group note")),
        reason=word("group reason"),
    )
    triage.hand_over(member, case, targets=["NP-BBRS"], team="psirt", reason=word("handed over"))
    triage.carry_releases([("wn-g54-r2", "1.03")])  # as if it came now: the catalogue stays as it is
    assert triage_queries.carries(member, case)


def _remedy(member: Subject, case: str, flaw: str) -> None:
    remedy.plan_measure(
        member,
        case,
        kind="workaround",
        text=mark("measure"),
        targets=["WN-G54/R2", "NP-BBRS"],
        vulnerabilities=[flaw],
        reason=word("measure reason"),
    )
    remedy.stop_shipping(member, case, targets=["WN-G54/R2"], reason=word("stop"), places=[word("warehouse")])
    recall = remedy.plan_measure(
        member, case, kind="recall", text=mark("recall"), targets=["NP-BBRS"], reason=word("recall reason")
    )
    remedy.put_stock(member, recall, place="shop", name=word("shop"), units=10)
    remedy.count_stock(member, recall, place="shop", name=word("shop"), done=1, source=word("who"))
    remedy.cut_in(
        member, case, target="WN-G54/R2", first="SR1B000120", order=["SR1B######"], factory=word("factory")
    )
    lesson = learn.learn(member, case, area="specification", text=mark("lesson"))
    learn.promise(member, lesson, text=mark("promise"), team="psirt", due_at=NOW + timedelta(days=90))


def _advisory(member: Subject, of: list[str], title: LocalText) -> str:
    advisory = disclose.draft(member, cases=of, title=title)
    disclose.write(
        member, advisory, summary=mark("advisory summary"), description=mark("advisory description")
    )
    disclose.plan_channel(
        member,
        advisory,
        channel="jvn",
        at=NOW + timedelta(days=45),
        agreed_with=word("agreed with JVN"),
        note=word("note of the plan"),
    )
    disclose.plan_channel(member, advisory, channel="dealers", name=word("dealer"), owner="member")
    disclose.confirm_channel(member, advisory, channel="dealers", name=word("dealer"), evidence=word("mail"))
    return advisory


def _told(member: Subject, case: str) -> None:
    """JPCERT/CC knows where the products stood before one of them changed again."""
    disclose.write_statement(member, case, statement=mark("statement"))
    disclose.report_status(member, case, way="portal", remark=word("remark"))
    remedy.ready(
        member,
        remedy.plan_measure(member, case, kind="workaround", text=mark("later"), targets=["NP-BBRS"]),
    )


def _closed(member: Subject) -> None:
    """A second secret case, closed: lists of closed cases and of the past must be silent as well."""
    case = cases.open_case(member, title=mark("closed"), kinds=("product",))
    cases.close_case(member, case, reason=word("closed because"))
