"""``okiagari provider check``: a verdict for people and programs, without Django."""

import json
import subprocess
import sys
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from okiagari.cli.main import app
from okiagari.disclose.site.provider import Signing
from tests.support.provider import Counting, publish, two


@pytest.fixture(scope="module")
def tree(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(tmp_path_factory.mktemp("told"), two(), Counting().signing())


def check(*arguments: object) -> Result:
    return CliRunner().invoke(app, ["provider", "check", *(str(each) for each in arguments)])


def test_a_folder_says_itself_where_it_is_served_and_holds_its_role(tree: Path) -> None:
    told = check(tree)
    assert told.exit_code == 0, told.output
    assert "https://maker.example/security/.well-known/csaf/provider-metadata.json (CSAF 2.0)" in told.stdout
    assert " 19 met         OpenPGP signatures: 3 documents with signatures that hold" in told.stdout
    assert told.stdout.rstrip().endswith(
        "A trusted provider, as far as it can be seen here (not checked: 3, 6)."
    )


def test_a_role_that_is_not_held_ends_with_one_and_names_what_is_missing(tmp_path: Path) -> None:
    out = publish(tmp_path, two(), Signing())
    told = check(out)
    assert told.exit_code == 1
    assert "Not a trusted provider: requirements 7, 19, 20 not met." in told.stdout
    assert " 19 FAILED      OpenPGP signatures: 0 of 3 documents with signatures that hold" in told.stdout
    assert " 18 met         Hashes: 3 documents with hashes that are right" in told.stdout
    assert check(out, "--role", "provider").exit_code == 0


def test_programs_get_the_same_as_json(tree: Path) -> None:
    told = json.loads(check(tree, "--json", "--documents", 1).stdout)
    assert (told["holds"], told["documents"], told["documents_known"]) == (True, 1, 3)
    assert [each["number"] for each in told["requirements"]] == list(range(1, 21))


def test_served_elsewhere_than_it_says_it_is_not_what_it_claims(tree: Path) -> None:
    told = check(tree, "--url", "https://other.example/")
    assert told.exit_code == 1
    assert "lies outside https://other.example/" in told.stdout


@pytest.mark.parametrize(
    "arguments",
    [("no/such/folder",), ("ftp://maker.example",), ("maker.example", "--url", "https://x.example")],
)
def test_what_is_neither_a_folder_nor_an_address_is_a_mistake_of_the_command(
    arguments: tuple[str, ...],
) -> None:
    assert check(*arguments).exit_code == 2


def test_it_needs_no_django(tree: Path) -> None:
    script = (
        "import sys; from okiagari.cli.main import app; app(['provider', 'check', sys.argv[1]],"
        " standalone_mode=False); assert 'django' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", script, str(tree)], check=True, capture_output=True)
