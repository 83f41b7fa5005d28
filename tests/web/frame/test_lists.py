"""Every list in one way: sorted both ways, saved, taken away as a file, several rows at once."""

import json
from datetime import timedelta
from urllib.parse import unquote

import pytest
from django.test import Client

from okiagari.cases import actions as cases
from okiagari.cases import queries
from okiagari.catalog import actions as catalog
from okiagari.desk import views
from okiagari.desk.models import Person
from okiagari.desk.subjects import SYSTEM, Subject
from okiagari.flow import queries as flow
from okiagari.intake import actions as intake
from okiagari.plumbing import clock
from okiagari.plumbing.models import Line, Payload
from tests import factories
from tests.factories import House, text
from tests.support.photographs import photographed

pytestmark = pytest.mark.django_db
LISTS = ("cases", "reports", "products", "advisories", "tasks", "clocks", "messages")


@pytest.fixture
def house(db: None) -> House:
    return factories.house()


def entered(subject: Subject) -> Client:
    client = Client(headers={"accept-language": "en"})
    client.force_login(Person.objects.get(username=subject.key), "django.contrib.auth.backends.ModelBackend")
    return client


@photographed
def furnish(house: House, count: int) -> list[str]:
    """Something on every list."""
    now = clock.now()
    made = []
    for number in range(count):
        case = factories.case(house.member, f"案件{number}")
        made.append(case)
        cases.add_task(house.member, case, title=text(f"作業{number}"), team="psirt", due_at=now)
        cases.start_clock(
            house.member,
            case,
            rule="promise",
            anchor_at=now + timedelta(days=number),
            anchor_source="x",
            label=text(f"約束{number}"),
        )
        cases.communicate(
            house.member, case, audience="jpcert", direction="out", channel="mail", text=f"連絡{number}"
        )
        intake.receive(house.member, source="user", title=f"届出{number}", text="x")
    products = [{"model": f"M{number}", "team": "router-dev"} for number in range(count)]
    catalog.import_catalogue(SYSTEM, {"products": products})
    return made


@pytest.mark.parametrize("place", LISTS)
def test_every_list_stands_on_few_queries_however_long_it_is(
    house: House, place: str, django_assert_max_num_queries: object
) -> None:
    furnish(house, 6)
    views.save_view(house.member, place, name="one", query="sort=due", pinned=True)
    member = entered(house.member)
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        assert member.get(f"/{place}/?view=none").status_code == 200


@pytest.mark.parametrize("place", LISTS)
@pytest.mark.parametrize("form", ["csv", "json"])
def test_every_list_is_taken_away_whole(house: House, place: str, form: str) -> None:
    furnish(house, 3)
    answer = entered(house.member).get(f"/{place}/{place}.{form}")
    body = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    count = 0 if place == "advisories" else 3
    if form == "json":
        assert len(json.loads(body)["items"]) == count
    else:
        assert body.startswith("\ufeff")
        assert len(body.strip().splitlines()) == count + 1


def test_programs_get_csv_without_a_mark_and_spreadsheets_no_formulas(house: House) -> None:
    intake.receive(house.member, source="user", title='=HYPERLINK("http://x")', text="x")
    answer = entered(house.member).get("/reports/reports.csv?bom=0")
    body = b"".join(answer.streaming_content).decode()  # type: ignore[attr-defined]
    assert not body.startswith("\ufeff")
    assert "'=HYPERLINK" in body
    assert ',"=HYPERLINK' not in body


@pytest.mark.parametrize("sort", ["due", "opened", "number", "step", "level", "embargo", "changed"])
def test_cases_are_sorted_both_ways(house: House, sort: str) -> None:
    furnish(house, 4)
    up = [each.case_id for each in flow.positions(house.member, sort=sort).items]
    down = [each.case_id for each in flow.positions(house.member, sort=f"-{sort}").items]
    assert sorted(up) == sorted(down)
    if sort in ("opened", "number", "changed"):
        assert up == down[::-1]


def test_a_head_leads_the_other_way_round_the_second_time(house: House) -> None:
    furnish(house, 1)
    member = entered(house.member)
    first = member.get("/cases/?sort=opened&level=&text=案件").content.decode()
    assert 'aria-sort="ascending"' in first
    assert "sort=-opened" in first
    assert "text=%E6" in first  # the filter stays


