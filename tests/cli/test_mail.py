"""Mail is taken in from a file, an mbox or a Maildir; again does nothing; what is unreadable says so."""

import json
import mailbox
from pathlib import Path

import pytest
from typer.testing import CliRunner

from okiagari.cli.main import app
from okiagari.intake.models import Report

pytestmark = pytest.mark.django_db(transaction=True)
RAW = b"From: a@lab.example\nSubject: flaw\nMessage-ID: <%d@lab.example>\n\nhello\n"


def taken(path: Path) -> list[dict[str, object]]:
    result = CliRunner().invoke(app, ["intake", "mail", str(path), "--json"])
    assert result.exit_code == 0, result.output
    found: list[dict[str, object]] = json.loads(result.stdout)
    return found


def test_one_mail_once(tmp_path: Path) -> None:
    file = tmp_path / "one.eml"
    file.write_bytes(RAW % 1)
    assert [(each["outcome"], each["is_new"]) for each in taken(file)] == [("report", True)]
    assert [(each["outcome"], each["is_new"]) for each in taken(file)] == [("report", False)]
    assert Report.objects.count() == 1


def test_an_mbox_and_a_maildir(tmp_path: Path) -> None:
    box, folder = mailbox.mbox(tmp_path / "box"), mailbox.Maildir(tmp_path / "dir")
    for number in (1, 2):
        box.add(RAW % number)
        folder.add(RAW % (number + 1))
    box.close()
    assert len(taken(tmp_path / "box")) == 2
    assert sorted(str(each["is_new"]) for each in taken(tmp_path / "dir")) == ["False", "True"]
    assert Report.objects.count() == 3


def test_what_cannot_be_read_says_so(tmp_path: Path) -> None:
    from okiagari.problems import Problem

    result = CliRunner().invoke(app, ["intake", "mail", str(tmp_path)])
    assert isinstance(result.exception, Problem)
    assert result.exception.code == "cli.unreadable"
