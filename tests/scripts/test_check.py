"""The closing word of the checks: what held, what failed, what could not be checked here."""

import pytest

from scripts import check
from tests.support import machine

GOOD = check.Check("good", "python", ("-c", "pass"))
BAD = check.Check("bad", "python", ("-c", "raise SystemExit(3)"))
NEEDY = check.Check("needy", "python", ("-c", "pass"), "xgettext")


@pytest.fixture
def _whole_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "lacking", dict)
    monkeypatch.delenv("CI", raising=False)


@pytest.mark.usefixtures("_whole_machine")
def test_what_holds_is_said_and_succeeds(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check, "LINT", (GOOD, NEEDY))
    assert check.main(["lint"]) == 0
    said = capsys.readouterr().out
    assert "held      good" in said
    assert "held      needy" in said
    assert "NOT CHECKED" not in said


@pytest.mark.usefixtures("_whole_machine")
def test_a_failure_does_not_keep_the_next_check_from_running(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(check, "LINT", (BAD, GOOD))
    assert check.main(["lint"]) == 1
    said = capsys.readouterr().out
    assert "FAILED    bad" in said
    assert "held      good" in said


@pytest.mark.parametrize(("ci", "code"), [("", 0), ("0", 0), ("1", 1), ("true", 1)])
def test_what_is_left_out_is_said_aloud_and_fails_only_in_ci(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], ci: str, code: int
) -> None:
    monkeypatch.setenv("CI", ci)
    monkeypatch.setattr(machine, "lacking", lambda: {"xgettext": machine.NEEDS["xgettext"]})
    monkeypatch.setattr(check, "LINT", (GOOD, NEEDY))
    assert check.main(["lint"]) == code
    said = capsys.readouterr().out
    assert "left out  needy" in said
    assert "NOT CHECKED on this machine" in said


def test_an_unknown_word_is_refused() -> None:
    assert check.main(["everything"]) == 2
