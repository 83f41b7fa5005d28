"""The case of 2015 with JPCERT/CC as its coordinator, its clock running, and an address to write to."""

from datetime import UTC, datetime

from okiagari.cases import actions as cases
from okiagari.desk import people
from okiagari.desk.subjects import SYSTEM
from okiagari.flow.models import Wait
from okiagari.triage import actions as triage
from okiagari.triage.actions import CellChange
from tests.disclose.story import Story
from tests.factories import text

ANCHOR = datetime(2026, 11, 1, 1, tzinfo=UTC)
TARGETS = ("WN-G54/R2", "NP-BBRS", "ETX2-RA")


def coordinated(story: Story, *, contact: str = "") -> Story:
    """JPCERT/CC is a party and its 45 days run."""
    name = text("JPCERT/CC", "JPCERT/CC")
    people.make_organisation(SYSTEM, "jpcert", kind="coordinator", name=name, contact=contact)
    cases.add_party(
        story.member, story.case, role="coordinator", organisation="jpcert", reference="JVN#17964918"
    )
    cases.start_clock(
        story.member,
        story.case,
        rule="jpcert_publication",
        anchor_at=ANCHOR,
        anchor_source="JVN#17964918",
    )
    return story


def decide(story: Story, target: str, change: CellChange) -> None:
    triage.decide(
        story.member, story.case, cells=[(target, story.flaw)], change=change, reason="確かめました。"
    )


def untold(story: Story) -> list[Wait]:
    """What waits because JPCERT/CC was not told."""
    found = Wait.objects.filter(stream_key=story.case, code__in=("disclose.untold", "disclose.unsent"))
    return list(found.order_by("code", "pk"))
