"""The site by model: a page each, answers that agree with the advisories, ends of support, their calendar."""

import json
import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.utils.translation import override
from hypothesis import given, settings
from hypothesis import strategies as st

from okiagari.disclose.rules.content import Catalogue, Content, Order
from okiagari.disclose.rules.standing import CONCERNED, Action, standings
from okiagari.disclose.rules.verdicts import Verdict, order_of, verdict
from okiagari.disclose.site import devices, models, naming, planning, tree
from okiagari.disclose.site.entries import Entry, key_of
from okiagari.disclose.site.models import grouping
from okiagari.disclose.site.writer import Writer
from okiagari.standards.firmware_order import Range, key
from tests.disclose.making import (
    SITE,
    both,
    content,
    entry,
    flaw,
    measure,
    product,
    release,
    status,
    successor,
)

RELEASES = ("1.00", "1.01", "1.02", "1.03", "1.04")
ORDER = Order(line="line", releases=[[text] for text in RELEASES[:4]])
BETWEEN = {"form": "between", "low": "1.01", "high": "1.03"}
LONGER = Order(line="line", releases=[["1.00"], ["1.01", "v1.01"], *([text] for text in RELEASES[2:])])


def two() -> list[Entry]:
    """An old advisory that knows four releases, and a newer one that knows five."""
    old = content(
        tracking_id="SA-1",
        products=[
            product(
                "A-1",
                other_names=["Air"],
                support={"end_of_sales": "2012", "end_of_security_support": "2016-03"},
            ),
            product("B-2", line=""),
            product("C-3", line=""),
        ],
        statuses=[
            status("A-1", "fixed", range={"form": "before", "high": "1.03"}, fixed_in="1.03"),
            status("B-2", "affected", range={"form": "all"}),
            status("C-3", "not_affected"),
        ],
        measures=[measure("stop_use", "B-2", successor="C-3")],
        successors=[successor("C-3")],
        orders=[ORDER],
    )
    new = content(
        tracking_id="SA-2",
        next_update="2015-10-01",
        statuses=[
            status(
                "A-1",
                "affected",
                range={"form": "between", "low": "1.01", "high": "1.03"},
                planned="late 2015-12",
            )
        ],
        releases=[],
        orders=[LONGER],
    )
    return [entry(new), entry(old)]


def data(plan: planning.Plan, path: str) -> Any:
    found = plan.contents[path]
    assert isinstance(found, bytes)
    return json.loads(found)


@pytest.fixture(scope="module")
def plan(django_db_blocker: Any) -> planning.Plan:
    return planning.plan(two(), SITE)


def said(plan: planning.Plan, model: str, text: str, target: int = 0) -> Mapping[str, str]:
    """What the script finds: the answer of each advisory."""
    found = data(plan, f"models/{naming.slug(model)}.json")["targets"][target]
    known = next((each for each in found["versions"] if key(text) in each["keys"]), None)
    answers = known["answers"] if known else found["other"]
    return dict(zip((each["id"] for each in found["advisories"]), answers, strict=True))


def test_every_model_and_release_is_answered_as_the_advisory_says(plan: planning.Plan) -> None:
    asked = 0
    for known in two():
        for standing in standings(known.content):
            model = standing.product.model
            shown = re.sub(r"\s+", " ", _page(plan, known))
            with override("en"):
                row = devices.row(standing, known.content, "en")
            for place, text in enumerate(RELEASES):
                answer = said(plan, model, text)[known.content.tracking_id]
                if standing.action is Action.NOTHING:
                    assert answer == "not_affected"
                    continue
                assert all(words in shown for words in row.versions)
                assert row.todo in shown or standing.action is Action.STOP_USE
                expected = {
                    "versions before 1.03": place < 3,
                    "1.01 to 1.03": 1 <= place <= 3,
                    "all versions": True,
                }[row.versions[0]]
                assert answer == ("affected" if expected else "clear")
                asked += 1
    assert asked == 15


def _page(plan: planning.Plan, known: Entry) -> str:
    found = plan.contents[known.page("en")]
    assert isinstance(found, bytes)
    return found.decode()


def test_a_version_nobody_listed_is_unknown_and_never_guessed(plan: planning.Plan) -> None:
    assert set(said(plan, "A-1", "1.05").values()) == {"unknown"}
    assert set(said(plan, "A-1", "1.0.1").values()) == {"unknown"}
    assert said(plan, "B-2", "anything") == {"SA-1": "affected"}
    assert said(plan, "C-3", "anything") == {"SA-1": "not_affected"}


