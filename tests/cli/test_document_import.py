"""``okiagari document import``: a file becomes work in the name of whoever is named, the same file once."""

import json
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from okiagari.cli.main import app
from okiagari.disclose.models import Advisory
from okiagari.flow.models import ForeignDocument
from okiagari.problems import Problem
from tests.disclose.conftest import site
from tests.disclose.story import Story
from tests.flow.importing.conftest import PAST, SUPPLIER, exported, story

__all__ = ["site", "story"]
pytestmark = [pytest.mark.django_db, pytest.mark.once]


def run(*words: object) -> Result:
    return CliRunner().invoke(app, ["document", "import", *map(str, words), "--as", "member", "--json"])


@pytest.fixture
def files(tmp_path: Path, story: Story, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "okiagari.config.settings")
    (tmp_path / "ja.json").write_bytes(exported(story, "ja", x_house="red"))
    (tmp_path / "en.json").write_bytes(exported(story, "en"))
    (tmp_path / "exl.json").write_text(json.dumps(SUPPLIER))
    return tmp_path


def test_both_languages_of_an_advisory_of_the_past_become_one_draft(files: Path) -> None:
    read = run(files / "ja.json")
    assert read.exit_code == 0, read.output
    told = json.loads(read.stdout)
    assert {"location": "/document/x_house", "text": "red"} in told["not_understood"]
    taken = json.loads(run(files / "ja.json", "--whose", "own").stdout)
    assert taken["document"] == told["document"]
    joined = json.loads(run(files / "en.json", "--advisory", taken["advisory"]).stdout)
    assert joined["advisory"] == taken["advisory"]
    draft = Advisory.objects.get(tracking_id=PAST)
    assert draft.languages == ["ja", "en"]
    again = run(files / "ja.json", "--whose", "own")
    assert isinstance(again.exception, Problem)
    assert again.exception.code == "flow.document_taken"


def test_a_suppliers_advisory_becomes_a_report_and_a_match_can_be_named(files: Path) -> None:
    made = json.loads(run(files / "exl.json", "--whose", "supplier", "--case", "new").stdout)
    assert made["report"]
    assert made["case"]
    product = "サンプル機器メーカー / WN-G54/R2"
    own = run(files / "ja.json", "--whose", "own", "--match", f"{product}=ETX2-RA")
    assert own.exit_code == 0, own.output
    row = ForeignDocument.objects.get(advisory__isnull=False)
    assert any(each["location"].startswith("product: ") for each in row.unread)
