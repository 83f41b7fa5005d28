"""Where a unit stands, and how a day is counted."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okiagari.reach.rules import (
    Ask,
    Count,
    Day,
    Standing,
    Verdict,
    add,
    days_until,
    release_of,
    standing_of,
    tally,
)
from okiagari.standards.firmware_order import Line, Range, ReleaseName

DAY = date(2015, 8, 18)
ORDER = Line(
    (
        ReleaseName("1.00"),
        ReleaseName("1.02", ("V1.02",)),
        ReleaseName("1.03", ("V1.03",)),
        ReleaseName("1.10"),
    )
)
FIXED = Verdict(Range.before("1.03"), "1.03", is_concerned=True)
NEVER = Verdict(Range.all(), "", is_concerned=True, is_hopeless=True)
SAFE = Verdict(None, "", is_concerned=False)
RANGES = st.sampled_from(
    (
        None,
        Range.all(),
        Range.unknown(),
        Range.before("1.03"),
        Range.up_to("9.99"),
        Range.between("1.10", "1.00"),
    )
)
VERDICTS = st.builds(
    Verdict, RANGES, st.sampled_from(("", "1.03", "1.10", "9.99")), st.booleans(), st.booleans()
)
TEXTS = st.sampled_from(("1.00", "V1.02", "1.03", "1.10", "9.99", "", "v1.03 "))
ASKS = st.lists(VERDICTS, max_size=3).map(lambda found: Ask(ORDER, tuple(found)))
COUNTS = st.builds(
    lambda hardware, version, present, silent: Count(hardware, version, present, min(present, silent)),
    st.sampled_from(("", "A1", "B1")),
    TEXTS,
    st.integers(0, 50),
    st.integers(0, 50),
)
BY_REVISION = st.dictionaries(
    st.sampled_from(("", "A1", "B1")), st.lists(ASKS, min_size=1, max_size=2), max_size=3
)


@pytest.mark.parametrize(
    ("text", "standing"),
    [
        ("1.02", "vulnerable"),
        ("v1.02", "vulnerable"),
        ("1.03", "fixed"),
        ("V1.03", "fixed"),
        ("1.10", "fixed"),
        ("1.0X", "unknown"),
        ("", "unknown"),
    ],
)
def test_a_unit_is_fixed_from_the_fixed_release_on_and_unknown_is_its_own_standing(
    text: str, standing: str
) -> None:
    assert Ask(ORDER, (FIXED, SAFE)).standing(text) == standing


def test_a_unit_is_fixed_only_if_it_is_fixed_for_every_vulnerability() -> None:
    later = Verdict(Range.before("1.10"), "1.10", is_concerned=True)
    assert Ask(ORDER, (FIXED, later)).standing("1.03") == Standing.VULNERABLE
    assert Ask(ORDER, (FIXED, later)).standing("1.10") == Standing.FIXED


def test_where_every_version_is_affected_a_text_nobody_knows_is_vulnerable_too() -> None:
    assert Ask(Line(), (NEVER,)).standing("whatever") == Standing.VULNERABLE
    assert Ask(ORDER, (NEVER, FIXED)).standing("1.10") == Standing.VULNERABLE


def test_versions_outside_the_affected_range_are_safe_without_a_fix() -> None:
    old = Ask(ORDER, (Verdict(Range.since("1.03"), "", is_concerned=True),))
    assert [old.standing(text) for text in ("1.02", "1.03")] == [Standing.FIXED, Standing.VULNERABLE]


@pytest.mark.parametrize("fixed_in", ["", "9.99"])
def test_what_has_no_place_in_the_order_makes_nothing_safe(fixed_in: str) -> None:
    ask = Ask(ORDER, (Verdict(Range.up_to("9.99"), fixed_in, is_concerned=True),))
    assert ask.standing("1.10") == Standing.VULNERABLE


def test_not_yet_is_not_never() -> None:
    assert Ask(ORDER, (NEVER,)).is_hopeless
    assert not Ask(ORDER, (Verdict(Range.all(), "", is_concerned=True),)).is_hopeless
    assert not Ask(ORDER, (Verdict(Range.all(), "1.03", is_concerned=True, is_hopeless=True),)).is_hopeless
    assert not Ask(ORDER, (Verdict(Range.all(), "", is_concerned=False, is_hopeless=True),)).is_hopeless


def test_units_of_a_variant_that_is_not_concerned_are_left_out() -> None:
    asks = {"A1": [Ask(ORDER, (FIXED,))], "B1": [Ask(ORDER, (SAFE,))]}
    counts = [Count("A1", "1.02", 10, 1), Count("B1", "1.02", 7, 2), Count("", "1.03", 5, 0)]
    day = tally(DAY, counts, asks, shipped=30)
    assert day == Day(DAY, fixed=5, vulnerable=9, unknown=0, silent=1, unseen=8)


def test_a_unit_that_could_be_either_is_the_worse_one() -> None:
    asks = {"A1": [Ask(ORDER, (FIXED,))], "B1": [Ask(ORDER, (NEVER,))]}
    assert standing_of(asks, "", "1.03") == Standing.VULNERABLE
    assert standing_of(asks, "A1", "1.03") == Standing.FIXED
    assert standing_of({}, "", "1.03") == Standing.UNKNOWN


def test_a_product_on_two_lines_knows_the_texts_of_both() -> None:
    other = Line((ReleaseName("S-1"), ReleaseName("S-2")))
    asks = {"": [Ask(ORDER, (FIXED,)), Ask(other, (Verdict(Range.before("S-2"), "S-2", is_concerned=True),))]}
    assert [standing_of(asks, "", text) for text in ("1.03", "S-1", "S-2", "?")] == [
        Standing.FIXED,
        Standing.VULNERABLE,
        Standing.FIXED,
        Standing.UNKNOWN,
    ]
    assert [release_of(asks, "", text) for text in ("v1.03", "s-2", "?")] == ["1.03", "S-2", ""]


@given(BY_REVISION, st.lists(COUNTS, max_size=6), st.none() | st.integers(0, 400))
def test_every_unit_is_counted_once_and_the_denominator_is_what_was_shipped_or_seen(
    asks: dict[str, list[Ask]], counts: list[Count], shipped: int | None
) -> None:
    day = tally(DAY, counts, asks, shipped=shipped)
    out = sum(
        count.present
        for count in counts
        if standing_of(asks, count.hardware, count.version) is Standing.NOT_CONCERNED
    )
    seen = sum(count.present for count in counts)
    assert day.seen == seen - out
    assert day.denominator == max(shipped if shipped is not None else 0, seen) - out
    assert 0 <= day.share <= 1
    assert min(vars(day)[name] for name in ("fixed", "vulnerable", "unknown", "silent", "unseen")) >= 0


@given(BY_REVISION, st.lists(COUNTS, max_size=6), st.randoms())
def test_the_order_and_the_cut_of_the_counts_make_no_difference(
    asks: dict[str, list[Ask]], counts: list[Count], chance: object
) -> None:
    shuffled = list(counts)
    chance.shuffle(shuffled)  # type: ignore[attr-defined]
    whole = tally(DAY, counts, asks, shipped=None)
    assert tally(DAY, shuffled, asks, shipped=None) == whole
    cut = [tally(DAY, part, asks, shipped=None) for part in (counts[:2], counts[2:])]
    assert add(cut, DAY) == whole


@given(st.lists(st.integers(0, 100), min_size=1, max_size=30), st.integers(1, 100))
def test_the_days_until_a_share_are_counted_from_the_publication(shares: list[int], percent: int) -> None:
    days = [Day(DAY + timedelta(days=n), share, 100 - share, 0, 0, 0) for n, share in enumerate(shares)]
    found = days_until(days, since=DAY, percent=percent)
    reached = [n for n, share in enumerate(shares) if share >= percent]
    assert found == (reached[0] if reached else None)


def test_nobody_to_count_is_no_share_at_all() -> None:
    nothing = Day(DAY, 0, 0, 0, 0, 0)
    assert nothing.share == 0
    assert days_until([nothing], since=DAY, percent=1) is None