def test_another_text_of_a_release_is_the_same_release(plan: planning.Plan) -> None:
    assert (
        said(plan, "A-1", " Ｖ1.01 ") == said(plan, "A-1", "1.01") == {"SA-2": "affected", "SA-1": "affected"}
    )


def test_a_withdrawn_advisory_answers_nothing_and_stays_listed() -> None:
    plan = planning.plan([entry(two()[1].content, withdrawn=True)], SITE)
    assert said(plan, "A-1", "1.00") == {}
    html = plan.contents["en/models/a-1.html"]
    assert isinstance(html, bytes)
    assert "withdrawn" in html.decode()
    assert "No published advisory affects this model." in html.decode()


STATES = st.sampled_from(["affected", "fixed", "not_affected", "investigating"])
ENDS = st.integers(0, 3)


@st.composite
def contents(draw: st.DrawFn) -> Content:
    """Two flaws, any states and ranges, with or without a fix that is ready."""
    statuses = []
    for number in (1, 2):
        low, high = sorted((draw(ENDS), draw(ENDS)))
        form = draw(st.sampled_from(["all", "up_to", "before", "from", "between", "exactly", "unknown"]))
        ends = {
            **({"low": RELEASES[low]} if form in ("from", "between", "exactly") else {}),
            **({"high": RELEASES[high]} if form in ("up_to", "before", "between") else {}),
        }
        state = draw(STATES)
        given_ = {"range": {"form": form, **ends}} if state in CONCERNED else {}
        fixed = {"fixed_in": RELEASES[draw(ENDS)]} if state == "fixed" else {}
        statuses.append(status("A-1", state, vulnerability=f"VUL-{number}", **given_, **fixed))
    return content(
        vulnerabilities=[flaw(1), flaw(2)],
        statuses=statuses,
        releases=[release(text, position=place) for place, text in enumerate(RELEASES[:4])],
        orders=[ORDER],
    )


@given(contents())
@settings(max_examples=80)
def test_a_version_is_clear_only_where_no_flaw_reaches_it(given_: Content) -> None:
    standing = standings(given_)[0]
    order = order_of(given_, "line")
    for text in (*RELEASES[:4], None):
        answer = verdict(standing, order, text)
        for each in standing.statuses:
            if each.state not in CONCERNED:
                continue
            versions = each.versions or Range.all()
            is_fixed = bool(text and each.fixed_in and order.position(text) >= order.position(each.fixed_in))
            if text and versions.is_known and order.contains(versions, text) and not is_fixed:
                assert answer is Verdict.AFFECTED
            if not versions.is_known and not is_fixed:
                assert answer in (Verdict.AFFECTED, Verdict.MAYBE)
        if answer in (Verdict.CLEAR, Verdict.NOT_AFFECTED):
            assert not standing.is_checking


def test_without_a_sealed_order_only_the_releases_that_are_named_are_known() -> None:
    known = content()
    standing = standings(known)[0]
    order = order_of(known, "line")
    assert verdict(standing, order, "1.03") is Verdict.CLEAR
    assert verdict(standing, order, "1.02") is Verdict.UNKNOWN


def test_one_more_advisory_leaves_the_files_of_other_models_alone(tmp_path: Path) -> None:
    def publish(*entries: Entry) -> planning.Plan:
        made = planning.plan(entries, SITE, tree.current(tmp_path))
        tree.switch(tmp_path, tree.write(tmp_path, made, Writer()), Writer())
        return made

    publish(*two())
    other = content(tracking_id="SA-3", products=[product("B-2")], statuses=[status("B-2", "not_affected")])
    plan = publish(*two(), entry(other))
    anew = {path for path, data in plan.contents.items() if isinstance(data, bytes) and "models/" in path}
    assert anew == {"models/b-2.json", "ja/models/b-2.html", "en/models/b-2.html"}


