"""The two base pages: what surrounds every content."""

import re
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory

from okiagari.desk.subjects import Door, Role, Subject, SubjectKind
from okiagari.plumbing import clock as wall
from okiagari.plumbing.wording import Told
from okiagari.standards.localtext import LocalText
from okiagari.web.frame import rail
from okiagari.web.frame.values import Embargo


def anywhere(verb: str) -> bool:
    return bool(verb)


def _request(theme: str = "") -> HttpRequest:
    request = RequestFactory().get("/cases/?q=1")
    request.user = AnonymousUser()
    if theme:
        request.COOKIES[rail.THEME_COOKIE] = theme
    return request


def _page(template: str, *, theme: str = "", **values: object) -> str:
    source = (
        '{% extends "' + template + '" %}{% block title %}T{% endblock %}'
        "{% block content %}<p>body</p>{% endblock %}"
    )
    return engines["django"].from_string(source).render(values, _request(theme))


ANN = Subject(
    SubjectKind.PERSON,
    "person:ann",
    Door.WEB,
    name=LocalText.of(en="Ann <b>"),
    roles=frozenset({Role.MEMBER}),
)


def test_the_rail_says_where_one_is_and_what_waits() -> None:
    page = _page("frame/base.html", subject=ANN, counts={"cases": 4})
    assert '<a href="/cases/" aria-current="page">' in page
    assert page.count('class="o-count"') == 2  # at the place itself and at the desk
    assert re.search(r'class="o-count">4<span class="o-sr">', page)


def test_one_can_skip_to_the_content_and_there_is_one_main() -> None:
    for template in ("frame/base.html", "frame/plain.html"):
        page = _page(template)
        assert 'class="o-skip" href="#main"' in page
        assert page.count('id="main"') == 1
        assert page.count("<main") == 1
        assert "<p>body</p>" in page


def test_an_embargo_is_said_with_its_hour_and_zone() -> None:
    with wall.at(datetime(2015, 8, 17, tzinfo=UTC)):
        page = _page("frame/base.html", subject=ANN, embargo=Embargo(datetime(2015, 8, 18, 1, tzinfo=UTC)))
    assert 'class="o-embargo"' in page
    assert re.search(r"2015-08-18 \d\d:00 [A-Z]{3}", page)
    assert 'class="o-embargo"' not in _page("frame/base.html", subject=ANN)


def test_the_chosen_theme_is_written_into_the_page() -> None:
    assert 'data-theme="dark"' in _page("frame/plain.html", theme="dark")
    assert "data-theme=" not in _page("frame/plain.html")


@pytest.mark.parametrize(
    ("path", "key"),
    [("/", "desk"), ("/cases/OKI-15-7K3QD/", "cases"), ("/fleet/", "fleet"), ("/account/", "")],
)
def test_the_place_on_the_rail_follows_the_address(path: str, key: str) -> None:
    assert [item.key for item in rail.rail(path, {}, anywhere) if item.is_here] == ([key] if key else [])


def test_a_place_that_may_not_be_entered_is_not_shown() -> None:
    def administrator(verb: str) -> bool:
        return verb in {"desk.own_account", "catalog.read", "desk.manage"}

    assert [item.key for item in rail.rail("/", {}, administrator)] == ["desk", "products", "people"]


def test_the_desk_gathers_what_waits_elsewhere() -> None:
    counts = {
        item.key: item.count for item in rail.rail("/", {"cases": 2, "reports": 1}, anywhere) if item.count
    }
    assert counts == {"desk": 3, "cases": 2, "reports": 1}


@pytest.mark.parametrize(
    ("cookie", "theme"), [("dark", "dark"), ("light", "light"), ('"><script>', ""), ("", "")]
)
def test_only_a_theme_that_exists_is_taken_from_the_cookie(cookie: str, theme: str) -> None:
    assert rail.theme({rail.THEME_COOKIE: cookie}) == theme


def test_a_problem_has_a_page_that_says_what_now() -> None:
    told = Told("x.y", "There is no case <1>.", "Look at the list of cases.")
    page = engines["django"].get_template("frame/problem.html").render({"problem": told}, _request())
    assert "There is no case &lt;1&gt;." in page
    assert "Look at the list of cases." in page
    assert page.count("<h1>") == 1


def test_a_stranger_sees_neither_places_nor_a_name() -> None:
    page = _page("frame/base.html", counts={"cases": 2})
    assert '/cases/"' not in page
    assert "o-menu" not in page
    assert "Ann &lt;b&gt;" in _page("frame/base.html", subject=ANN)
