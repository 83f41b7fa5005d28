"""A replay takes a document in, and goes on with the parts of what it became."""

import json
from pathlib import Path

import pytest

from okiagari.desk.subjects import SYSTEM
from okiagari.disclose.models import Advisory
from okiagari.flow.models import ForeignDocument
from okiagari.replay import player, reading
from okiagari.triage import queries as triage

pytestmark = pytest.mark.once
CSAF = {
    "document": {
        "csaf_version": "2.0",
        "lang": "en",
        "title": "UPnP answers from the Internet side",
        "publisher": {"category": "vendor", "name": "Maker", "namespace": "https://maker.example"},
        "tracking": {
            "id": "SA-2012-004",
            "revision_history": [{"date": "2012-05-01T00:00:00Z", "number": "1", "summary": "First"}],
        },
        "x_house": "red",
    },
    "product_tree": {"full_product_names": [{"name": "WN-G54/R2", "product_id": "P"}]},
    "vulnerabilities": [{"cve": "CVE-2012-1234", "product_status": {"known_affected": ["P"]}}],
}
HOUSE = """\
replay: 1
name: story
title: {en: Story}
teams: [{key: psirt, kind: psirt, name: {en: Team}}]
people: [{username: tanaka, roles: [member], teams: [psirt], name: {en: Tanaka}}]
catalogue: {products: [{model: WN-G54/R2, targets: [{}]}]}
events:
"""


@pytest.mark.django_db
def test_what_a_document_became_is_named_part_by_part(tmp_path: Path) -> None:
    def event(minute: int, deed: str, given: dict[str, object], name: str = "") -> str:
        said = {"at": f"2015-08-01T10:{minute:02}", "by": "tanaka", "do": deed, "with": given}
        return "  - " + json.dumps({**said, **({"as": name} if name else {})}) + "\n"

    content = json.dumps(CSAF)
    path = tmp_path / "story.yaml"
    path.write_text(
        HOUSE
        + event(0, "flow.read_document", {"name": "sa.json", "content": content}, "read")
        + event(1, "flow.take_own", {"document_id": "$read"}, "taken")
        + event(2, "flow.look_at", {"document_id": "$read", "items": [1]})
        + event(3, "cases.close_case", {"case_id": "$taken.case", "reason": "past"})
    )
    player.play(reading.read(path))
    draft = Advisory.objects.get(tracking_id="SA-2012-004")
    row = ForeignDocument.objects.get()
    assert row.case is not None
    assert row.case.closed_at is not None
    assert row.advisory == draft
    assert row.unread[0]["seen_by"] == "tanaka"
    (cell,) = triage.grid(SYSTEM, row.case.public_id).cells.values()
    assert cell.state == "affected"
