"""``okiagari document``: documents of others are read and judged, for anybody, without Django."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from okiagari.cli.main import app
from okiagari.standards import cve, vuldef
from okiagari.standards.documents import to_bytes
from okiagari.standards.openeox import SCHEMA
from okiagari.standards.vuldef.model import Affected, Vulinfo
from tests.standards.test_cve import small


def _run(*words: object) -> Result:
    return CliRunner().invoke(app, ["document", *map(str, words)])


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("documents")
    record = cve.build(small()).document
    record["cnaContainer"]["x_tool"] = "other"  # type: ignore[index]
    (made / "cve.json").write_bytes(to_bytes(record))
    info = Vulinfo("JVNDB-2015-000117", affected=(Affected("Maker", "WN", words=("1.03より前",)),))
    (made / "vuldef.xml").write_bytes(vuldef.build([info], "ja").content)
    core = {"$schema": SCHEMA, "last_updated": "2026-01-01T00:00:00Z", "end_of_life": "2020-03-31T14:59:59Z"}
    (made / "core.json").write_text(json.dumps(core))
    (made / "vex.json").write_text('{"@context": "https://openvex.dev/ns/v0.2.0"}')
    (made / "other.json").write_text('{"bomFormat": "CycloneDX"}')
    return made


def test_what_is_understood_and_what_is_not_is_told(folder: Path) -> None:
    done = _run("read", folder / "cve.json", folder / "vuldef.xml", folder / "core.json", "--json")
    assert done.exit_code == 0
    record, info, core = map(json.loads, done.stdout.splitlines())
    assert record["format"] == "CVE record"
    assert record["says"]["products"][0]["versions"] == [
        {"status": "affected", "range": {"form": "before", "high": "1.03"}}
    ]
    assert record["not_understood"] == [{"location": "/cnaContainer/x_tool", "text": "other"}]
    assert info["says"][0]["affected"][0]["words"] == ["1.03より前"]
    assert core["says"]["end_of_life"] == "2020-03-31"
    assert "not understood: /cnaContainer/x_tool  other" in _run("read", folder / "cve.json").stdout


def test_what_is_wrong_is_told_with_its_place_and_ends_with_1(folder: Path) -> None:
    done = _run(
        "check", folder / "cve.json", folder / "core.json", folder / "vex.json", folder / "other.json"
    )
    assert done.exit_code == 1
    assert f"{folder / 'core.json'}: not valid (OpenEoX Core)" in done.stdout
    assert "/end_of_security_support  is missing" in done.stdout
    assert "/statements  is missing" in done.stdout
    assert f"{folder / 'other.json'}: not valid\n" in done.stdout
    judged = {Path(each["file"]).name: each["valid"] for each in map(json.loads, _checked(folder))}
    assert judged == {"vuldef.xml": True, "vex.json": False}


def _checked(folder: Path) -> list[str]:
    return _run("check", folder / "vuldef.xml", folder / "vex.json", "--json").stdout.splitlines()


def test_an_unknown_format_says_which_ones_are_known(folder: Path) -> None:
    program = (
        "import sys\n"
        "from okiagari.cli.main import main\n"
        f"sys.argv = ['okiagari', 'document', 'read', {str(folder / 'other.json')!r}]\n"
        "try:\n    main()\nfinally:\n    assert 'django' not in sys.modules\n"
    )
    done = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert done.returncode == 2
    assert "OpenEoX Core" in done.stderr
