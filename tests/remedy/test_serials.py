"""The maker's own order of serials: places, never texts compared; and what support reads from it."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okiagari.cases import actions as cases
from okiagari.problems import Problem
from okiagari.remedy import actions, problems, queries
from okiagari.remedy.rules.serials import (
    BAD_PATTERN,
    NOT_IN_ORDER,
    PATTERNS_OVERLAP,
    Answer,
    Order,
    answer,
    folded,
)
from tests.disclose.story import Story
from tests.remedy.test_measures import refused

OLD, NEW = "SR1A######", "SR1B######"
numbers = st.integers(min_value=0, max_value=999_999)


@given(numbers, numbers)
def test_the_order_is_that_of_the_pattern_and_then_of_the_number(one: int, other: int) -> None:
    order = Order.read([OLD, NEW])
    older, newer = order.place(f"SR1A{one:06}"), order.place(f"SR1B{other:06}")
    assert older is not None
    assert newer is not None
    assert older < newer
    assert (older < order.place(f"SR1A{other:06}")) is (one < other)  # type: ignore[operator]


@given(st.text(alphabet="SR1AB0９９ -x", max_size=12))
def test_what_fits_no_pattern_has_no_place(text: str) -> None:
    fits = re.fullmatch(r"SR1[AB][0-9]{6}", folded(text))
    assert (Order.read([OLD, NEW]).place(text) is not None) is (fits is not None)


@given(numbers, numbers)
def test_a_device_is_fixed_exactly_from_the_first_good_one_on(first: int, number: int) -> None:
    said = answer(f"SR1A{number:06}", [(Order.read([OLD]), f"SR1A{first:06}")])
    assert said is (Answer.FIXED if number >= first else Answer.BEFORE)


def test_labels_are_read_as_people_type_them() -> None:
    order = Order.read(["sr1a######"])
    assert order.place("ＳＲ１Ａ 000120") == order.place("sr1a000120") == (0, 120)
    assert order.place("SR1A00012") is None
    assert order.place("SR1A00012X") is None


def test_letters_count_and_check_digits_do_not() -> None:
    order = Order.read(["##@###?"])
    earlier, later = order.place("16A999X"), order.place("16B0000")
    assert earlier is not None
    assert later is not None
    assert later[1] == earlier[1] + 1
    assert order.place("16A9990") == earlier


def test_years_and_weeks_count_as_digits() -> None:
    order = Order.read(["####T####"])
    assert order.place("1648T9999") < order.place("1701T0001")  # type: ignore[operator]


@pytest.mark.parametrize(
    ("patterns", "problem"),
    [
        (["SR1A"], BAD_PATTERN),
        (["SR1A??"], BAD_PATTERN),
        (["A####", "A#1##"], PATTERNS_OVERLAP),
        (["@###", "A###"], PATTERNS_OVERLAP),
    ],
)
def test_an_order_that_gives_a_number_two_places_or_none_is_refused(
    patterns: list[str], problem: object
) -> None:
    with pytest.raises(Problem) as raised:
        Order.read(patterns)
    assert raised.value.definition is problem


def test_factories_that_contradict_each_other_are_unclear_and_strangers_unknown() -> None:
    order = Order.read([OLD])
    assert answer("SR1A000100", [(order, "SR1A000050"), (order, "SR1A000200")]) is Answer.UNCLEAR
    assert answer("XX000100", [(order, "SR1A000050")]) is Answer.UNKNOWN
    assert answer("SR1A000100", []) is Answer.UNKNOWN


@pytest.mark.django_db
def test_support_looks_up_whether_a_device_ships_with_the_fix(story: Story) -> None:
    given_ = {"target": "WN-G54/R2", "first": "SR1B000120", "order": [OLD, NEW]}
    actions.cut_in(
        story.member, story.case, factory="国内工場", release=("wn-g54-r2", "1.03"), since="2016-12", **given_
    )
    cases.admit(story.member, story.case, kind="team", key="support", level="see", reason="問い合わせ対応")
    support = story.house.support
    for number, said in (
        ("SR1B000120", Answer.FIXED),
        ("SR1B000119", Answer.BEFORE),
        ("SR1A999999", Answer.BEFORE),
        ("QQ1", Answer.UNKNOWN),
    ):
        assert queries.ships_fixed(support, number, model="WN-G54/R2").answer is said, number
    found = queries.ships_fixed(support, "SR1B000500").cut_ins[0]
    assert (found.factory, found.release, str(found.since)) == ("国内工場", ("wn-g54-r2", "1.03"), "2016-12")
    assert queries.ships_fixed(support, "SR1B000500", model="NP-BBRS").answer is Answer.UNKNOWN
    assert queries.ships_fixed(story.house.second, "SR1B000500").answer is Answer.UNKNOWN


@pytest.mark.django_db
def test_a_cut_in_that_makes_no_sense_is_refused(story: Story) -> None:
    def cut(**more: object) -> None:
        base = {"target": "WN-G54/R2", "first": "SR1A000001", "order": [OLD], **more}
        actions.cut_in(story.member, story.case, **base)  # type: ignore[arg-type]

    for more, problem in (
        ({"first": " "}, problems.FIRST_NEEDED),
        ({"order": [" "]}, problems.FIRST_NEEDED),
        ({"first": "SR1B000001"}, NOT_IN_ORDER),
        ({"target": "OTHER"}, problems.NOT_A_ROW),
        ({"target": "NP-BBRS", "release": ("wn-g54-r2", "1.03")}, problems.OTHER_LINE),
    ):
        assert refused(lambda more=more: cut(**more)) is problem
    assert queries.cut_ins(story.member) == ()
