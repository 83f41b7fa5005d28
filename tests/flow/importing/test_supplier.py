"""A supplier's advisory becomes a report, and a case that asks about the rows holding its component."""

import json
from importlib import import_module

import pytest
from django.apps import apps

from okiagari.cases.models import Fact
from okiagari.catalog import actions as catalog
from okiagari.desk.subjects import SYSTEM, Role
from okiagari.flow import actions, finding, indexing
from okiagari.flow.importing import queries
from okiagari.intake.models import Attachment, Report
from okiagari.plumbing import clock, files, jobs
from okiagari.plumbing.models import Job
from okiagari.problems import Problem
from okiagari.triage import queries as triage
from tests.disclose.story import Story
from tests.factories import person
from tests.flow.importing.conftest import SUPPLIER

pytestmark = pytest.mark.django_db
CONTENT = json.dumps(SUPPLIER).encode()


@pytest.fixture
def document(story: Story) -> str:
    entry = {
        "key": "wn-g54-r2",
        "releases": [],
        "components": [{"name": "libexample", "purl": "pkg:generic/libexample"}],
    }
    catalog.import_catalogue(SYSTEM, {"lines": [entry]})
    return actions.read_document(story.member, name="exl-2026-3.json", content=CONTENT)


def test_it_becomes_a_report_with_the_very_file(story: Story, document: str) -> None:
    became = actions.take_suppliers(story.member, document)
    report = Report.objects.get(public_id=became.report)
    assert (report.source, report.reference, report.language) == ("supplier", "EXL-2026-3", "en")
    for words in (
        "A long name overflows",
        "CVE-2026-0003",
        "CWE-122",
        "9.8 CVSS:3.1/",
        "Use 1.4.",
        "libexample.example/p",
    ):
        assert words in report.text
    assert report.reporter is not None
    assert report.reporter.name == "Example Libraries"
    assert files.read(Attachment.objects.get(report=report).blob.sha256) == CONTENT
    assert became.case == ""


