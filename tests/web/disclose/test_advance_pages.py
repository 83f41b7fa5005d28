"""A copy of the document before it is public, at the doors."""

import json

import pytest

from okiagari.disclose import queries
from okiagari.disclose.models import Advisory
from okiagari.problems import Problem
from okiagari.standards import csaf
from tests.disclose.story import Story
from tests.web.cases.conftest import Enter


@pytest.mark.django_db(transaction=True)
def test_a_copy_is_downloaded_until_it_is_public_by_those_who_see_the_draft(
    story: Story, enter: Enter
) -> None:
    member, number = enter(story.member), story.advisory
    assert "A copy before publication" in member.get(f"/advisories/{number}/formats/").text
    answer = member.get(f"/advisories/{number}/advance/?language=en&tlp=AMBER%2BSTRICT")
    made = json.loads(answer.content)
    assert "TLP:AMBER+STRICT" in made["document"]["distribution"]["text"]
    assert f'filename="{csaf.file_name(made["document"]["tracking"]["id"])}"' in answer["Content-Disposition"]
    address = f"/api/v1/advisories/{number}/advance?language=ja&tlp="
    assert json.loads(member.get(f"{address}RED").content)["document"]["lang"] == "ja"
    assert member.get(f"{address}CLEAR").status_code == 422
    assert member.get(f"{address}RED&version=2.1").status_code == 404  # the draft is switched off
    assert enter(story.house.support).get(f"{address}RED").status_code == 404
    Advisory.objects.update(state="published")
    assert member.get(f"{address}RED").status_code == 409
    assert "A copy before publication" not in member.get(f"/advisories/{number}/formats/").text
    with pytest.raises(Problem, match="no edition to come"):
        queries.advance_copy(story.member, number, language="ja")
