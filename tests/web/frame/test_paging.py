"""Counted pages: what the address asks for, and links that keep whatever else was asked."""

import pytest
from django.test import RequestFactory

from okiagari.web.frame import paging
from okiagari.web.frame.values import Pages


@pytest.mark.parametrize(
    ("asked", "number"), [("", 1), ("2", 2), ("0", 1), ("-1", 1), ("x", 1), ("9" * 40, 10_000)]
)
def test_a_page_is_a_number_from_one(asked: str, number: int) -> None:
    assert paging.number(RequestFactory().get("/", {"page": asked})) == number


def test_a_list_on_one_page_says_nothing_of_pages() -> None:
    assert paging.pages(RequestFactory().get("/"), has_more=False) == Pages()


def test_neighbours_keep_what_else_was_asked() -> None:
    request = RequestFactory().get("/", {"text": "csaf/2026", "page": "2"})
    found = paging.pages(request, has_more=True)
    assert (found.previous, found.next) == ("?text=csaf%2F2026&page=1", "?text=csaf%2F2026&page=3")
    assert "2" in found.sentence
    assert paging.pages(request, has_more=False).next == ""
