"""The order is the maker's list, never the text."""

import json
from contextlib import suppress
from itertools import pairwise

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from okiagari.problems import Problem
from okiagari.standards.firmware_order import Form, Line, Range, ReleaseName, State, key

VERSIONS = st.text(st.characters(categories=["L", "N", "P", "S", "Zs"]), min_size=1, max_size=12).filter(
    lambda text: bool(key(text))
)


@st.composite
def lines(draw: st.DrawFn) -> Line:
    """Lines of up to eight releases with aliases, no text standing for two."""
    texts = draw(st.lists(VERSIONS, min_size=1, max_size=16, unique_by=key))
    releases = []
    while texts:
        own, *aliases = [texts.pop() for _ in range(min(len(texts), draw(st.integers(1, 3))))]
        releases.append(ReleaseName(own, tuple(aliases), draw(st.sampled_from(State))))
    return Line(tuple(releases))


@st.composite
def ranges_on(draw: st.DrawFn, line: Line) -> Range:
    """Known ranges whose ends are on the line, the right way round."""
    low, high = sorted(draw(st.tuples(*[st.integers(0, len(line.releases) - 1)] * 2)))
    first, last = (draw(st.sampled_from(line.releases[place].texts)) for place in (low, high))
    return draw(
        st.sampled_from(
            [
                Range.all(),
                Range.up_to(last),
                Range.before(last),
                Range.since(first),
                Range.between(first, last),
                Range.exactly(first),
            ]
        )
    )


@given(lines())
def test_every_text_and_alias_resolves_to_its_release(line: Line) -> None:
    for release in line.releases:
        for text in release.texts:
            assert line.resolve(text) == release
            assert line.resolve(f"  {text}　") == release


@given(st.data())
def test_what_a_range_contains_is_exactly_what_it_lists(data: st.DataObject) -> None:
    line = data.draw(lines())
    versions = data.draw(ranges_on(line))
    listed = line.releases_in(versions)
    assert [release for release in line.releases if line.contains(versions, release)] == list(listed)
    assert line.problems(versions) == ()


@given(st.data())
def test_a_range_is_one_unbroken_stretch_of_the_line(data: st.DataObject) -> None:
    line = data.draw(lines())
    places = [line.position(release) for release in line.releases_in(data.draw(ranges_on(line)))]
    assert all(second == first + 1 for first, second in pairwise(places))


@given(st.data())
def test_before_and_since_divide_the_line_without_rest(data: st.DataObject) -> None:
    line = data.draw(lines())
    end = data.draw(st.sampled_from(line.releases))
    assert line.releases_in(Range.before(end.text)) + line.releases_in(Range.since(end.text)) == line.releases
    assert line.releases_in(Range.up_to(end.text)) == (*line.releases_in(Range.before(end.text)), end)


@given(st.data())
def test_an_alias_as_end_means_the_same_as_the_own_text(data: st.DataObject) -> None:
    line = data.draw(lines())
    versions = data.draw(ranges_on(line))
    canonical = line.canonical(versions)
    assert line.releases_in(canonical) == line.releases_in(versions)
    assert all(
        line.resolve(text) is not None and text in {r.text for r in line.releases} for text in canonical.ends
    )


@given(st.data())
def test_a_range_survives_json(data: st.DataObject) -> None:
    versions = data.draw(ranges_on(data.draw(lines())))
    assert Range.from_json(json.loads(json.dumps(versions.to_json()))) == versions


@given(lines(), VERSIONS)
def test_a_text_for_two_releases_is_refused(line: Line, text: str) -> None:
    assume(line.resolve(text) is None and line.resolve(f"{text} new") is None)
    with pytest.raises(Problem, match=r"firmware_order\.said_twice"):
        Line((ReleaseName(text), *line.releases, ReleaseName(f"{text} new", (text,))))


WN_G54 = Line(
    (
        ReleaseName("1.01"),
        ReleaseName("1.0.2", ("1.02",)),
        ReleaseName("1.00.008_SE"),
        ReleaseName("1.03", ("Ver.1.03",)),
        ReleaseName("1.04", state=State.PLANNED),
    )
)


