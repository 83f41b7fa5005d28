"""The products that the public pages name by themselves, and how owners look at them."""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from okiagari.disclose.problems import BROKEN_TREE
from okiagari.disclose.rules.content import Catalogue, Lookup, Step, VersionNote
from okiagari.disclose.site import pictures, planning, tree
from okiagari.disclose.site.formats import lifecycle
from okiagari.disclose.site.writer import Writer
from okiagari.disclose.site.written import letter, markdown
from okiagari.plumbing import files
from okiagari.problems import Problem
from okiagari.standards import openeox
from tests.disclose.making import SITE, both, content, entry, product, status

PIXELS = b"\x89PNG\r\n\x1a\n of a label"
SET_AT = "2015-09-01T00:00:00+00:00"


@pytest.fixture(scope="module")
def picture(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Step]:
    """A step whose picture is kept, as the catalogue keeps it."""
    folder = tmp_path_factory.mktemp("kept")
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(files, "folder", lambda: folder)
        sha256 = hashlib.sha256(PIXELS).hexdigest()
        files.path_of(sha256).parent.mkdir(parents=True)
        files.path_of(sha256).write_bytes(PIXELS)
        yield Step(
            text=both("裏返します。", "Turn it over."),
            picture=sha256,
            kind="png",
            width=640,
            height=400,
            alt=both("底面のシール", "The label underneath"),
        )


def known(step: Step) -> Catalogue:
    """A-1, which advisories name, and Z-9, which none does."""
    return Catalogue(
        products=[
            product("A-1", support={"end_of_security_support": "2018"}),
            product(
                "Z-9",
                line="z",
                names=both("静かな品", "Quiet thing"),
                serial_numbers=["ZX*"],
                support={"general_availability": "2014-01-01", "end_of_security_support": "2020-03-31"},
            ),
            product("Y-8", line="z", support={"general_availability": "2015"}),
        ],
        lookups=[Lookup(line="z", steps=[step])],
        version_notes=[VersionNote(line="z", release="2.0", text=both("台湾だけ", "Taiwan only"))],
        followed_by={"Z-9": "Y-8"},
        support_at={"A-1": SET_AT, "Z-9": SET_AT},
    )


@pytest.fixture(scope="module")
def plan(picture: Step) -> planning.Plan:
    told = content(
        products=[product("A-1", support={"end_of_sales": "2013", "end_of_security_support": "2016"})],
        lookups=[Lookup(line="line", steps=[picture, Step(text=both("読みます。", "Read it."))])],
        version_notes=[VersionNote(line="line", release="1.03", text=both("国内だけ", "Japan only"))],
    )
    return planning.plan([entry(told)], replace(SITE, catalogue=known(picture)))


def text(plan: planning.Plan, path: str) -> str:
    found = plan.contents[path]
    assert isinstance(found, bytes)
    return found.decode()


def test_a_product_that_no_advisory_names_has_its_page(plan: planning.Plan) -> None:
    page = text(plan, "en/models/z-9.html")
    for words in (
        "No published advisory names this model",
        "ZX*",
        "2020-03-31",
        "Taiwan only",
        "Turn it over.",
    ):
        assert words in page
    assert 'href="../models/y-8.html"' in page
    listed = json.loads(text(plan, "models/index.json"))
    assert [each["model"] for each in listed] == ["A-1", "Y-8", "Z-9"]
    assert listed[2]["called"] == {"ja": "静かな品", "en": "Quiet thing"}
    (target,) = json.loads(text(plan, "models/z-9.json"))["targets"]
    assert target["advisories"] == []


def test_ends_of_support_are_told_of_every_public_product_open_ends_apart(plan: planning.Plan) -> None:
    page = text(plan, "en/support.html")
    above, _, below = page.partition("No end announced yet")
    assert re.findall(r'<th scope="row"><a class="model" href="models/(\S+?)\.html"', above) == ["a-1", "z-9"]
    assert "y-8.html" in below
    assert "Z-9: セキュリティサポート終了" in text(plan, "ja/support.ics").replace("\r\n ", "")


def test_the_catalogue_of_today_stands_before_what_an_advisory_told_then(plan: planning.Plan) -> None:
    page = text(plan, "en/models/a-1.html")
    assert "2018" in page
    assert "2016" not in page.partition("<h2>Support")[2].partition("<h2")[0]
    assert "2013" in page, "what nobody has decided otherwise stays as it was told"
    core = json.loads(text(plan, "openeox/a-1.json"))
    assert core["end_of_security_support"].startswith("2018-12-31")
    assert core["last_updated"] == "2015-09-01T00:00:00Z"
    assert not openeox.faults(core)


def test_openeox_names_every_public_product_with_a_date(plan: planning.Plan) -> None:
    index = json.loads(text(plan, lifecycle.INDEX))
    assert [each["model"] for each in index["products"]] == ["A-1", "Y-8", "Z-9"]
    assert not openeox.faults(json.loads(text(plan, "openeox/z-9.json")))


def test_each_picture_lies_once_under_its_content_and_pages_show_it(
    plan: planning.Plan, picture: Step
) -> None:
    path = f"{pictures.FOLDER}/{picture.picture}.png"
    assert [each for each in plan.contents if each.startswith("pictures/")] == [path]
    assert plan.contents[path] == PIXELS
    page = text(plan, "en/sa-2015-001.html")
    assert f'<img src="../{path}" alt="The label underneath" width="640" height="400"' in page
    assert f'src="../../{path}"' in text(plan, "ja/models/z-9.html")
    assert f'src="{SITE.url}/{path}"' in text(plan, "en/fragments/sa-2015-001.html")
    assert "Japan only" in page