def test_ends_of_support_are_listed_the_first_end_above_with_what_follows(plan: planning.Plan) -> None:
    html = plan.contents["en/support.html"]
    assert isinstance(html, bytes)
    said_ = html.decode()
    assert "A-1" in said_
    assert "March 2016" in said_ or "2016-03" in said_
    assert "C-3" not in said_
    followed = content(
        kind="end_of_support",
        products=[product("B-2", support={"end_of_security_support": "2010"})],
        vulnerabilities=[],
        statuses=[],
        followed_by={"B-2": "D-4"},
    )
    both_ = planning.plan([*two(), entry(followed)], SITE).contents["en/support.html"]
    assert isinstance(both_, bytes)
    assert both_.decode().index("B-2") < both_.decode().index("A-1")
    assert "D-4" in both_.decode()


def test_what_is_not_to_be_used_is_never_said_to_get_fixes() -> None:
    """B-2 is in the catalogue without an end, and an advisory asks its owners to stop using it."""
    listed = Catalogue(products=[product("B-2", line=""), product("E-5", line="")])
    html = planning.plan(two(), replace(SITE, catalogue=listed)).contents["en/support.html"]
    assert isinstance(html, bytes)
    stopped, _, still_fixed = html.decode().partition("No end announced yet")
    assert "B-2" in stopped.partition("No more fixes")[2]
    assert "E-5" in still_fixed
    assert "B-2" not in still_fixed
    assert "End of all support" not in html.decode()  # a column that nobody fills says nothing


def test_a_model_is_known_by_the_numbers_of_all_its_revisions() -> None:
    known = [
        product(f"A-1/{each}", model="A-1", revision=each, model_numbers=[f"A-1{each}?", "A-1*JP"])
        for each in ("B", "C")
    ]
    index = planning.plan([entry(content(products=known, statuses=[]))], SITE).contents["models/index.json"]
    assert isinstance(index, bytes)
    (listed,) = json.loads(index)
    assert listed["numbers"] == ["A-1B?", "A-1*JP", "A-1C?"]


def test_a_name_in_one_language_only_is_shown_and_spoken_as_what_it_is() -> None:
    """Neither empty nor half translated; and the model is not said twice."""
    known = product("B-2", names={"ja": "見本ルーター B-2"}, other_names=["B-2", "Air B-2"])
    said_ = content(products=[known], statuses=[status("B-2", "affected", range={"form": "all"})])
    contents = planning.plan([entry(said_)], SITE).contents
    for page in ("en/models/index.html", "en/models/b-2.html", "en/sa-2015-001.html"):
        html = contents[page]
        assert isinstance(html, bytes)
        assert re.search(r'<span[^>]* lang="ja">見本ルーター</span>', html.decode()), page
        assert "Air</span>" in html.decode()
    japanese = contents["ja/models/b-2.html"]
    assert isinstance(japanese, bytes)
    assert "<span>見本ルーター</span>" in japanese.decode()


def test_the_calendar_holds_ends_promises_and_planned_fixes(plan: planning.Plan) -> None:
    text = plan.contents["ja/support.ics"]
    assert isinstance(text, bytes)
    lines = text.decode().replace("\r\n ", "").split("\r\n")
    days = [line.partition(":")[2] for line in lines if line.startswith("DTSTART;VALUE=DATE")]
    assert days == ["20121231", "20160331", "20151001", "20151231"]
    names = [line for line in lines if line.startswith("UID")]
    assert len(set(names)) == len(names) == 4


def test_two_models_never_share_a_file() -> None:
    given_ = ["WN-G54/R2", "WN-G54_R2", "wn-g54 r2", "index", "機種", "INDEX"]
    assert len({naming.slug(each) for each in given_}) == len(given_)
    assert "index" not in {naming.slug(each) for each in given_}


def test_a_model_is_made_anew_when_an_advisory_of_it_changes() -> None:
    entries = two()
    keys = [key_of(each, SITE) for each in entries]
    before = {each.model: each.key for each in grouping.named(entries, keys, SITE)}
    after = {each.model: each.key for each in grouping.named(entries, ["other", keys[1]], SITE)}
    assert {model for model in before if before[model] != after[model]} == {"A-1"}
    parts = list(models.parts(entries, keys, SITE))
    assert len({part.key for part in parts}) == len(parts) == 5  # three models, the question, the dates


def test_names_of_people_stay_texts() -> None:
    hostile = product("A-1", names=both("</datalist><script>1</script>"), family='"><img src=x>')
    html = planning.plan([entry(content(products=[hostile]))], SITE).contents["en/models/index.html"]
    assert isinstance(html, bytes)
    assert b"<img" not in html
    assert html.count(b"<script") == 1
