"""Two people tell JPCERT/CC at the same instant: one report is told, and the other person hears of it."""

import pytest

from okiagari.cases import queries as case_files
from okiagari.disclose import actions
from okiagari.disclose.jvn import queries
from okiagari.problems import Problem
from tests.disclose.jvn.story import coordinated
from tests.disclose.story import Story
from tests.disclose.test_race import together

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.postgres]


def test_of_two_people_who_tell_at_the_same_instant_one_does(story: Story) -> None:
    seen = queries.status(coordinated(story).member, story.case).seen

    def tell() -> None:
        actions.report_status(story.member, story.case, version=seen)

    (raised,) = together(tell, tell)
    assert isinstance(raised, Problem)
    assert raised.code == "disclose.status_told_meanwhile"
    assert len(queries.reports(story.member, story.case)) == 1
    assert len(case_files.communications(story.member, story.case)) == 1