def test_the_list_orders_what_no_comparison_of_texts_would() -> None:
    assert [r.text for r in WN_G54.releases_in(Range.before("1.03"))] == ["1.01", "1.0.2", "1.00.008_SE"]
    assert WN_G54.is_older("1.01", "1.00.008_se")


def test_full_width_and_case_do_not_matter_but_nothing_else_is_forgiven() -> None:
    assert WN_G54.resolve("ｖｅｒ．１．０３") == WN_G54.releases[3]
    assert WN_G54.resolve("1.3") is None
    assert WN_G54.resolve("1.03.0") is None


def test_the_newest_public_release_is_not_a_planned_one() -> None:
    assert WN_G54.newest() == WN_G54.releases[3]
    assert WN_G54.newest(State.PLANNED) == WN_G54.releases[4]
    assert WN_G54.newest(State.WITHDRAWN) is None


def test_all_versions_cover_a_text_nobody_has_listed() -> None:
    assert WN_G54.contains(Range.all(), "0.9-oem")
    with pytest.raises(Problem, match=r"firmware_order\.no_such_release"):
        WN_G54.contains(Range.before("1.03"), "0.9-oem")


def test_an_unknown_range_says_neither_yes_nor_no() -> None:
    with pytest.raises(Problem, match=r"firmware_order\.range_not_known"):
        WN_G54.contains(Range.unknown(), "1.01")
    with pytest.raises(Problem, match=r"firmware_order\.range_not_known"):
        WN_G54.releases_in(Range.unknown())


def test_each_end_that_is_not_listed_is_named() -> None:
    problems = WN_G54.problems(Range.between("0.1", "9.9"))
    assert [(p.code, p.parameters["text"]) for p in problems] == [
        ("firmware_order.no_such_release", "0.1"),
        ("firmware_order.no_such_release", "9.9"),
    ]


def test_ends_the_wrong_way_round_are_a_problem() -> None:
    assert [p.code for p in WN_G54.problems(Range.between("1.03", "1.01"))] == ["firmware_order.backwards"]
    assert WN_G54.releases_in(Range.between("1.03", "1.01")) == ()


@pytest.mark.parametrize(
    ("versions", "ja", "en"),
    [
        (Range.before("1.03"), "1.03より前のバージョン", "versions before 1.03"),
        (Range.all(), "すべてのバージョン", "all versions"),
        (Range.up_to("1.10"), "1.10およびそれ以前", "1.10 and earlier"),
        (Range.since("2.00"), "2.00およびそれ以降", "2.00 and later"),
        (Range.between("1.00", "1.10"), "1.00から1.10まで", "1.00 to 1.10"),
        (Range.exactly("1.00.008_SE"), "1.00.008_SE", "1.00.008_SE"),
        (Range.unknown(), "影響を受けるバージョンは調査中", "affected versions under investigation"),
    ],
)
def test_a_range_reads_as_an_advisory_would_say_it(versions: Range, ja: str, en: str) -> None:
    assert (versions.words("ja"), versions.words("en-GB"), versions.words("fr")) == (ja, en, en)


@pytest.mark.parametrize("form", list(Form))
def test_a_range_takes_no_more_and_no_fewer_ends_than_its_form_asks_for(form: Form) -> None:
    taken = []
    for low, high in (("", ""), ("1", ""), ("", "2"), ("1", "2")):
        with suppress(Problem):
            taken.append(Range(form, low, high))
    assert len(taken) == 1
    assert taken[0].form is form


def test_a_form_nobody_knows_is_refused() -> None:
    with pytest.raises(Problem, match=r"firmware_order\.ends_wrong"):
        Range.from_json({"form": "semver", "low": "1", "high": "2"})


def test_a_release_without_text_is_refused() -> None:
    with pytest.raises(Problem, match=r"firmware_order\.no_text"):
        Line((ReleaseName(" "),))