def test_one_reason_closes_several_and_says_of_each_what_came_of_it(house: House) -> None:
    one, two, three = furnish(house, 3)
    cases.close_case(house.member, two, reason="前に")
    rows = {"deed": "close", "reason": "片付け", "row": [one, two, three, "OKI-26-00000"]}
    page = entered(house.member).post("/cases/bulk/", rows).content.decode()
    assert "2 rows are done." in page
    assert page.count("refused") == 2
    assert "There is nothing here." in page
    assert not queries.case(house.member, one).is_open
    assert queries.case(house.member, three).close_reason == "片付け"


def test_what_one_may_not_see_is_refused_like_what_does_not_exist(house: House) -> None:
    (hidden,) = furnish(house, 1)
    seen = factories.case(house.second, "自分の件")
    member = entered(house.second)
    asked = {"deed": "close", "reason": "x", "row": [hidden, "OKI-26-00000"]}
    page = member.post("/cases/bulk/", asked).content.decode()
    assert page.count("There is nothing here.") == 2
    assert queries.case(house.second, seen).is_open


@pytest.mark.parametrize(
    ("form", "said"),
    [
        ({"deed": "close", "reason": "x"}, "No row is marked."),
        ({"deed": "", "row": ["OKI-26-00000"]}, "What shall be done"),
        ({"deed": "close", "row": ["OKI-26-00000"]}, "a reason"),
        ({"deed": "hand_over", "reason": "x", "row": ["OKI-26-00000"]}, "Team"),
        ({"deed": "task", "task-title": "x", "task-due_at": "morgen", "row": ["OKI-26-00000"]}, "not a date"),
    ],
)
def test_what_is_missing_is_said_before_anything_is_done(
    house: House, form: dict[str, object], said: str
) -> None:
    answer = entered(house.member).post("/cases/bulk/", form)
    assert answer.status_code == 422
    assert said in answer.content.decode()


def test_everything_a_filter_finds_is_changed_at_once(house: House) -> None:
    furnish(house, 3)
    form = {"deed": "hand_over", "everything": "1", "query": "text=作業1", "hand_over-team": "router-dev"}
    answer = entered(house.member).post("/tasks/bulk/", {**form, "reason": "担当替え"})
    assert unquote(answer.headers["Location"]) == "/tasks/?text=作業1"
    teams = {each.title.exact("ja"): each.team.key for each in queries.tasks(house.member) if each.team}
    assert teams == {"作業0": "psirt", "作業1": "router-dev", "作業2": "psirt"}


def test_a_task_goes_to_a_person_and_gets_another_time_with_one_line_each(house: House) -> None:
    (case,) = furnish(house, 1)
    (task,) = queries.tasks(house.member, case)
    until = clock.now() + timedelta(days=3)
    cases.change_task(house.member, task.id, person="developer", due_at=until, reason="詳しい人へ")
    (changed,) = queries.tasks(house.member, case)
    assert changed.person
    assert (changed.person.key, changed.team, changed.due) == ("developer", None, until)
    assert Line.objects.filter(verb="cases.task_changed").count() == 1


def test_a_saved_view_opens_the_list_and_can_be_taken_away(house: House) -> None:
    furnish(house, 1)
    member = entered(house.member)
    form = {"name": "緊急のもの", "query": "level=severe&sort=-due", "pinned": "1", "default": "1"}
    member.post("/views/cases/", form)
    assert member.get("/cases/").headers["Location"] == "?level=severe&sort=-due"
    page = member.get("/cases/?level=severe&sort=-due").content.decode()
    assert "緊急のもの" in page
    assert member.get("/cases/?view=none").status_code == 200
    (view,) = views.views(house.member, "cases")
    member.post("/views/cases/", {"open": ""})
    assert member.get("/cases/").status_code == 200
    member.post("/views/cases/", {"drop": view.id})
    assert views.views(house.member) == ()
    assert not Payload.objects.filter(facts__contains="緊急のもの").exists()


def test_a_view_is_shared_with_ones_own_team_only(house: House) -> None:
    view = views.save_view(house.member, "cases", name="みんなの", query="late=1", team="psirt")
    colleague = factories.person("colleague", *house.member.roles, teams=("psirt",))
    assert [each.id for each in views.views(colleague)] == [view]
    assert views.views(house.second) == ()
    for act in (
        lambda: views.save_view(house.member, "cases", name="よその", team="router-dev"),
        lambda: views.drop_view(colleague, view),
        lambda: views.open_with(house.second, "cases", view),
        lambda: views.save_view(house.member, "nowhere", name="x"),
        lambda: views.save_view(house.member, "cases", name="  "),
    ):
        with pytest.raises(Exception, match=r"^desk\."):
            act()
    views.open_with(colleague, "cases", view)
    assert [each.is_default for each in views.views(colleague)] == [True]
    assert [each.is_default for each in views.views(house.member)] == [False]
