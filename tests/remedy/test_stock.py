"""Stock called back or reworked: how much lies where, counted as done over time by those who know."""

from datetime import UTC, date, datetime, timedelta

import pytest

from okiagari.plumbing import clock
from okiagari.remedy import actions, problems, queries
from okiagari.remedy.rules import progress
from tests.disclose.story import Story
from tests.remedy.test_measures import plan, refused

pytestmark = pytest.mark.django_db
NOW = datetime(2016, 10, 28, 3, tzinfo=UTC)


@pytest.fixture
def recall(story: Story) -> str:
    measure = plan(story, "recall", "WN-G54/R2", reason="店頭在庫を回収")
    actions.put_stock(story.member, measure, place="maker", units=1200)
    actions.put_stock(story.member, measure, place="shop", name="量販店A", units=300)
    return measure


def count(story: Story, measure: str, done: int, **more: object) -> None:
    given = {"place": "maker", "source": "物流", **more}
    actions.count_stock(story.member, measure, done=done, **given)  # type: ignore[arg-type]


def test_progress_is_what_the_newest_day_says_at_each_place(story: Story, recall: str) -> None:
    with clock.at(NOW):
        count(story, recall, 900, day=date(2016, 10, 28))
        count(story, recall, 400, day=date(2016, 10, 27))
        count(story, recall, 300, place="shop", name="量販店A", source="営業")
    view = queries.measure(story.member, recall)
    assert view.progress == (1200, 1500)
    (maker, shop) = view.stocks
    assert [(each.done, each.source) for each in maker.counts] == [(900, "物流"), (400, "物流")]
    assert shop.counts[0].day == date(2016, 10, 28)


def test_a_count_that_cannot_be_is_refused(story: Story, recall: str) -> None:
    tomorrow = (clock.now() + timedelta(days=2)).date()
    for more, problem in (
        ({"done": 1201}, problems.MORE_THAN_THERE_IS),
        ({"done": -1}, problems.MORE_THAN_THERE_IS),
        ({"done": 1, "place": "moon"}, problems.NO_SUCH_PLACE),
        ({"done": 1, "place": "shop", "name": "量販店B"}, problems.NO_SUCH_STOCK),
        ({"done": 1, "source": " "}, problems.SOURCE_NEEDED),
        ({"done": 1, "day": tomorrow}, problems.DAY_AHEAD),
    ):
        assert refused(lambda more=more: count(story, recall, **more)) is problem
    assert queries.measure(story.member, recall).progress == (0, 1500)


def test_stock_is_corrected_but_never_below_what_was_done(story: Story, recall: str) -> None:
    count(story, recall, 900)
    correct = lambda units: actions.put_stock(story.member, recall, place="maker", units=units)  # noqa: E731
    assert refused(lambda: correct(899)) is problems.MORE_THAN_THERE_IS
    correct(950)
    assert queries.measure(story.member, recall).progress == (900, 1250)


def test_only_a_recall_or_rework_counts_stock(story: Story) -> None:
    measure = plan(story, "workaround", "WN-G54/R2")
    deed = lambda: actions.put_stock(story.member, measure, place="maker", units=1)  # noqa: E731
    assert refused(deed) is problems.NOT_A_RECALL


def test_a_place_never_counts_for_more_than_lies_there() -> None:
    units = {("maker", ""): 10, ("shop", "A"): 5}
    assert progress(units, {("maker", ""): 99, ("gone", ""): 3}) == (10, 15)
    assert progress({}, {}) == (0, 0)
