"""Papers for the house: what may be said depends on what is public, and on what was approved."""

from datetime import timedelta

import pytest

from okiagari.desk.subjects import Role
from okiagari.disclose import actions as disclose
from okiagari.disclose import queries
from okiagari.disclose.queries import SheetView
from okiagari.plumbing import clock
from okiagari.problems import Problem
from okiagari.standards.localtext import LocalText
from tests.disclose.story import Story
from tests.factories import person

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

    # whoever answers for it may read it now, in or out of the case: what is public, and nothing else
    speaker = person("speaker", Role.PR)
    for reader, kind in ((story.house.support, "briefing"), (speaker, "press")):
        theirs = queries.sheet(reader, story.advisory, kind=kind, language="en")
        assert (words(theirs), theirs.source, theirs.is_inside) == (words(sheet(kind)), "published", False)
        (row,) = queries.sheets(reader, text="wn-g54/r2").items
        assert kind in row.kinds
    assert queries.sheets(story.house.support).items[0].kinds == ("briefing",)
    with pytest.raises(Problem, match="roles do not allow"):
        queries.sheet(story.house.support, story.advisory, kind="press", language="en")

    # what is typed afterwards is said by nobody before it is approved
    view = queries.advisory(story.member, story.advisory)
    secret = LocalText.of(ja="秘密", en="Secret")
    disclose.write(story.member, story.advisory, version=view.version, summary=secret)
    assert "Secret" not in words(sheet("briefing")) + words(sheet("press"))
    assert not queries.sheets(speaker, text="Secret").items
    story.approved()
    disclose.publish(story.member, story.advisory, at=clock.now() + timedelta(days=3))
    assert sheet("press").out_at is not None
    assert queries.sheet(speaker, story.advisory, kind="press", language="en").out_at is None


def test_who_may_not_see_the_case_sees_no_sheet_before_it_is_public(story: Story) -> None:
    assert queries.sheets(story.house.support).total == 0
    for subject, advisory in ((story.house.support, story.advisory), (story.member, "ADV-15-00000")):
        with pytest.raises(Problem):
            queries.sheet(subject, advisory, kind="briefing", language="ja")
    with pytest.raises(Problem):
        queries.sheet(story.member, story.advisory, kind="minutes", language="ja")
