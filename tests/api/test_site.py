"""The published site by program: targets, deliveries, and what an address said at a time."""

import hashlib
import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.test import Client

from okiagari.disclose import actions as disclose
from okiagari.disclose.targets.settings import read
from okiagari.plumbing import jobs
from tests.disclose.conftest import site, story
from tests.disclose.story import Story

__all__ = ["site", "story"]
pytestmark = pytest.mark.django_db(transaction=True)


def test_a_program_sees_targets_sends_again_and_reads_the_archive(
    story: Story, site: Path, tmp_path: Path, settings: LazySettings, client: Client
) -> None:
    text = f'[[target]]\nname = "web"\nkind = "folder"\npath = "{tmp_path / "www"}"\npublic = true\n'
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, targets=read(text), data=tmp_path / "data")
    story.approved()
    disclose.publish(story.member, story.advisory)
    from okiagari.desk.models import Person

    client.force_login(Person.objects.get(username=story.member.key))

    def get(path: str, **asked: str) -> dict[str, object]:
        answer = client.get(f"/api/v1{path}", asked)
        assert answer.status_code == 200, answer.text
        return json.loads(answer.content)  # type: ignore[no-any-return]

    (target,) = get("/targets")["items"]  # type: ignore[misc]
    assert (target["name"], target["state"], target["waits"]) == ("web", "queued", ["SA-2015-001#1"])
    jobs.run_due()
    (delivery,) = get("/targets/deliveries", target="web")["items"]  # type: ignore[misc]
    assert (delivery["state"], delivery["brought"]) == ("done", ["SA-2015-001#1"])
    again = client.post("/api/v1/targets/web/send", content_type="application/json")
    assert again.status_code == 202
    assert client.post("/api/v1/targets/elsewhere/send", content_type="application/json").status_code == 404
    (tree,) = get("/archive/trees")["items"]  # type: ignore[misc]
    assert tree["brought"] == ["SA-2015-001#1"]
    found = get("/archive/addresses", text="index.txt", limit="1")
    assert found["total"] == 1
    said = get("/archive/said", address="csaf/index.txt")
    assert get("/archive/history", address="csaf/index.txt")["items"] == [said]
    body = b"".join(client.get(f"/api/v1/archive/files/{said['sha256']}"))
    assert hashlib.sha256(body).hexdigest() == said["sha256"]
    nothing = client.get("/api/v1/archive/said", {"address": "csaf/index.txt", "at": "2001-01-01T00:00:00Z"})
    assert (nothing.status_code, nothing.json()["code"]) == (404, "disclose.never_out")
    proof = client.post("/api/v1/archive/verifications", content_type="application/json").json()
    assert (proof["is_whole"], proof["trees"], proof["findings"]) == (True, 1, [])
    client.force_login(Person.objects.get(username="partner"))
    for path in ("/targets", "/targets/deliveries", "/archive/trees", f"/archive/files/{said['sha256']}"):
        assert client.get(f"/api/v1{path}").status_code == 403
