"""What a cell may say: the rules of affectedness."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okiagari.problems import Problem
from okiagari.standards.firmware_order import Form, Line, Range, ReleaseName, State
from okiagari.standards.localtext import LocalText
from okiagari.standards.partialdate import PartialDate
from okiagari.triage.rules.cells import FIELDS, JUSTIFICATIONS, CellChange, CellState, Place, checked, settled

LINE = Line(
    (
        ReleaseName("1.00"),
        ReleaseName("1.01", state=State.WITHDRAWN),
        ReleaseName("1.02"),
        ReleaseName("1.03", ("1.0.3",)),
    )
)
ROUTER = Place("WN-G54/R2", "wn-g54-r2", LINE)
SERVICE = Place("Remote Link")
VERIFIED = {"who": "開発部", "on": "WN-G54/R2 1.03", "how": "SSDPを外側から送信"}


def codes(change: CellChange, *places: Place, reason: str = "") -> set[str]:
    try:
        checked(change, list(places) or [ROUTER], reason)
    except Problem as problem:
        return {part.code for part in problem.parts} or {problem.code}
    return set()


def test_affected_needs_versions_and_all_of_them_is_an_answer() -> None:
    assert codes(CellChange("affected")) == {"triage.range_needed"}
    assert not codes(CellChange("affected", range=Range.all()))
    assert not codes(CellChange("affected", range=Range.unknown()))


def test_versions_must_be_releases_of_the_line() -> None:
    assert codes(CellChange("affected", range=Range.before("1.04"))) == {"triage.version_not_on_line"}
    assert not codes(CellChange("affected", range=Range.before("1.0.3")))


def test_versions_are_kept_in_the_makers_own_text() -> None:
    change = CellChange("affected", range=Range.before("1.0.3"))
    assert settled(change, ROUTER).range == Range.before("1.03")


def test_a_line_without_releases_takes_versions_as_written() -> None:
    bare = Place("ETX2-RA", "unlisted", Line())
    assert not codes(CellChange("affected", range=Range.up_to("2.02")), bare, SERVICE)


def test_a_range_that_runs_backwards_is_refused() -> None:
    assert codes(CellChange("affected", range=Range.between("1.03", "1.00"))) == {"firmware_order.backwards"}


@pytest.mark.parametrize("label", JUSTIFICATIONS)
def test_not_affected_takes_each_label_of_csaf(label: str) -> None:
    assert not codes(CellChange("not_affected", justification=label))


@pytest.mark.parametrize("label", ["", "we looked"])
def test_not_affected_needs_a_justification(label: str) -> None:
    assert codes(CellChange("not_affected", justification=label)) == {"triage.justification_needed"}


def test_fixed_needs_a_release_and_a_verification() -> None:
    assert codes(CellChange("fixed", fixed_in=("wn-g54-r2", "1.03"))) == {"triage.verification_needed"}
    assert codes(CellChange("fixed", verification=VERIFIED)) == {"triage.fixed_in_needed"}
    assert not codes(CellChange("fixed", fixed_in=("wn-g54-r2", "1.03"), verification=VERIFIED))


def test_a_verification_says_who_on_what_and_how() -> None:
    for name in VERIFIED:
        change = CellChange("fixed", fixed_in=("wn-g54-r2", "1.03"), verification={**VERIFIED, name: "  "})
        assert codes(change) == {"triage.verification_needed"}


def test_a_release_of_another_line_is_refused_and_the_hint_says_what_to_do() -> None:
    change = CellChange("fixed", fixed_in=("np-bbrs", "1.08"), verification=VERIFIED)
    with pytest.raises(Problem) as raised:
        checked(change, [ROUTER])
    assert raised.value.code == "triage.release_of_another_line"
    assert "np-bbrs" in raised.value.message
    assert "wn-g54-r2" in raised.value.message
    assert raised.value.hint


def test_a_withdrawn_release_fixes_nothing() -> None:
    change = CellChange("fixed", fixed_in=("wn-g54-r2", "1.01"), verification=VERIFIED)
    assert codes(change) == {"triage.release_withdrawn"}


def test_a_fix_that_lies_in_the_affected_versions_is_a_contradiction() -> None:
    change = CellChange(
        "fixed", range=Range.up_to("1.03"), fixed_in=("wn-g54-r2", "1.03"), verification=VERIFIED
    )
    assert codes(change) == {"triage.fix_is_affected"}


def test_a_service_is_fixed_without_a_release() -> None:
    assert not codes(CellChange("fixed", verification=VERIFIED), SERVICE)


def test_a_fixed_cell_keeps_the_versions_decided_before() -> None:
    change = CellChange("fixed", fixed_in=("wn-g54-r2", "1.0.3"), verification=VERIFIED)
    assert settled(change, ROUTER, Range.between("1.00", "1.01")).range == Range.between("1.00", "1.01")
    assert settled(change, ROUTER, Range.all()).range == Range.before("1.03")
    assert settled(change, ROUTER).range == Range.before("1.03")
    assert settled(change, ROUTER).fixed_in == ("wn-g54-r2", "1.03")


def test_never_and_not_yet_are_two_things() -> None:
    why = LocalText.of(ja="ファームウェアを構築できない", en="The firmware can no longer be built")
    never = CellChange("affected", range=Range.all(), cannot_fix=why)
    not_yet = CellChange("affected", range=Range.all(), planned=PartialDate.parse("late 2016-12"))
    both = CellChange("affected", range=Range.all(), cannot_fix=why, planned=PartialDate(2016, 12))
    assert not codes(never)
    assert not codes(not_yet)
    assert codes(both) == {"triage.never_and_soon"}


def test_how_sure_a_plan_is_needs_a_plan() -> None:
    assert codes(CellChange("affected", range=Range.all(), planned_confidence="firm")) == {
        "triage.plan_needed"
    }
    sure = CellChange("affected", range=Range.all(), planned=PartialDate(2016), planned_confidence="maybe")
    assert codes(sure) == {"triage.no_such_confidence"}


def test_taking_a_decision_back_needs_a_reason() -> None:
    assert codes(CellChange("undecided")) == {"triage.taking_back_needs_reason"}
    assert not codes(CellChange("undecided"), reason="別の機種と取り違えた")


def test_what_belongs_to_another_state_is_refused_and_a_form_drops_it() -> None:
    change = CellChange("not_affected", range=Range.all(), justification="component_not_present")
    assert codes(change) == {"triage.does_not_belong"}
    assert not codes(change.kept())


def test_mistakes_of_many_rows_are_said_at_once_and_each_names_its_row() -> None:
    other = Place("NP-BBRS", "np-bbrs", Line((ReleaseName("1.08"),)))
    change = CellChange("affected", range=Range.up_to("1.02"))
    with pytest.raises(Problem) as raised:
        checked(change, [ROUTER, other, Place("NP-BBRM", "np-bbrm", Line((ReleaseName("2.00"),)))])
    assert [part.parameters["target"] for part in raised.value.parts] == ["NP-BBRS", "NP-BBRM"]


@given(
    st.sampled_from([*CellState, "someday"]),
    st.sampled_from([None, Range.all(), Range.before("1.03"), Range.up_to("9")]),
    st.sampled_from(["", "component_not_present", "wrong"]),
    st.sampled_from([None, ("wn-g54-r2", "1.03"), ("wn-g54-r2", "7"), ("np-bbrs", "1.08")]),
    st.sampled_from([{}, VERIFIED]),
)
def test_whatever_is_accepted_says_everything_its_state_needs(
    state: str,
    versions: Range | None,
    label: str,
    release: tuple[str, str] | None,
    verification: dict[str, str],
) -> None:
    change = CellChange(
        state, range=versions, justification=label, fixed_in=release, verification=verification
    ).kept()
    if codes(change, reason="理由"):
        return
    kept = settled(change, ROUTER)
    assert kept.state in set(CellState)
    if kept.state == CellState.AFFECTED:
        assert kept.range is not None
    if kept.state in {CellState.AFFECTED, CellState.FIXED}:
        assert kept.range is not None
        assert all(LINE.resolve(text) for text in kept.range.ends)
    if kept.state == CellState.NOT_AFFECTED:
        assert kept.justification in JUSTIFICATIONS
    if kept.state == CellState.FIXED:
        assert kept.fixed_in == ("wn-g54-r2", "1.03")
        assert kept.range is not None
        assert not LINE.contains(kept.range, "1.03")
    if kept.state in {CellState.UNDECIDED, CellState.INVESTIGATING}:
        assert not any(getattr(kept, name) for name in FIELDS if name != "note")


def test_a_service_is_affected_as_a_whole() -> None:
    service = Place("SAMPLE-REMOTE")
    change = CellChange("affected")
    checked(change, [service])
    assert settled(change, service).range == Range(Form.ALL)


def test_a_device_is_affected_in_versions_that_somebody_has_to_name() -> None:
    with pytest.raises(Problem) as raised:
        checked(CellChange("affected"), [Place("NP-BBRS", "np-bbrs")])
    assert raised.value.definition.code == "triage.range_needed"
