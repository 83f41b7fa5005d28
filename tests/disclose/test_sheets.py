"""Papers for the house: what may be said depends on what is public, and on what was approved."""

import pytest

from okiagari.disclose import actions as disclose
from okiagari.disclose import queries
from okiagari.disclose.queries import SheetView
from okiagari.problems import Problem
from okiagari.standards.localtext import LocalText
from tests.disclose.story import Story

pytestmark = pytest.mark.django_db(transaction=True)


def words(sheet: SheetView) -> str:
    parts = [sheet.title]
    for section in sheet.sections:
        parts += [section.title, section.note]
        for item in section.items:
            parts += [item.lead, *item.texts]
    return "\n".join(parts)


def test_sheets_follow_the_advisory_from_draft_to_public(story: Story) -> None:
    """Told once, asked at every step: a story is dear."""

    def sheet(kind: str, language: str = "en") -> SheetView:
        return queries.sheet(story.member, story.advisory, kind=kind, language=language)

    assert sheet("briefing").source == "draft"
    assert "Nothing may be said outside" in words(sheet("briefing"))
    assert "hold this back" in words(sheet("press"))

    version = queries.advisory(story.member, story.advisory).version
    advice = LocalText.of(ja="電源を切ってください。", en="Switch it off.")
    disclose.write(story.member, story.advisory, version=version, advice=advice)
    for kind in ("briefing", "press"):
        assert "Switch it off." in words(sheet(kind))
        assert all(item.texts for section in sheet(kind).sections for item in section.items)

    seal = story.approved()
    approved = sheet("briefing")
    assert (approved.source, approved.seal, approved.is_public) == ("approved", seal, False)
    assert "Nothing may be said outside" in words(approved)

    disclose.publish(story.member, story.advisory)
    public = sheet("briefing")
    assert (public.source, public.seal, public.is_public) == ("published", seal, True)
    said = words(public)
    assert "Nothing may be said outside" not in said
    for fact in ("WN-G54/R2", "versions before 1.03", "NP-BBRS", "ETX2-RA", public.address):
        assert fact in said
    assert "2015" in words(sheet("press"))
    assert "CVE-2015-2984" in words(sheet("press"))
    assert "社外には" not in words(sheet("press", "ja"))
    assert "何が見つかったのですか？" in words(sheet("press", "ja"))

    # what is typed afterwards is said by nobody before it is approved
    view = queries.advisory(story.member, story.advisory)
    secret = LocalText.of(ja="秘密", en="Secret")
    disclose.write(story.member, story.advisory, version=view.version, summary=secret)
    assert "Secret" not in words(sheet("briefing")) + words(sheet("press"))


def test_who_may_not_see_the_case_sees_no_sheet(story: Story) -> None:
    for subject, advisory in ((story.house.support, story.advisory), (story.member, "ADV-15-00000")):
        with pytest.raises(Problem):
            queries.sheet(subject, advisory, kind="briefing", language="ja")
    with pytest.raises(Problem):
        queries.sheet(story.member, story.advisory, kind="minutes", language="ja")