def test_letters_and_markdown_say_in_words_what_a_picture_shows(picture: Step) -> None:
    said = entry(content(lookups=[Lookup(line="line", steps=[picture])]))
    for written in (letter, markdown):
        plain = written.text(said, SITE, "en")
        assert "1. Turn it over." in plain.replace("\\", "")
        assert "Picture: The label underneath" in plain
        assert picture.picture not in plain


def test_a_tree_takes_its_pictures_from_the_one_before(tmp_path: Path, picture: Step) -> None:
    site = replace(SITE, catalogue=known(picture))
    first = planning.plan([entry()], site)
    tree.switch(tmp_path, tree.write(tmp_path, first, Writer()), Writer())
    again = planning.plan([entry()], site, tree.current(tmp_path))
    path = f"{pictures.FOLDER}/{picture.picture}.png"
    assert isinstance(again.contents[path], Path)
    gone = planning.plan([entry()], SITE, tree.current(tmp_path))
    assert path not in gone.contents, "a picture that no page shows goes out with it"


def test_a_lost_picture_stops_the_tree(picture: Step) -> None:
    lost = Lookup(line="line", steps=[Step(text=both("一"), picture="0" * 64, kind="png", alt=both("図"))])
    with pytest.raises(Problem) as caught:
        planning.plan([entry(content(lookups=[lost]))], SITE)
    assert caught.value.definition is BROKEN_TREE


def test_only_what_changed_of_the_catalogue_is_made_anew(tmp_path: Path, picture: Step) -> None:
    site = replace(SITE, catalogue=known(picture))
    tree.switch(tmp_path, tree.write(tmp_path, planning.plan([entry()], site), Writer()), Writer())
    renamed = known(picture)
    renamed.products[1] = product("Z-9", line="z", names=both("改名", "Renamed"))
    again = planning.plan([entry()], replace(SITE, catalogue=renamed), tree.current(tmp_path))
    assert "Renamed" in text(again, "en/models/z-9.html")
    kept = [path for path, data in again.contents.items() if isinstance(data, Path)]
    assert {"en/models/a-1.html", "en/models/y-8.html", "en/sa-2015-001.html"} <= set(kept)


def test_a_product_of_its_own_steps_does_not_show_those_of_its_line(picture: Step) -> None:
    lookups = [
        Lookup(line="line", steps=[picture]),
        Lookup(model="A-1", steps=[Step(text=both("別", "Other"))]),
    ]
    plan = planning.plan([entry(content(lookups=lookups))], SITE)
    page = text(plan, "en/sa-2015-001.html")
    assert "Other" in page
    assert "Turn it over." not in page


def test_a_note_of_a_version_stands_where_the_range_names_it() -> None:
    told = content(
        statuses=[status("A-1", "affected", range={"form": "up_to", "high": "1.02"})],
        releases=[],
        version_notes=[VersionNote(line="line", release="1.02", text=both("限定", "Limited"))],
    )
    plan = planning.plan([entry(told)], SITE)
    assert "1.02: Limited" in text(plan, "en/sa-2015-001.html")
    notes = json.loads(text(plan, "csaf/2015/sa-2015-001-en.json"))["document"]["notes"]
    assert ("About version 1.02 of A-1", "Limited") in [(each.get("title"), each["text"]) for each in notes]


def test_since_when_it_is_public_is_said_only_where_others_were_first() -> None:
    from tests.disclose.making import flaw

    def told(at: str) -> planning.Plan:
        return planning.plan([entry(content(vulnerabilities=[flaw(public_at=at)]))], SITE)

    earlier, later = told("2015-08-01T09:00:00+09:00"), told("2015-09-01T09:00:00+09:00")
    assert "It has been public since 2015-08-01." in text(earlier, "en/sa-2015-001.html")
    assert "It has been public since" not in text(later, "en/sa-2015-001.html")
    path = "csaf/2015/sa-2015-001.json"
    flaws = [json.loads(text(each, path))["vulnerabilities"][0] for each in (earlier, later)]
    assert flaws[0]["release_date"] == "2015-08-01T00:00:00Z"
    assert "release_date" not in flaws[1]
    record = json.loads(text(earlier, "cve/sa-2015-001/cve-2015-2984.json"))
    assert record["cnaContainer"]["datePublic"] == "2015-08-01T00:00:00Z"


def test_the_draft_of_csaf_ties_a_note_of_a_version_to_its_products() -> None:
    noted = content(version_notes=[VersionNote(line="line", release="1.03", text=both("限定", "Limited"))])
    plan = planning.plan([entry(noted)], replace(SITE, has_csaf_2_1=True))
    notes = json.loads(text(plan, "csaf-2.1/2015/sa-2015-001-en.json"))["document"]["notes"]
    assert next(each for each in notes if each["text"] == "Limited")["product_ids"] == ["A-1 1.03"]


def test_products_of_one_line_share_its_steps_and_keep_their_own_numbers(picture: Step) -> None:
    products = [product(f"A-{number}", serial_numbers=[f"S{number}*"]) for number in (1, 2)]
    told = content(
        products=products,
        statuses=[status(each.key, "affected", range={"form": "all"}) for each in products],
        releases=[],
        lookups=[Lookup(line="line", steps=[picture])],
    )
    page = text(planning.plan([entry(told)], SITE), "en/sa-2015-001.html")
    assert page.count("<img") == 1
    assert '<span class="model">A-2</span>: <span class="id">S2*</span>' in page
    assert "Serial numbers: S1* (A-1)" in letter.text(entry(told), SITE, "en")
