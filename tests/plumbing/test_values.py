"""Ids, fields, the clock, plain values and wording: small things that everything stands on."""

import re
from datetime import UTC, date, datetime, timedelta, timezone
from enum import StrEnum
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from okiagari.cases.models import Case
from okiagari.desk import scopes
from okiagari.desk.models import Organisation
from okiagari.plumbing import clock, fields, ids, wording
from okiagari.plumbing.models import Job
from okiagari.plumbing.plain import plain
from okiagari.problems import Kind, define, definitions, several
from okiagari.standards.localtext import LocalText
from okiagari.standards.partialdate import PartialDate

# ids


def test_public_ids_are_random_and_tell_nothing_of_their_neighbours() -> None:
    with clock.at(datetime(2026, 3, 1, tzinfo=UTC)):
        made = {ids.fresh("OKI") for _ in range(2000)}
    assert len(made) > 1990
    assert all(re.fullmatch(r"OKI-26-[0-9A-HJKMNP-TV-Z]{5}", each) for each in made)
    used = {letter for each in made for letter in each[-5:]}
    assert used == set(ids.ALPHABET), "every letter of the alphabet turns up"


@pytest.mark.parametrize("typed", ["OKI-26-7K310", "oki-26-7k310", "  oki-26-7K3IO ", "OKI-26-7K3lo"])
def test_an_id_is_found_however_somebody_typed_it(typed: str) -> None:
    assert ids.folded(typed) == "OKI-26-7K310"


def test_folding_leaves_the_prefix_alone() -> None:
    assert ids.folded("oil-26-0i1lo") == "OIL-26-01110"


@given(st.text())
def test_anything_typed_folds_to_something_and_folds_to_itself(typed: str) -> None:
    folded = ids.folded(typed)
    assert ids.folded(folded) == folded


def test_secrets_are_long_and_differ() -> None:
    made = {ids.secret() for _ in range(100)}
    assert len(made) == 100
    assert min(map(len, made)) >= 43


# the clock


def test_the_clock_stands_still_inside_the_block_and_runs_outside() -> None:
    noon = datetime(2015, 8, 18, 12, tzinfo=timezone(timedelta(hours=9)))
    with clock.at(noon):
        assert clock.now() == noon
        assert clock.now().tzinfo is UTC
        assert clock.is_set()
        with clock.at(noon + timedelta(days=1)):
            assert clock.now() == noon + timedelta(days=1)
        assert clock.now() == noon
    assert not clock.is_set()
    assert clock.now() > noon


def test_the_clock_runs_again_after_an_error() -> None:
    with pytest.raises(ZeroDivisionError), clock.at(datetime(2015, 1, 1, tzinfo=UTC)):
        raise ZeroDivisionError
    assert not clock.is_set()


def test_today_is_the_date_of_a_zone() -> None:
    with clock.at(datetime(2015, 8, 17, 15, 30, tzinfo=UTC)):
        assert clock.today(ZoneInfo("Asia/Tokyo")) == date(2015, 8, 18)
        assert clock.today(UTC) == date(2015, 8, 17)


def test_an_instant_without_a_zone_is_refused() -> None:
    naive = datetime(2015, 8, 18)  # noqa: DTZ001 - that is the point
    with pytest.raises(ValueError, match="zone"), clock.at(naive):
        pass


# fields

texts = st.dictionaries(st.sampled_from(("ja", "en")), st.text(), max_size=2)
local_texts = st.builds(
    LocalText, texts, st.sampled_from(("", "ja", "en")), st.frozensets(st.sampled_from(("ja", "en")))
)


@st.composite
def partial_dates(draw: st.DrawFn) -> PartialDate:
    day = draw(st.dates(date(1970, 1, 1), date(2100, 1, 1)))
    depth = draw(st.integers(0, 3))
    part = draw(st.sampled_from(("", "early", "mid", "late"))) if depth in (1, 2) else ""
    given = (day.year, day.month, day.day)[:depth]
    return PartialDate(*given, *(None,) * (3 - depth), part=part)  # type: ignore[misc]


class TestRoundTrips(TestCase):
    @given(local_texts)
    def test_a_text_in_several_languages_comes_back_as_it_went_in(self, text: LocalText) -> None:
        text = LocalText({name: words.replace("\x00", "") for name, words in text.texts.items()}, text.source)
        principal = scopes.principal_of("organisation", "maker")
        Organisation.objects.update_or_create(
            key="maker", defaults={"kind": "maker", "name": text, "principal": principal}
        )
        read = Organisation.objects.get(key="maker").name
        assert (read, read.source, read.stale) == (text, text.source, text.stale)

    @given(partial_dates())
    def test_a_date_as_far_as_it_is_known_comes_back_no_more_exact(self, when: PartialDate) -> None:
        assert PartialDate.parse(fields.PartialDateField().get_prep_value(when)) == when
        assert fields.PartialDateField().from_db_value(str(when)) == when

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.text(),
            lambda x: st.lists(x) | st.dictionaries(st.text(), x),
            max_leaves=5,
        )
    )
    def test_json_comes_back_as_it_went_in(self, value: object) -> None:
        job = Job.objects.create(kind="x", run_at=clock.now(), payload=value)
        job.refresh_from_db()
        assert job.payload == value


