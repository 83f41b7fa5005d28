"""An advisory that went out elsewhere before goes on counting: numbers, dates and documents."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from okiagari.disclose import actions as disclose
from okiagari.disclose import publisher
from okiagari.disclose.models import Advisory
from okiagari.disclose.rules import history
from okiagari.disclose.site import csaf_document
from okiagari.problems import Problem
from okiagari.standards import csaf
from okiagari.standards.localtext import LocalText
from tests.disclose.story import Story
from tests.factories import text


@pytest.mark.parametrize(
    ("numbers", "kept", "following"),
    [
        (["1", "2", "3"], (0, 1, 2), ["4", "5"]),
        (["1.0.0", "1.1.0", "2.0.0"], (0, 1, 2), ["3.0.0", "4.0.0"]),
        (["0", "1", "2"], (1, 2), ["3"]),
        (["0.9.0", "1.0.0"], (1,), ["2.0.0"]),
        (["1", "2", "2"], (0, 1), ["3"]),
        (["1.0.0-rc1", "1.0.0"], (1,), ["2.0.0"]),
        (["draft", "1"], (1,), ["2"]),
        (["1", "final"], (), ["1"]),
        ([], (), ["1", "2"]),
    ],
)
def test_whole_numbers_and_semantic_versions_go_on_counting_and_drafts_do_not_count(
    numbers: list[str], kept: tuple[int, ...], following: list[str]
) -> None:
    assert history.told(numbers) == kept
    told = [numbers[place] for place in kept]
    labels = [history.label(told, len(told) + step) for step in range(1, len(following) + 1)]
    assert labels == following


@given(st.lists(st.integers(1, 50), max_size=6, unique=True).map(sorted), st.integers(1, 5))
def test_no_number_is_ever_told_twice(numbers: list[int], more: int) -> None:
    told = [str(each) for each in numbers]
    labels = [history.label(told, number) for number in range(1, len(told) + more + 1)]
    assert [int(each) for each in labels] == sorted({int(each) for each in labels})


PUBLISHES = pytest.mark.django_db(transaction=True)


def earlier(*numbers: str) -> list[disclose.Earlier]:
    return [
        disclose.Earlier(number, datetime(2009 + place, 4, 1, tzinfo=UTC), text("旧版", "Earlier"))
        for place, number in enumerate(numbers)
    ]


@PUBLISHES
@pytest.mark.parametrize(
    ("numbers", "expected"), [(("1", "2"), "3"), (("1.0.0", "1.2.0"), "2.0.0")], ids=["whole", "semantic"]
)
def test_the_first_edition_from_here_is_the_next_one(
    story: Story, site: Path, numbers: tuple[str, ...], expected: str
) -> None:
    assert disclose.continue_history(story.member, story.advisory, editions=earlier(*numbers)) == 2
    story.approved()
    disclose.publish(story.member, story.advisory)
    (entry,) = publisher.entries()
    assert [each.called for each in entry.editions] == [*numbers, expected]
    document = csaf_document.document(entry, publisher.site(), "ja").document
    tracking = json.loads(csaf.to_bytes(document))["document"]["tracking"]
    assert tracking["initial_release_date"] == "2009-04-01T00:00:00Z"
    assert [each["number"] for each in tracking["revision_history"]] == [*numbers, expected]
    assert tracking["version"] == expected
    assert csaf.validate(document) == ()
    assert (site / "current" / "csaf" / "2009").is_dir()
    assert Advisory.objects.get(public_id=story.advisory).publications.get().number == 3


def test_a_history_is_taken_over_once_and_nothing_of_the_future(story: Story) -> None:
    late = disclose.Earlier("2", datetime(2999, 1, 1, tzinfo=UTC), LocalText({"ja": "先"}))
    assert disclose.continue_history(story.member, story.advisory, editions=[*earlier("1"), late]) == 1
    with pytest.raises(Problem) as caught:
        disclose.continue_history(story.member, story.advisory, editions=earlier("1"))
    assert caught.value.code == "disclose.has_history"
