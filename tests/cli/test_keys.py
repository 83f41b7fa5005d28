"""``okiagari keys``: what is published is signed by the key of today, at once."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import LazySettings
from typer.testing import CliRunner

from okiagari.cli.main import app
from okiagari.disclose import actions as disclose
from okiagari.disclose import publisher
from okiagari.problems import Problem
from okiagari.standards import openpgp
from tests.disclose.conftest import site, story
from tests.disclose.story import Story

__all__ = ["site", "story"]
pytestmark = pytest.mark.django_db(transaction=True)
PASSPHRASE = "a passphrase for tests only"
NAME = ("--name", "PSIRT <psirt@maker.example>")


def keys(*words: str) -> list[dict[str, str]]:
    told = CliRunner().invoke(app, ["keys", *words, "--json"])
    assert told.exit_code == 0, told.exception
    assert PASSPHRASE not in told.output
    return json.loads(told.stdout)  # type: ignore[no-any-return]


def signer(tree: Path) -> str:
    """Who signed the document, by the keys that the tree shows; "" where nobody did."""
    document = next(tree.glob("csaf/*/sa-2015-001.json"))
    signature = Path(f"{document}.asc")
    shown = [openpgp.public(path.read_bytes()) for path in tree.glob("csaf/openpgp/*.asc")]
    return openpgp.verify(document.read_bytes(), signature.read_bytes(), shown) if signature.exists() else ""


def test_created_rotated_and_retired_what_is_published_follows(
    story: Story, site: Path, settings: LazySettings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, data=tmp_path, key_passphrase=PASSPHRASE)
    story.approved()
    disclose.publish(story.member, story.advisory)
    tree = site / "current"
    assert signer(tree) == ""
    (first,) = keys("create", *NAME)
    assert signer(tree) == first["fingerprint"]
    with monkeypatch.context() as patch:
        patch.setattr(publisher, "refresh", lambda: 1 / 0)
        assert CliRunner().invoke(app, ["keys", "rotate", *NAME]).exit_code == 1
    assert [each["state"] for each in keys("list")] == ["signs"]
    (second,) = keys("rotate", *NAME)
    assert signer(tree) == second["fingerprint"]
    assert [each["state"] for each in keys("list")] == ["listed", "signs"]
    assert len(list(tree.glob("csaf/openpgp/*.asc"))) == 2
    assert len(list(tmp_path.glob("keys/*.secret.pgp"))) == 1
    keys("retire", first["fingerprint"], "--unlist")
    assert len(list(tree.glob("csaf/openpgp/*.asc"))) == 1
    refused = CliRunner().invoke(app, ["keys", "retire", second["fingerprint"]])
    assert isinstance(refused.exception, Problem)
    keys("retire", second["fingerprint"], "--stop-signing")
    assert signer(tree) == ""
