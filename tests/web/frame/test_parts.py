"""The tags of the pages: what they show for which value."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from django import forms
from django.template import Context, Template
from django.utils import timezone, translation

from okiagari.plumbing import clock as wall
from okiagari.problems import Definition, Kind, several
from okiagari.standards.localtext import LocalText
from okiagari.standards.partialdate import PartialDate
from okiagari.web.frame import icons, words
from okiagari.web.frame.values import Cell, Clock, LogLine, Pages, Step, Tab, Who

NOW = datetime(2015, 8, 17, 5, 20, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_tokyo_on_a_monday() -> Iterator[None]:
    with wall.at(NOW), timezone.override(ZoneInfo("Asia/Tokyo")), translation.override("en"):
        yield


def shown(tag: str, **values: object) -> str:
    return Template("{% load okiagari %}" + tag).render(Context(values))


def test_an_instant_is_shown_with_its_zone_and_how_far_it_is() -> None:
    text = shown("{% instant at %}", at=datetime(2015, 8, 18, 1, 0, tzinfo=UTC))
    assert "2015-08-18 10:00 JST" in text
    assert "in 19 hours" in text
    assert 'datetime="2015-08-18T10:00:00+09:00"' in text


def test_a_clock_that_was_set_is_not_moved_on_by_the_browser() -> None:
    assert "data-relative" not in shown("{% instant at %}", at=NOW)


@pytest.mark.parametrize(
    ("left", "mark"),
    [(timedelta(hours=-1), "is-late"), (timedelta(hours=3, minutes=59), "is-soon"), (timedelta(hours=5), "")],
)
def test_a_due_time_is_marked_when_soon_or_late(left: timedelta, mark: str) -> None:
    text = shown("{% due at %}", at=NOW + left)
    assert [name for name in ("is-late", "is-soon") if name in text] == ([mark] if mark else [])


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (20, "now"),
        (90, "in 1 minute"),
        (-3600, "1 hour ago"),
        (47 * 3600, "in 47 hours"),
        (-2 * 86400, "2 days ago"),
        (70 * 86400, "in 2 months"),
        (-729 * 86400, "24 months ago"),
        (-730 * 86400, "2 years ago"),
        (11.2 * 365 * 86400, "in 11 years"),
    ],
)
def test_how_far_away_an_instant_is(seconds: int, text: str) -> None:
    assert words.relative(NOW + timedelta(seconds=seconds), NOW) == text


@pytest.mark.parametrize(
    ("date", "en", "ja"),
    [
        ("late 2016-10", "late October 2016", "2016年10月下旬"),
        ("2013-09", "September 2013", "2013年9月"),
        ("2015-08-18", "18 August 2015", "2015年8月18日"),
        ("early 2003", "early 2003", "2003年初め"),
        ("2004", "2004", "2004年"),
    ],
)
def test_a_date_is_said_as_far_as_it_is_known(date: str, en: str, ja: str) -> None:
    value = PartialDate.parse(date)
    assert words.partial(value) == en
    with translation.override("ja"):
        assert words.partial(value) == ja


def test_a_month_is_machine_readable_too() -> None:
    assert 'datetime="2016-10"' in shown("{% partialdate at %}", at=PartialDate.parse("late 2016-10"))


def test_an_unknown_date_is_said_to_be_unknown() -> None:
    assert "<time" not in shown("{% partialdate at %}", at=PartialDate())


def test_a_text_in_the_readers_language_stands_without_mark() -> None:
    assert shown("{% local text %}", text=LocalText.of(ja="使用停止", en="Stop using")) == "Stop using"


def test_a_text_in_another_language_says_so_and_carries_its_language() -> None:
    text = shown("{% local text %}", text=LocalText.of(ja="使用停止"))
    assert '<span lang="ja">使用停止</span>' in text
    assert "Japanese only" in text


def test_a_translation_older_than_its_source_says_so() -> None:
    value = LocalText.of(ja="一", en="one").written("ja", "二")
    assert "older than the Japanese text" in shown("{% local text %}", text=value)
    assert shown("{% local text mark=False %}", text=value) == "one"


def test_a_text_is_never_markup() -> None:
    hostile = LocalText.of(en="<b>x</b>", ja="<i>x</i>")
    assert shown("{% local text %}", text=hostile) == "&lt;b&gt;x&lt;/b&gt;"
    with translation.override("ja"):
        assert "<i>" not in shown("{% local text %}", text=hostile)


@pytest.mark.parametrize("step", ["none", "low", "medium", "high", "critical"])
def test_severity_has_a_word_and_a_shape(step: str) -> None:
    text = shown("{% severity step %}", step=step)
    assert f"is-{step}" in text
    assert "<svg" in text
    assert text.rsplit("</svg>")[1].removesuffix("</span>").strip()


def test_no_severity_is_not_judged() -> None:
    assert "not judged" in shown("{% severity step %}", step=None)


ANCHOR = NOW - timedelta(days=10)


@pytest.mark.parametrize(
    ("clock", "state"),
    [
        (Clock("c", ANCHOR, NOW + timedelta(days=1)), "running"),
        (Clock("c", ANCHOR, NOW + timedelta(hours=4)), "soon"),
        (Clock("c", ANCHOR, NOW - timedelta(seconds=1)), "late"),
        (Clock("c", ANCHOR, NOW, done=NOW), "met"),
        (Clock("c", ANCHOR, NOW - timedelta(days=1), done=NOW), "missed"),
        (Clock("c", ANCHOR, NOW - timedelta(days=1), is_stopped=True), "stopped"),
    ],
)
def test_a_clock_knows_its_state(clock: Clock, state: str) -> None:
    assert clock.state(NOW) == state
    assert f'"o-clock is-{state}"' in shown("{% clock value %}", value=clock)


def test_the_gauge_of_a_clock_runs_from_anchor_to_due() -> None:
    text = shown("{% clock value %}", value=Clock("c", ANCHOR, NOW + timedelta(days=10)))
    assert '<rect class="g-run" y="2" width="50.0%"' in text


def test_an_extension_shows_the_first_due_time_on_the_gauge() -> None:
    value = Clock("c", ANCHOR, NOW + timedelta(days=10), first_due=NOW - timedelta(days=5))
    text = shown("{% clock value %}", value=value)
    assert '<rect class="g-due" x="25.0%"' in text
    assert "extended from" in text


def test_a_clock_without_length_is_full_and_not_an_error() -> None:
    assert Clock("c", NOW, NOW).share(NOW) == 1


def test_the_step_a_case_stands_at_is_said_by_ear_too() -> None:
    text = shown("{% steps row %}", row=[Step("Received", "done"), Step("Publication", "here", "08-18")])
    assert text.count('aria-current="step"') == 1
    assert '<li class="is-here" aria-current="step"><span>Publication</span><small>08-18</small>' in text


def test_a_log_has_one_heading_for_each_day_of_the_reader() -> None:
    ann = Who("Ann")
    lines = [
        LogLine(datetime(2015, 8, 17, 2, 0, tzinfo=UTC), ann, "b", "web"),
        LogLine(datetime(2015, 8, 16, 15, 30, tzinfo=UTC), ann, "a", "API"),
        LogLine(datetime(2015, 8, 16, 2, 0, tzinfo=UTC), ann, "0", "API"),
    ]
    text = shown("{% log lines %}", lines=lines)
    assert text.count('class="is-day"') == 2
    assert "00:30 JST" in text


@pytest.mark.parametrize(
    ("name", "initials"), [("Sato Misaki", "SM"), ("佐藤 美咲", "佐"), ("Ann", "A"), ("", "")]
)
def test_a_person_has_initials(name: str, initials: str) -> None:
    assert Who(name).initials == initials


@pytest.mark.parametrize("state", ["undecided", "investigating", "affected", "not-affected", "fixed"])
def test_a_cell_has_a_word_and_a_shape(state: str) -> None:
    text = shown("{% cell value %}", value=Cell(state, is_inherited=True))
    assert f"o-cell is-{state} is-inherited" in text
    assert "<svg" in text
    assert "(inherited)" in text


def test_the_open_tab_is_marked_for_the_ear() -> None:
    text = shown("{% tabs row 'Case' %}", row=[Tab("A", "/a", is_here=True), Tab("B", "/b", count=3)])
    assert '<a href="/a" aria-current="page">A</a>' in text
    assert "3" in text


def test_a_list_of_one_page_has_no_page_links() -> None:
    assert "<nav" not in shown("{% pages value %}", value=Pages())
    assert 'rel="next" href="?c=x"' in shown("{% pages value %}", value=Pages(next="?c=x"))


def test_a_problem_says_what_and_what_now_for_itself_and_its_parts() -> None:
    late = Definition("x.late", Kind.INVALID, "“%(text)s” is too late.", "Choose an earlier day.")
    text = shown("{% problem value %}", value=several([late(text="<2016>")]))
    assert "Some of the input cannot be used." in text
    assert "&lt;2016&gt;” is too late. Choose an earlier day." in text
    assert 'role="alert"' in text


class AskForm(forms.Form):
    use_required_attribute = False
    model = forms.CharField(help_text="On the label.")
    seen = forms.ChoiceField(choices=[("y", "Yes"), ("n", "No")], widget=forms.RadioSelect, required=False)
    credit = forms.BooleanField(required=False)


def test_a_field_binds_its_hint_and_its_error_to_the_control() -> None:
    form = AskForm({"model": ""})
    text = shown("{% field form.model %}", form=form)
    assert 'aria-describedby="id_model_helptext id_model_error"' in text
    assert 'id="id_model_helptext">On the label.' in text
    assert 'id="id_model_error"' in text
    assert 'aria-invalid="true"' in text
    assert "is-wrong" in text


def test_radio_answers_become_segments_in_a_group_with_a_legend() -> None:
    text = shown("{% field form.seen segmented=True %}", form=AskForm())
    assert "<fieldset" in text
    assert "<legend>Seen" in text
    assert text.count('type="radio"') == 2
    assert 'class="o-seg"' in text


def test_a_check_box_stands_before_its_label() -> None:
    text = shown("{% field form.credit %}", form=AskForm())
    assert text.index('type="checkbox"') < text.index("<label")


def test_every_drawing_is_well_formed_and_hidden_from_the_ear() -> None:
    from xml.etree import ElementTree as ET

    for kind in ("icon", "severity", "cell", "mark"):
        for name in icons.names(kind):
            root = ET.fromstring(icons.drawing(name, kind=kind))
            assert root.get("aria-hidden") == "true"
            assert len(root) > 0
