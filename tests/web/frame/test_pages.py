"""The two base pages: what surrounds every content."""

import re
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.template import engines
from django.test import RequestFactory

from okiagari.plumbing import clock as wall
from okiagari.web.frame import context
from okiagari.web.frame.values import Embargo, Frame, RailItem, Who

RAIL = (RailItem("desk", "Desk", "/", 4), RailItem("cases", "Cases", "/cases/", 0, is_here=True))


def _page(template: str, **values: object) -> str:
    request = RequestFactory().get("/cases/?q=1")
    request.user = AnonymousUser()
    source = (
        '{% extends "'
        + template
        + '" %}{% block title %}T{% endblock %}{% block content %}<p>body</p>{% endblock %}'
    )
    return engines["django"].from_string(source).render(values, request)


def test_the_rail_says_where_one_is_and_what_waits() -> None:
    page = _page("frame/base.html", frame=Frame(RAIL, Who("Sato Misaki")))
    assert '<a href="/cases/" aria-current="page">' in page
    assert page.count('class="o-count"') == 1
    assert re.search(r'class="o-count">4<span class="o-sr">', page)


def test_one_can_skip_to_the_content_and_there_is_one_main() -> None:
    for template in ("frame/base.html", "frame/plain.html"):
        page = _page(template, frame=Frame(()))
        assert 'class="o-skip" href="#main"' in page
        assert page.count('id="main"') == 1
        assert page.count("<main") == 1
        assert "<p>body</p>" in page


def test_an_embargo_is_said_with_its_hour_and_zone() -> None:
    with wall.at(datetime(2015, 8, 17, tzinfo=UTC)):
        page = _page(
            "frame/base.html", frame=Frame(RAIL), embargo=Embargo(datetime(2015, 8, 18, 1, tzinfo=UTC))
        )
    assert 'class="o-embargo"' in page
    assert re.search(r"2015-08-18 \d\d:00 [A-Z]{3}", page)
    assert 'class="o-embargo"' not in _page("frame/base.html", frame=Frame(RAIL))


def test_the_chosen_theme_is_written_into_the_page() -> None:
    assert 'data-theme="dark"' in _page("frame/plain.html", frame=Frame((), theme="dark"))
    assert "data-theme=" not in _page("frame/plain.html", frame=Frame(()))


class _Person(AnonymousUser):
    is_authenticated = True  # type: ignore[assignment]

    def get_full_name(self) -> str:
        return "Sato Misaki"


def _request(path: str, *, known: bool = True, theme: str = "") -> HttpRequest:
    request = RequestFactory().get(path)
    request.user = _Person() if known else AnonymousUser()  # type: ignore[assignment]
    if theme:
        request.COOKIES[context.THEME_COOKIE] = theme
    return request


@pytest.mark.parametrize(
    ("path", "key"),
    [("/", "desk"), ("/cases/OKI-15-7K3QD/", "cases"), ("/fleet/", "fleet"), ("/account/", "")],
)
def test_the_place_on_the_rail_follows_the_address(path: str, key: str) -> None:
    rail = context.frame(_request(path))["frame"].rail
    assert [item.key for item in rail if item.is_here] == ([key] if key else [])


def test_a_stranger_gets_no_rail_and_nobody_is_asked_for_counts(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "_providers", [lambda request: pytest.fail("asked")])
    assert context.frame(_request("/", known=False))["frame"] == Frame(())


def test_counts_come_from_the_one_provider(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(context, "_providers", [])
    context.provide_counts(lambda request: {"cases": 2})
    found = context.frame(_request("/"))["frame"]
    assert {item.key: item.count for item in found.rail if item.count} == {"cases": 2}
    assert found.person == Who("Sato Misaki")


def test_a_theme_nobody_knows_is_ignored() -> None:
    assert context.frame(_request("/", theme="dark"))["frame"].theme == "dark"
    assert context.frame(_request("/", theme='"><script>'))["frame"].theme == ""
