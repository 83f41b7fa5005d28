"""When a record may go, and when something is tried again: the laws, for any times."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from okiagari.disclose.cve import rules
from okiagari.disclose.cve.problems import NOT_OUT, NOT_THERE_YET
from okiagari.problems import Problem

TIMES = st.datetimes(datetime(2026, 1, 1), datetime(2026, 12, 31), timezones=st.just(UTC))  # noqa: DTZ001
STATES = st.sampled_from(["scheduled", "publishing", "published", "cancelled", "failed"])
IDS = st.lists(st.integers(1000, 1020).map(lambda n: f"CVE-2026-{n}"), unique=True, max_size=8)


@examples(max_examples=60)
@given(
    st.builds(rules.Out, STATES, st.none() | TIMES, st.booleans(), st.booleans(), st.none() | TIMES), TIMES
)
def test_a_record_is_never_earlier_than_the_advisory(edition: rules.Out, now: datetime) -> None:
    published, reached = edition.published_at, edition.reached_at
    is_out = edition.state == "published" and published is not None and published <= now
    may_go = is_out and not edition.is_withdrawal
    is_there = not edition.goes_elsewhere or (reached is not None and reached <= now)
    if may_go and is_there:
        rules.check_out(edition, now)
    else:
        with pytest.raises(Problem) as caught:
            rules.check_out(edition, now)
        assert caught.value.definition is (NOT_THERE_YET if may_go else NOT_OUT)


@examples(max_examples=40)
@given(IDS, IDS, IDS, st.integers(1, 5))
def test_a_lost_answer_brings_only_what_is_new_and_nobody_knows(
    listed: list[str], before: list[str], known: list[str], most: int
) -> None:
    found = rules.lost(listed, before, known, most)
    assert len(found) <= most
    assert not set(found) & {*before, *known}
    assert list(found) == [each for each in listed if each in found]


def test_pauses_grow_and_stay_below_an_hour() -> None:
    pauses = [rules.again_after(attempts) for attempts in range(1, 40)]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1]) == (timedelta(seconds=30), timedelta(hours=1))


@pytest.mark.parametrize(("hours", "is_missed"), [(71, False), (72, True), (100, True)])
def test_a_cited_id_is_missed_after_three_days(hours: int, is_missed: bool) -> None:
    cited = datetime(2026, 11, 1, tzinfo=UTC)
    assert rules.is_missing(cited, None, cited + timedelta(hours=hours)) == is_missed
    assert not rules.is_missing(cited, cited, cited + timedelta(hours=hours))
    assert not rules.is_missing(None, None, cited)