@pytest.mark.django_db
def test_a_text_set_as_a_plain_word_is_japanese() -> None:
    principal = scopes.principal_of("organisation", "maker")
    Organisation.objects.create(key="maker", kind="maker", name="サンプル", principal=principal)
    assert Organisation.objects.get().name == LocalText.of(ja="サンプル")


@pytest.mark.django_db
def test_a_public_id_is_made_at_the_first_save_and_stays() -> None:
    scope = scopes.opened("case")
    case = Case.objects.create(
        scope=scope, title=LocalText.of(ja="x"), kinds=["product"], opened_at=clock.now()
    )
    made = case.public_id
    assert made.startswith("OKI-")
    case.save()
    case.refresh_from_db()
    assert case.public_id == made


@pytest.mark.django_db
def test_a_public_id_that_exists_already_is_made_anew(monkeypatch: pytest.MonkeyPatch) -> None:
    scope = scopes.opened("case")
    drawn = iter(["OKI-26-AAAAA", "OKI-26-AAAAA", "OKI-26-BBBBB"])
    monkeypatch.setattr(fields.ids, "fresh", lambda prefix: next(drawn))
    made = [
        Case.objects.create(scope=scope, title="x", kinds=["product"], opened_at=clock.now()).public_id
        for _ in range(2)
    ]
    assert made == ["OKI-26-AAAAA", "OKI-26-BBBBB"]


# plain values


class Colour(StrEnum):
    RED = "red"


def test_values_of_the_house_become_plain_json_values() -> None:
    given = {
        "text": LocalText.of(ja="赤", en="Red"),
        "date": PartialDate.parse("2013-09"),
        "unknown": PartialDate(),
        "colour": Colour.RED,
        "at": datetime(2015, 8, 18, 3, tzinfo=UTC),
        "day": date(2015, 8, 18),
        "path": Path("a/b"),
        "within": timedelta(hours=26),
        "told": wording.Told("x", "m", "h"),
        ("WN-G54/R2", "VUL-1"): {3},
    }
    assert plain(given) == {
        "text": {"ja": "赤", "en": "Red"},
        "date": "2013-09",
        "unknown": None,
        "colour": "red",
        "at": "2015-08-18T03:00:00+00:00",
        "day": "2015-08-18",
        "path": "a/b",
        "within": "P1DT02H00M00S",
        "told": {"code": "x", "message": "m", "hint": "h", "field": None, "parts": []},
        "WN-G54/R2|VUL-1": [3],
    }


# wording

_SAMPLE = definitions().get("tests.sample") or define(
    "tests.sample", Kind.INVALID, "There is no %(thing)s.", "Look at %(name)s."
)


def test_a_problem_is_said_in_the_readers_language() -> None:
    from okiagari.desk.permits import NOTHING_HERE

    with translation.override("en"):
        english = wording.told(NOTHING_HERE())
    with translation.override("ja"):
        japanese = wording.told(NOTHING_HERE())
    assert english.message == "There is nothing here."
    assert japanese.message != english.message
    assert re.search(r"[ぁ-ん]", japanese.message + japanese.hint)


def test_texts_among_the_parameters_are_said_in_the_readers_language() -> None:
    problem = _SAMPLE(thing=LocalText.of(ja="赤", en="red"), name={"texts": {"ja": "青", "en": "blue"}})
    with translation.override("en"):
        assert wording.told(problem).message == "There is no red."
        assert wording.told(problem).hint == "Look at blue."
    with translation.override("ja"):
        assert wording.told(problem).message == "There is no 赤."


def test_several_problems_keep_their_fields() -> None:
    parts = [_SAMPLE(thing="a", name="b").at("title"), _SAMPLE(thing="c", name="d").at("text")]
    told = wording.told(several(parts))
    assert [(part.field, part.message) for part in told.parts] == [
        ("title", "There is no a."),
        ("text", "There is no c."),
    ]


def test_a_code_belongs_to_one_problem() -> None:
    with pytest.raises(ValueError, match="defined twice"):
        define("tests.sample", Kind.INVALID, "", "")


def test_every_problem_says_what_to_do_next() -> None:
    for definition in definitions().values():
        assert definition.message.strip(), definition.code
        assert definition.hint.strip(), definition.code
