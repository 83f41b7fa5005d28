"""``okiagari csaf validate``: for anybody, without Django; exit codes, lines, JSON lines."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from okiagari.cli.main import app
from tests.standards.test_csaf_check import MINIMAL


def _run(*words: object) -> Result:
    return CliRunner().invoke(app, ["csaf", "validate", *map(str, words)])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("csaf")
    (made / "good.json").write_text(json.dumps(MINIMAL))
    wrong = MINIMAL | {"document": MINIMAL["document"] | {"tracking": {}}}
    (made / "wrong.json").write_text(json.dumps(wrong))
    (made / "broken.json").write_text("{")
    (made / "service.json").write_text('{"service": {}}')
    return made


def test_a_valid_document_ends_with_0_and_says_by_what(folder: Path) -> None:
    done = _run(folder / "good.json")
    assert done.exit_code == 0
    assert done.stdout.splitlines() == [
        f"{folder / 'good.json'}: valid (CSAF 2.0)",
        "1 document: 1 valid, 0 not.",
    ]


def test_a_folder_tells_of_each_file_that_is_wrong_and_ends_with_1(folder: Path) -> None:
    done = _run(folder)
    assert done.exit_code == 1
    lines = done.stdout.splitlines()
    assert f"{folder / 'broken.json'}: not valid" in lines
    assert f"{folder / 'wrong.json'}: not valid (CSAF 2.0)" in lines
    assert not any("good.json" in line for line in lines)
    assert any("schema" in line and "/document/tracking" in line for line in lines)
    assert lines[-1] == "3 documents: 1 valid, 2 not; 1 file left out that is no document."


def test_json_is_one_line_per_file(folder: Path) -> None:
    done = _run(folder, "--json", "--tests", "optional")
    lines = {Path(each["file"]).name: each for each in map(json.loads, done.stdout.splitlines())}
    assert done.exit_code == 1
    assert set(lines) == {"good.json", "wrong.json", "broken.json", "service.json"}
    assert lines["service.json"]["left_out"] == "ROLIE service document"
    good = lines["good.json"]
    assert (good["valid"], good["version"], good["draft"]) == (True, "2.0", "")
    assert {(each["test"], each["severity"]) for each in good["findings"]} == {
        ("6.2.11", "warning"),
        ("6.2.12", "warning"),
    }
    assert lines["broken.json"]["findings"][0].keys() == {"test", "severity", "location", "message"}
    assert "3 documents" in done.stderr


def test_what_is_not_run_is_said(folder: Path) -> None:
    said = _run(folder / "good.json", "--tests", "informative").stdout
    assert "Not run for CSAF 2.0: 6.3.6, 6.3.7 (asks the network); 6.3.8 (needs a dictionary)." in said
    assert "6.3.8" not in _run(folder / "good.json").stdout


def test_a_file_over_the_limit_is_a_finding(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "large.json").write_bytes(b" " * (1024 * 1024 + 1))
    done = _run(tmp_path / "large.json", "--limit", "1")
    assert done.exit_code == 1
    assert "larger than 1,048,576 bytes" in done.stdout


@pytest.mark.parametrize("words", [("nowhere.json",), (".", "--tests", "all"), (".", "--limit", "0"), ()])
def test_a_wrong_command_ends_with_2(words: tuple[str, ...]) -> None:
    assert _run(*words).exit_code == 2


def test_it_needs_neither_django_nor_a_data_folder(folder: Path) -> None:
    program = (
        "import sys\n"
        "from okiagari.cli.main import app\n"
        f"app(['csaf', 'validate', {str(folder / 'good.json')!r}], standalone_mode=False)\n"
        "assert 'django' not in sys.modules\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", program], cwd=folder, capture_output=True, text=True, check=True
    )
    assert "1 valid" in done.stdout
    assert not (folder / "data").exists()
