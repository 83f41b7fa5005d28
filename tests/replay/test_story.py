"""The case of 2015 is played from first report to last lesson, and what came of it is the public truth."""

from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any

import pytest

from okiagari.cases.models import Case
from okiagari.desk.models import Person
from okiagari.desk.subjects import SYSTEM
from okiagari.fleet import queries as fleet
from okiagari.plumbing import anchors, ledger
from okiagari.plumbing.models import Job, Stream
from okiagari.replay import reading
from tests.support.stories import (
    Told,
    day,
    happened,
    is_a_trusted_provider,
    programs_bring_it_to_the_same_end,
)

pytestmark = pytest.mark.django_db
STEPS = [
    "first_judgement",
    "final_judgement",
    "investigation",
    "plan",
    "countermeasure",
    "publication",
    "reach",
    "lessons",
    "closed",
]


@pytest.fixture(scope="module")
def told(
    django_db_setup: None, django_db_blocker: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Told]:
    with happened("np-bbrs", tmp_path_factory.mktemp("story"), django_db_blocker) as story:
        yield story


@pytest.fixture
def result(told: Told) -> Mapping[str, Any]:
    return told.whole


@pytest.fixture
def case(told: Told) -> Mapping[str, Any]:
    return told.case


def test_programs_bring_it_to_the_same_end(told: Told) -> None:
    programs_bring_it_to_the_same_end(told)


def test_what_it_published_is_that_of_a_trusted_provider(told: Told) -> None:
    is_a_trusted_provider(told)


def test_every_event_is_played_and_says_whether_it_is_assumed(result: Mapping[str, Any]) -> None:
    story = reading.read(reading.find("np-bbrs"))
    assert result["events"] == len(story.given.events)
    assert result["assumed"] == sum(event.assumed for event in story.given.events)
    assert result["assumed"] > 0, "what happened inside the maker is not public"


def test_the_steps_come_in_their_order_with_their_dates(case: Mapping[str, Any]) -> None:
    first: dict[str, str] = {}
    for step in case["steps"]:
        first.setdefault(step["step"], day(step["at"]))
    assert list(first) == STEPS
    assert list(first.values()) == sorted(first.values())
    assert first["reach"] == "2015-08-18", "public on this day: JVN#17964918"
    assert case["step"] == "closed"
    assert case["missing"] == []


def test_the_vulnerability_bears_its_public_numbers(case: Mapping[str, Any]) -> None:
    (flaw,) = case["vulnerabilities"]
    assert (flaw["cve"], flaw["jvn"], flaw["jvndb"]) == (
        "CVE-2015-2984",
        "JVN#17964918",
        "JVNDB-2015-000117",
    )


def test_each_product_is_affected_as_was_published(case: Mapping[str, Any]) -> None:
    grid = {cell["target"]: cell for cell in case["affectedness"]}
    wireless, wired, successor = grid["WN-G54/R2"], grid["NP-BBRS"], grid["ETX2-RA"]
    assert (wireless["state"], wireless["range"], wireless["fixed_in"]) == (
        "fixed",
        "versions before 1.03",
        "1.03",
    )
    assert (wired["state"], wired["range"], wired["cannot_fix"]) == ("affected", "all versions", True)
    assert successor["state"] == "not_affected"
    assert "NP-BBRM" not in grid, "another product, of another advisory"


def test_two_judgements_were_made_with_who_when_and_the_use_they_assume(case: Mapping[str, Any]) -> None:
    judged = {each["stage"]: each for each in case["judgements"]}
    assert set(judged) == {"first", "final"}
    assert judged["first"]["team"] == "router-dev"
    assert judged["final"]["level"] == case["level"] == "medium"
    for each in judged.values():
        assert each["assumed_use"]["ja"]
        assert each["answers"]["others"] == "directly"


def test_one_product_is_updated_and_the_other_taken_out_of_use(case: Mapping[str, Any]) -> None:
    measures = {measure["kind"]: measure for measure in case["measures"]}
    assert set(measures) == {"fix", "stop_use"}
    assert (measures["fix"]["targets"], measures["fix"]["release"][1]) == (["WN-G54/R2"], "1.03")
    assert (measures["stop_use"]["targets"], measures["stop_use"]["successor"]) == (["NP-BBRS"], "ETX2-RA")
    assert all(measure["ready_at"] for measure in measures.values())


def test_every_task_of_the_playbook_is_done_some_by_the_deed_itself(case: Mapping[str, Any]) -> None:
    tasks = {task["key"]: task for task in case["tasks"] if task["key"].startswith("unsupported-product.")}
    assert len(tasks) == 8
    assert {task["state"] for task in tasks.values()} == {"done"}
    by_themselves = {key.partition(".")[2] for key, task in tasks.items() if task["done_by"] is None}
    assert by_themselves == {"stop-use", "support-brief", "publish"}


def test_clocks_were_met_the_extended_one_too(case: Mapping[str, Any]) -> None:
    clocks = {clock["rule"]: clock for clock in case["clocks"]}
    assert clocks["acknowledge_report"]["state"] == "met"
    publication = clocks["jpcert_publication"]
    assert publication["state"] == "met"
    assert (day(publication["first_due"]), day(publication["due"])) == ("2015-08-06", "2015-08-18")
    assert publication["agreed_with"] == "JPCERT/CC"
    assert {clock["state"] for clock in clocks.values()} == {"met"}


def test_what_was_published_has_revisions_with_date_and_files(case: Mapping[str, Any], told: Told) -> None:
    (advisory,) = case["publications"]
    revisions = {revision["number"]: revision for revision in advisory["revisions"]}
    assert set(revisions) == {1, 2}
    assert day(revisions[1]["published_at"]) == "2015-08-18"
    for revision in revisions.values():
        assert revision["state"] == "published"
        names = [name for name, _ in revision["files"]]
        assert any(name.startswith("csaf/2015/") and name.endswith(".json") for name in names)
    for name, _ in revisions[2]["files"]:
        assert (told.site / name).is_file(), name


def test_lessons_were_learnt_and_their_promises_kept(case: Mapping[str, Any]) -> None:
    assert {lesson["area"] for lesson in case["lessons"]} == {"support_dates", "specification"}
    promises = [promise for lesson in case["lessons"] for promise in lesson["promises"]]
    assert len(promises) == 2
    assert all(promise["done_at"] for promise in promises)


def test_the_small_fleet_shows_what_reach_looks_like(result: Mapping[str, Any]) -> None:
    newest = fleet.curve(SYSTEM, ["WN-G54/R2"], since=datetime(2015, 9, 30).date())[0]  # noqa: DTZ001
    assert newest.total > 300
    assert newest.silent > 0


def test_the_ledger_is_whole_and_every_line_came_through_the_replay(result: Mapping[str, Any]) -> None:
    assert anchors.verify() == ()
    assert anchors.verify() == ()
    assert not [stream for stream in Stream.objects.all() if stream.anchored < stream.length]
    case_id = Case.objects.get().public_id
    doors = {entry.door for entry in ledger.entries([("case", case_id)])}
    assert doors <= {"replay", "inside"}


def test_the_accounts_are_plainly_samples_and_nobody_can_sign_in(result: Mapping[str, Any]) -> None:
    assert all(person.is_sample for person in Person.objects.all())
    assert not any(person.has_usable_password() for person in Person.objects.all())


def test_no_job_is_left_behind(result: Mapping[str, Any]) -> None:
    assert not Job.objects.filter(done_at=None, every_seconds=None).exists()
    assert not Job.objects.exclude(failed_at=None).exists()
