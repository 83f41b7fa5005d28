"""Decisions carry over to what joins a firmware line later, or lapse there with a reason."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okiagari.cases import actions as cases
from okiagari.catalog import actions as catalog
from okiagari.catalog.rules import Span
from okiagari.desk.subjects import SYSTEM
from okiagari.standards.firmware_order import Line, Range, ReleaseName, State
from okiagari.triage import actions, queries
from okiagari.triage.actions import CellChange
from okiagari.triage.rules.carrying import Fate, Said, Shelf, fate
from tests.triage.conftest import Matter

TEXTS = ("1.00", "1.01", "1.02", "1.03")
RANGES = st.one_of(
    st.just(Range.all()),
    *(
        st.sampled_from(TEXTS[:-1]).map(form)
        for form in (Range.up_to, Range.before, Range.since, Range.exactly)
    ),
)
NOT_THERE = Said("not_affected", justification="component_not_present")


def shelf(*spans: Span, located: str = "", texts: tuple[str, ...] = TEXTS) -> Shelf:
    return Shelf(
        Line(tuple(ReleaseName(text) for text in texts)), spans, frozenset([located] if located else ())
    )


def at_the_newest(said: Said, *spans: Span, located: str = "") -> Fate:
    found = fate(said, shelf(*spans, located=located), TEXTS[-1])
    assert found is not None
    return found


@given(RANGES)
def test_what_carries_over_says_of_the_newcomer_what_the_range_says(versions: Range) -> None:
    found = at_the_newest(Said("affected", versions))
    if not found.is_lapse:
        inside = shelf().line.contains(versions, TEXTS[-1])
        assert found.state == ("affected" if inside else "not_affected")


@given(st.sampled_from(TEXTS[:-1]), st.sampled_from([None, Range.all()]))
def test_a_fix_is_never_carried_to_what_is_older_than_it(text: str, versions: Range | None) -> None:
    found = fate(Said("fixed", versions, fixed_in=TEXTS[-1]), shelf(), text)
    assert found is not None
    assert found.state != "fixed"


@given(st.lists(st.sampled_from(["a", "b"]), unique=True), st.sampled_from(["", "a"]))
def test_without_any_change_of_components_not_affected_carries_over(names: list[str], located: str) -> None:
    found = at_the_newest(NOT_THERE, *(Span(name, "1") for name in names), located=located)
    assert (found.outcome, found.state) == ("carried", "not_affected")


def test_a_range_that_ends_at_the_newest_release_says_nothing_of_the_next() -> None:
    assert at_the_newest(Said("affected", Range.up_to("1.02"))).code == "beyond_range"
    assert at_the_newest(Said("affected", Range.up_to("1.01"))).code == "outside_range"
    assert at_the_newest(Said("affected", Range.all())).state == "affected"


def test_not_affected_lapses_when_the_release_brings_the_component() -> None:
    found = at_the_newest(NOT_THERE, Span("upnp", "1", first=3), located="upnp")
    assert (found.outcome, found.code) == ("lapsed", "component_added")
    other = at_the_newest(NOT_THERE, Span("ntp", "1", first=3), located="upnp")
    assert other.code == "still_absent"
    unknown = at_the_newest(NOT_THERE, Span("ntp", "1", first=3))
    assert unknown.code == "components_changed"


def test_a_fix_lapses_when_the_affected_version_of_the_component_comes_back() -> None:
    spans = (Span("ssl", "1.0", last=1), Span("ssl", "1.1", first=2, last=2), Span("ssl", "1.0", first=3))
    found = at_the_newest(Said("fixed", Range.before("1.02"), fixed_in="1.02"), *spans, located="ssl")
    assert found.code == "component_back"
    assert found.facts["other"] == "1.00"
    gone_on = at_the_newest(Said("fixed", Range.before("1.02"), fixed_in="1.02"), *spans[:1], located="ssl")
    assert gone_on.code == "fixed_since"


@pytest.mark.parametrize("state", [State.PLANNED, State.WITHDRAWN])
def test_what_nobody_can_run_is_no_step_between_two_releases(state: State) -> None:
    names = tuple(ReleaseName(text, state=state if text == "1.02" else State.PUBLIC) for text in TEXTS)
    brought = Shelf(Line(names), (Span("upnp", "1", first=2),), frozenset(["upnp"]))
    found = fate(NOT_THERE, brought, "1.03")
    assert found is not None
    assert found.code == "component_added"
    beyond = fate(Said("affected", Range.up_to("1.01")), Shelf(Line(names)), "1.03")
    assert beyond is not None
    assert beyond.code == "beyond_range"


def test_what_lapsed_before_lapses_on_until_somebody_says() -> None:
    found = fate(NOT_THERE, shelf(Span("a", "1")), "1.03", lapsed_before=True)
    assert found is not None
    assert found.code == "before_it_lapsed"


@pytest.fixture
def decided(matter: Matter) -> Matter:
    actions.freeze_rows(matter.member, matter.case, rule={"models": ["WN-G54/R2"]})
    return matter


def say(matter: Matter, change: CellChange) -> None:
    actions.decide(matter.member, matter.case, cells=[("WN-G54/R2", matter.first)], change=change)


def test_a_new_release_takes_over_an_open_range_and_a_fix(decided: Matter) -> None:
    say(decided, CellChange("affected", range=Range.all()))
    catalog.put_release(SYSTEM, "wn-g54-r2", {"text": "1.04"})
    (carry,) = queries.carries(decided.member, decided.case)
    assert (carry.to, carry.outcome, carry.state, carry.source) == (
        "1.04",
        "carried",
        "affected",
        "WN-G54/R2",
    )
    verified = {"who": "QA", "on": "WN-G54/R2", "how": "retest"}
    say(decided, CellChange("fixed", fixed_in=("wn-g54-r2", "1.04"), verification=verified))
    catalog.put_release(SYSTEM, "wn-g54-r2", {"text": "1.05"})
    states = [
        queries.release(decided.member, "wn-g54-r2", text)[0].state for text in ("1.03", "1.04", "1.05")
    ]
    assert states == ["contains", "fixes", "fixed"]


def test_a_lapse_is_loud_in_the_grid_and_settled_by_a_new_decision(decided: Matter) -> None:
    say(decided, CellChange("not_affected", justification="component_not_present"))
    actions.locate(decided.member, decided.case, vulnerability=decided.first, components=["miniupnpd"])
    catalog.put_release(
        SYSTEM, "wn-g54-r2", {"text": "1.04", "components": [{"name": "miniupnpd", "version": "1.8"}]}
    )
    cell = queries.grid(decided.member, decided.case).cell("WN-G54/R2", decided.first)
    assert cell.is_open
    assert cell.lapsed_at == ("1.04",)
    (lapse,) = queries.carries(decided.member, decided.case, is_open=True)
    assert (lapse.code, lapse.team) == ("component_added", "router-dev")
    assert queries.release(decided.member, "wn-g54-r2", "1.04")[0].state == "open"
    say(decided, CellChange("affected", range=Range.since("1.04")))
    assert not queries.carries(decided.member, decided.case, is_open=True)
    assert queries.release(decided.member, "wn-g54-r2", "1.04")[0].state == "contains"


def test_a_closed_case_lapses_too_and_is_confirmed_with_a_reason(decided: Matter) -> None:
    say(decided, CellChange("affected", range=Range.up_to("1.03")))
    cases.close_case(decided.member, decided.case, reason="done")
    catalog.put_release(SYSTEM, "wn-g54-r2", {"text": "1.04"})
    (lapse,) = queries.carries(decided.member, decided.case, is_open=True)
    actions.confirm_carry(decided.member, lapse.id, reason="built after the fix")
    assert queries.release(decided.member, "wn-g54-r2", "1.04")[0].state == "not_affected"
    catalog.put_release(SYSTEM, "wn-g54-r2", {"text": "1.05"})
    assert queries.release(decided.member, "wn-g54-r2", "1.05")[0].state == "not_affected"


def test_a_planned_release_waits_until_somebody_can_run_it(decided: Matter) -> None:
    say(decided, CellChange("not_affected", justification="component_not_present"))
    actions.locate(decided.member, decided.case, vulnerability=decided.first, components=["miniupnpd"])
    coming = {"text": "1.04", "state": "planned", "components": [{"name": "miniupnpd", "version": "1.8"}]}
    catalog.put_release(SYSTEM, "wn-g54-r2", coming)
    catalog.put_component(
        SYSTEM, name="dropbear", component_version="2015.67", line="wn-g54-r2", since="1.04"
    )
    assert not queries.carries(decided.member, decided.case)
    assert not queries.grid(decided.member, decided.case).cell("WN-G54/R2", decided.first).is_open
    assert queries.release(decided.member, "wn-g54-r2", "1.04")[0].state == "open"
    catalog.set_release_state(SYSTEM, "wn-g54-r2", "1.04", state="in_test")
    (lapse,) = queries.carries(decided.member, decided.case, is_open=True)
    assert (lapse.to, lapse.code) == ("1.04", "component_added")
    catalog.set_release_state(SYSTEM, "wn-g54-r2", "1.04", state="public")
    assert [each.id for each in queries.carries(decided.member, decided.case)] == [lapse.id]


@pytest.mark.parametrize("door", ["one", "line", "catalogue"])
def test_a_planned_release_that_is_put_anew_as_public_is_looked_at(decided: Matter, door: str) -> None:
    say(decided, CellChange("affected", range=Range.all()))
    catalog.put_release(SYSTEM, "wn-g54-r2", {"text": "1.04", "state": "planned"})
    out = {"text": "1.04", "state": "public"}
    line = {"key": "wn-g54-r2", "releases": [out]}
    if door == "one":
        catalog.put_release(SYSTEM, "wn-g54-r2", out)
    elif door == "line":
        catalog.put_line(SYSTEM, line)
    else:
        catalog.import_catalogue(SYSTEM, {"lines": [line]})
    (carry,) = queries.carries(decided.member, decided.case)
    assert (carry.to, carry.outcome) == ("1.04", "carried")


def test_a_release_that_is_dropped_before_it_is_out_asks_nobody(decided: Matter) -> None:
    say(decided, CellChange("affected", range=Range.up_to("1.03")))
    catalog.put_release(SYSTEM, "wn-g54-r2", {"text": "1.04", "state": "planned"})
    catalog.set_release_state(SYSTEM, "wn-g54-r2", "1.04", state="withdrawn", reason="1.05 comes instead")
    assert not queries.carries(decided.member, decided.case)


def test_a_product_that_joins_the_line_takes_over_what_all_of_it_say(decided: Matter) -> None:
    say(decided, CellChange("affected", range=Range.up_to("1.03")))
    catalog.put_product(
        SYSTEM, {"model": "WN-G54/R2B", "team": "router-dev", "targets": [{"line": "wn-g54-r2"}]}
    )
    (carry,) = queries.carries(decided.member, decided.case)
    assert (carry.kind, carry.to, carry.code) == ("target", "WN-G54/R2B", "same_line")
    actions.add_row(decided.member, decided.case, target="WN-G54/R2B", reason="joined the line")
    cell = queries.grid(decided.member, decided.case).cell("WN-G54/R2B", decided.first)
    assert (cell.state, cell.carried_from) == ("affected", "WN-G54/R2")
