"""How long products are supported, as the whole site says it: read back from OpenEoX, page and calendar."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from okiagari.disclose.consistency import lives
from okiagari.disclose.rules.content import Catalogue
from okiagari.disclose.site import planning, tree
from okiagari.disclose.site.entries import Entry
from okiagari.disclose.site.writer import Writer
from tests.disclose.making import SITE, content, entry, product

OLDER = entry(
    content(
        products=[
            product("A-1", support={"end_of_sales": "2013", "end_of_security_support": "2016"}),
            product("W/1", support={"general_availability": "2009-02-01", "end_of_life": "2012-05"}),
            product("X-0", support={"general_availability": "2019", "end_of_life": "2012"}),
        ]
    )
)
NEWER = entry(content(tracking_id="SA-2", products=[product("W/1", support={"end_of_life": "2014"})]))
GONE = entry(
    content(tracking_id="SA-3", products=[product("G-1", support={"end_of_life": "2014"})]), withdrawn=True
)
ENTRIES = (
    OLDER,
    replace(NEWER, editions=tuple(replace(each, at=each.at + timedelta(days=1)) for each in NEWER.editions)),
    GONE,
)
WHOLE = replace(
    SITE,
    catalogue=Catalogue(
        products=[
            product("A-1", support={"end_of_security_support": "late 2018-06"}),
            product("Z-9", support={"end_of_security_support": "2020"}),
            product("Y-8"),
        ]
    ),
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("site")
    tree.switch(root, tree.write(root, planning.plan(ENTRIES, WHOLE), Writer()), Writer())
    return (root / "current").resolve()


def named(folder: Path, entries: tuple[Entry, ...] = ENTRIES) -> set[tuple[str, str, str, str, str]]:
    """Path, model, kind, what is said, what should be."""
    return {
        (each.path, each.product, each.flaw, "".join(each.said), "".join(each.approved))
        for each in lives.differences(folder, entries, WHOLE)
    }


@contextmanager
def spoiled(place: Path, spoil: Callable[[str], str]) -> Iterator[None]:
    """Somebody writes another text into a file of the tree, for a moment."""
    before = place.read_bytes()
    after = spoil(before.decode()).encode()
    assert after != before
    try:
        place.write_bytes(after)
        yield
    finally:
        place.write_bytes(before)


def test_what_is_out_says_the_dates_of_catalogue_and_advisories(folder: Path) -> None:
    assert named(folder) == set()
    assert {each.model for each in lives.products(ENTRIES, WHOLE)} == {"A-1", "Z-9", "Y-8", "W/1", "X-0"}


@pytest.mark.parametrize(
    ("path", "old", "new", "told"),
    [
        ("openeox/a-1.json", "2018-06-30", "2028-06-30", ("A-1", "end_of_security_support")),
        ("openeox/a-1.json", "2018-06-30T14:59:59Z", "tba", ("A-1", "end_of_security_support")),
        ("openeox/index.json", '"Z-9"', '"Z-8"', ("Z-8", "end_of_security_support")),
        ("ja/support.html", "2014年", "2015年", ("W/1", "end_of_life")),
        ("en/support.ics", "DATE:20201231", "DATE:20211231", ("Z-9", "end_of_security_support")),
        ("en/support.ics", "end_of_life@", "end_of_sales@", ("W/1", "end_of_life")),
    ],
)
def test_another_date_in_one_place_is_named_with_its_file(
    folder: Path, path: str, old: str, new: str, told: tuple[str, str]
) -> None:
    with spoiled(folder / path, lambda text: text.replace(old, new)):
        found = named(folder)
    assert told in {each[1:3] for each in found}
    assert {each[0] for each in found} <= {path, "openeox/z-9.json"}


@pytest.mark.parametrize(
    ("path", "spoil"),
    [
        ("openeox/index.json", lambda text: text[:-9]),
        ("openeox/z-9.json", lambda text: "[]"),
        ("ja/support.ics", lambda text: text.replace("UID:", "X-UID:")),
    ],
)
def test_what_cannot_be_read_is_said_so(folder: Path, path: str, spoil: Callable[[str], str]) -> None:
    with spoiled(folder / path, spoil):
        found = named(folder)
    assert any(each[0] == path and each[3].startswith("? ") for each in found)


def test_a_product_that_should_not_stand_there_is_named(folder: Path) -> None:
    assert ("openeox/a-1.json", "A-1", "end_of_sales", "2013-12-31", "") in named(folder, ENTRIES[1:])