def test_its_component_is_found_and_freezes_the_rows_of_a_new_case(story: Story, document: str) -> None:
    (match,) = queries.reading(story.member, document).components
    assert (match.targets, match.confidence.value, match.why) == (("libexample",), "certain", "purl")
    became = actions.take_suppliers(story.member, document, case="new", components=match.targets)
    grid = triage.grid(story.member, became.case)
    assert [row.target.key for row in grid.rows] == ["WN-G54/R2"]
    assert [column.cve for column in grid.columns] == ["CVE-2026-0003"]
    assert {cell.state for cell in grid.cells.values()} == {"undecided"}
    (score,) = triage.scores(story.member, became.case)
    assert (score.source, score.vector) == ("supplier", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H")


def test_a_case_that_knows_the_vulnerability_gets_no_second_one(story: Story, document: str) -> None:
    first = actions.take_suppliers(story.member, document, case="new")
    changed = json.dumps({**SUPPLIER, "x_again": 1}).encode()
    second = actions.read_document(story.member, name="again.json", content=changed)
    actions.take_suppliers(story.member, second, case=first.case)
    assert len(triage.grid(story.member, first.case).columns) == 1


def test_what_was_not_understood_stays_until_somebody_looked(story: Story, document: str) -> None:
    actions.take_suppliers(story.member, document)
    (line,) = queries.document(story.member, document).lines
    assert (line.location, json.loads(line.text)) == ("/document/x_house", {"colour": "red"})
    assert actions.look_at(story.member, document, items=[1]) == 0
    (line,) = queries.document(story.member, document).lines
    assert line.seen_by == story.member.key
    with pytest.raises(Problem) as caught:
        actions.look_at(story.member, document, items=[2])
    assert caught.value.code == "flow.no_such_item"


def test_who_may_not_know_of_the_report_does_not_know_of_the_document(story: Story, document: str) -> None:
    stranger = person("stranger", "support")  # type: ignore[arg-type]
    actions.take_suppliers(story.member, document)
    assert queries.documents(stranger).total == 0
    with pytest.raises(Problem) as caught:
        queries.document(stranger, document)
    assert caught.value.code == "desk.nothing_here"
    with pytest.raises(Problem) as caught:
        actions.look_at(stranger, document, items=[1])
    assert caught.value.code == "desk.nothing_here"


def test_what_is_marked_red_is_only_for_whoever_brought_it_until_they_take_it_in(story: Story) -> None:
    red = json.loads(CONTENT)
    red["document"]["distribution"] = {"tlp": {"label": "RED"}}
    number = actions.read_document(story.member, name="red.json", content=json.dumps(red).encode())
    other = person("other-member", "member", teams=("psirt",))  # type: ignore[arg-type]
    assert queries.documents(story.member).total == 1
    assert queries.documents(other).total == 0
    actions.take_suppliers(story.member, number)
    assert queries.documents(other).total == 1


def test_a_failed_import_leaves_nothing_behind(story: Story, document: str) -> None:
    reports = Report.objects.count()
    with pytest.raises(Problem) as caught:
        actions.take_suppliers(story.member, document, case="new", components=["no-such-component"])
    assert caught.value.code == "triage.nothing_found"
    assert Report.objects.count() == reports
    assert queries.document(story.member, document).row.state == "read"


def test_a_document_is_set_aside_with_a_reason_and_can_be_read_again(story: Story, document: str) -> None:
    actions.drop_document(story.member, document, reason="read by mistake")
    with pytest.raises(Problem) as caught:
        actions.take_suppliers(story.member, document)
    assert caught.value.code == "flow.document_dropped"
    again = actions.read_document(story.member, name="exl.json", content=CONTENT)
    assert again != document


def found(story: Story, words: str) -> list[str]:
    return [hit.key for hit in finding.find(story.member, words).hits if hit.kind == "document"]


def test_a_document_is_found_by_what_it_says_by_those_who_may_see_it(story: Story, document: str) -> None:
    for words in ("EXL-2026-3", "CVE-2026-0003", "libexample", "overflows", "Example Libraries", document):
        assert found(story, words) == [document], words
    assert finding.number_of(document.lower()) == ("document", document)
    assert not finding.find(person("stranger", Role.MEMBER), "CVE-2026-0003").hits
    actions.drop_document(story.member, document, reason="not ours")
    assert found(story, "CVE-2026-0003") == []


def test_a_document_for_one_reader_is_found_by_that_one_and_by_all_of_the_case_it_became(
    story: Story,
) -> None:
    red = {**SUPPLIER, "document": {**SUPPLIER["document"], "distribution": {"tlp": {"label": "RED"}}}}
    other = person("second", Role.MEMBER, teams=("psirt",))
    number = actions.read_document(story.member, name="red.json", content=json.dumps(red).encode())
    assert found(story, "CVE-2026-0003") == [number]
    assert not finding.find(other, "CVE-2026-0003").hits
    actions.take_suppliers(story.member, number, case="new")
    assert ("document", number) in {(hit.kind, hit.key) for hit in finding.find(other, "0003").hits}


def test_the_index_made_anew_is_the_same(story: Story, document: str) -> None:
    assert indexing.rebuild() == 0


def test_what_a_supplier_says_of_attacks_becomes_facts_of_the_case(story: Story) -> None:
    flaw = {
        **SUPPLIER["vulnerabilities"][0],
        "threats": [{"category": "exploit_status", "details": "Exploit code circulates."}],
    }
    told = {**SUPPLIER, "vulnerabilities": [flaw]}
    number = actions.read_document(story.member, name="told.json", content=json.dumps(told).encode())
    facts = {"1": "exploit_public"}
    became = actions.take_suppliers(story.member, number, case="new", facts=facts)
    (fact,) = Fact.objects.filter(vulnerability__case__public_id=became.case)
    assert (fact.kind, fact.source) == ("exploit_public", "Example Libraries")
    assert fact.evidence.startswith(f"EXL-2026-3 ({number}): Exploit code")


def test_an_upgrade_has_the_documents_of_before_indexed_though_the_index_was_made_once(document: str) -> None:
    migration = import_module("okiagari.flow.migrations.0007_documents_found")
    Job.objects.update_or_create(
        key="flow.index", defaults={"kind": "flow.index", "run_at": clock.now(), "done_at": clock.now()}
    )
    migration.index_what_is_there(apps, None)
    job = Job.objects.get(key="flow.index")
    assert job.done_at is None
    assert jobs.waits("flow.index")
