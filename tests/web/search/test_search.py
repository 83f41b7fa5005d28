"""The search page and the palette: words marked and escaped, numbers to their page, deeds one may do."""

import pytest
from django.test import Client

from okiagari.cases import actions as cases
from okiagari.intake import actions as intake
from tests import factories
from tests.factories import House, text

pytestmark = pytest.mark.django_db


@pytest.fixture
def house(db: None) -> House:
    return factories.house()


@pytest.fixture
def case_id(house: House) -> str:
    return factories.case(house.member)


def entered(username: str) -> Client:
    from okiagari.desk.models import Person

    client = Client(headers={"accept-language": "en"})
    client.force_login(Person.objects.get(username=username), "django.contrib.auth.backends.ModelBackend")
    return client


def page(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content.decode()


def test_what_was_asked_for_is_marked_and_everything_else_is_escaped(house: House) -> None:
    intake.receive(house.support, source="user", title="Tag <b>one</b>", text="before <i>leak</i> after")
    found = page(entered("support"), "/search/?q=leak")
    assert "<mark>leak</mark>" in found
    assert "&lt;i&gt;" in found
    assert "<i>" not in found
    assert "<b>one" not in found


def test_half_a_japanese_word_in_half_width_is_found(house: House, case_id: str) -> None:
    assert case_id in page(entered("member"), "/search/?q=ﾙｰﾀ")
    assert case_id not in page(entered("second"), "/search/?q=ﾙｰﾀ")


def test_kinds_narrow_what_is_shown_and_say_how_many(house: House, case_id: str) -> None:
    intake.receive(house.member, source="user", title="ルータの届出", text="x")
    member = entered("member")
    everything, reports = page(member, "/search/?q=ルータ"), page(member, "/search/?q=ルータ&kind=report")
    assert case_id in everything
    assert case_id not in reports
    assert "2 things hold these words." in everything
    assert "1 thing holds these words." in reports


def test_a_number_goes_to_its_page_whoever_asks(house: House, case_id: str) -> None:
    for who in ("member", "second"):
        answer = entered(who).get(f"/search/?q={case_id.lower()}")
        assert answer.headers["Location"] == f"/cases/{case_id}/"


@pytest.mark.parametrize(
    "query", ["", "   ", "ないない", '"', "<script>alert(1)</script>", "%00", "a" * 5000]
)
def test_what_finds_nothing_says_what_to_do(house: House, query: str) -> None:
    assert "<script>alert" not in page(entered("member"), f"/search/?q={query}")


def test_the_palette_offers_what_one_may_do_with_this_case(house: House, case_id: str) -> None:
    here = f"/search/options/?at=/cases/{case_id}/"
    assert f"/cases/{case_id}/close/" in page(entered("member"), here)
    assert case_id not in page(entered("second"), here)
    cases.admit(house.member, case_id, kind="team", key="router-dev", level="see", reason="調べる")
    developer = page(entered("developer"), here)
    assert f"/cases/{case_id}/tasks/new/" in developer
    assert f"/cases/{case_id}/close/" not in developer


def test_a_closed_case_can_only_be_reopened(house: House, case_id: str) -> None:
    cases.close_case(house.member, case_id, reason="終わり")
    options = page(entered("member"), f"/search/options/?at=/cases/{case_id}/")
    assert f"/cases/{case_id}/reopen/" in options
    assert f"/cases/{case_id}/close/" not in options


def test_the_palette_leads_to_places_and_to_things_while_one_types(house: House, case_id: str) -> None:
    cases.describe(house.member, case_id, title=text("ルータの件", "Pocket drive flaw"))
    member = entered("member")
    assert 'data-href="/products/"' in page(member, "/search/options/?q=prod")
    assert f'data-href="/cases/{case_id}/"' in page(member, "/search/options/?q=pocket+dri")
    assert f'data-href="/cases/{case_id}/"' in page(member, f"/search/options/?q={case_id}")
    assert "Nothing fits" in page(member, "/search/options/?q=zzzz")


def test_the_palette_stands_on_few_queries(house: House, django_assert_max_num_queries: object) -> None:
    for number in range(12):
        factories.case(house.member, f"ルータ {number}")
    member = entered("member")
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        member.get("/search/options/?q=ルータ")
    with django_assert_max_num_queries(12):  # type: ignore[operator]
        member.get("/search/?q=ルータ")
