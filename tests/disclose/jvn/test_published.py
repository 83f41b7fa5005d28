"""After the publication: our address and the published words belong in the report, and each new edition's."""

from pathlib import Path

import pytest
from django.utils.translation import override

from okiagari.disclose import actions
from okiagari.disclose import queries as advisories
from okiagari.disclose.jvn import queries
from tests.disclose.jvn.story import coordinated, untold
from tests.disclose.story import Story

pytestmark = pytest.mark.django_db(transaction=True)
PAGE = "https://maker.example/security/en/sa-2015-001.html"


def test_the_address_and_the_published_words_are_owed_until_told_and_gone_with_the_page(
    story: Story, site: Path
) -> None:
    coordinated(story)
    before = queries.status(story.member, story.case)
    assert "反射攻撃" not in before.texts["ja"], "the words of a draft are nobody's business"
    assert "公表前の情報" in before.texts["ja"]
    actions.report_status(story.member, story.case, version=before.seen)
    story.approved()
    actions.publish(story.member, story.advisory)
    (wait,) = untold(story)
    assert wait.due_at is None, "the clock is met by the publication"
    with override("en"):
        view = queries.status(story.member, story.case)
    assert view.differences == (
        "Statement added",
        "Address of our advisory added: https://maker.example/security/ja/sa-2015-001.html, " + PAGE,
    )
    assert PAGE in view.texts["en"]
    assert "外部から反射攻撃に利用されるおそれがあります。" in view.texts["ja"]
    assert "公表前の情報" not in view.texts["ja"]
    assert 'restriction="public"' in view.documents["ja"]
    actions.report_status(story.member, story.case, way="portal", version=view.seen)
    plan = advisories.plan(story.member, story.advisory)
    assert (plan.vendor_status.now, plan.vendor_status.told) == ("vulnerable", "vulnerable")
    assert untold(story) == []
    actions.withdraw(story.member, story.advisory, reason="誤りがありました。")
    with override("en"):
        view = queries.status(story.member, story.case)
    assert view.differences[0] == "The statement was taken back"
    assert view.differences[1].startswith("Address of our advisory taken back: https://")
