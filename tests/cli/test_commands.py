"""The command line as people and scripts meet it: data on stdout, talk on stderr, exit codes that tell."""

import json
import os
import shutil
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from tests.replay.test_reading import GOOD
from tests.support.started import Started, started

RUN = "from okiagari.cli.main import main; main()"
Command = Callable[..., "Done"]


@dataclass(frozen=True)
class Done:
    code: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)


ALREADY: dict[Path, Started] = {}
"""Data folders with a process that has started, which commands on them fork from."""


def okiagari(*words: object, data: Path | None = None, **given: str) -> Done:
    """A command. One on the house does not start from nothing: see `by_itself`."""
    if data not in ALREADY:
        return by_itself(*words, data=data, **given)
    code, out, err = ALREADY[data].run([*map(str, words)], environment(data, **given))
    assert "Traceback" not in err, err
    return Done(code, out, err)


def by_itself(*words: object, data: Path | None = None, **given: str) -> Done:
    """A command as it is typed: a program that starts from nothing."""
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", RUN, *map(str, words)],
        env=environment(data, **given),
        capture_output=True,
        text=True,
        timeout=240,
        check=False,
    )
    assert "Traceback" not in done.stderr, done.stderr
    return Done(done.returncode, done.stdout, done.stderr)


def environment(data: Path | None, **given: str) -> dict[str, str]:
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("OKIAGARI_", "DJANGO_"))
    }
    kept |= {"LANG": "C.UTF-8", **{f"OKIAGARI_{name}": value for name, value in given.items()}}
    kept.pop("LC_ALL", None)
    if data is not None:
        kept["OKIAGARI_DATA"] = str(data)
    return kept


@pytest.fixture(scope="module")
def house(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """A data folder that is set up, with a few accounts."""
    folder = tmp_path_factory.mktemp("house") / "data"
    assert by_itself("init", data=folder).code == 0
    with started(folder.parent, environment(folder)) as ALREADY[folder]:
        assert okiagari("people", "team", "psirt", "psirt", "対策チーム", data=folder).code == 0
        for name, role in (("anna", "administrator"), ("tanaka", "member"), ("sato", "support")):
            assert okiagari("people", "add", name, "--role", role, data=folder).code == 0
        yield folder
        del ALREADY[folder]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Done]:
    """The case of 2015, played into a folder: the folder, and what the command said."""
    folder = tmp_path_factory.mktemp("played") / "data"
    return folder, okiagari("replay", "np-bbrs", "--data", folder, "--site", folder.parent / "site", "--json")


def leftovers(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


# setting up


def test_setting_up_twice_does_no_harm(house: Path) -> None:
    assert by_itself("init", data=house).code == 0
    assert by_itself("check", data=house).code == 0
    assert "tanaka" in by_itself("people", "list", data=house).out


def test_the_data_folder_can_be_said_in_three_ways(tmp_path: Path) -> None:
    """Each fails in the folder it was told of, before anything starts; the house shows that one works."""
    for name, words, given in (
        ("a", ("--data", tmp_path / "a", "check"), None),
        ("b", ("check", "--data", tmp_path / "b"), None),
        ("c", ("check",), tmp_path / "c"),
    ):
        done = okiagari(*words, data=given)
        assert done.code == UNAVAILABLE
        assert str(tmp_path / name) in done.err.replace("\n", "")
    assert okiagari("init", "--data", tmp_path / "b").code == 0
    assert (tmp_path / "b" / "okiagari.sqlite3").is_file()


UNAVAILABLE = 69


@pytest.mark.parametrize("words", ["check", "audit verify", "clocks rules", "fleet token X"])
def test_a_folder_that_is_not_there_is_said_to_be_empty_and_stays_away(words: str, tmp_path: Path) -> None:
    done = okiagari(*words.split(), data=tmp_path / "empty")
    assert (done.code, done.out) == (UNAVAILABLE, "")
    assert "okiagari init" in done.err
    assert leftovers(tmp_path) == []


def test_a_folder_with_nothing_in_it_or_with_an_older_database_says_so(house: Path, tmp_path: Path) -> None:
    done = okiagari("audit", "verify", data=tmp_path)
    assert (done.code, "okiagari init" in done.err) == (UNAVAILABLE, True)
    assert not (tmp_path / "okiagari.sqlite3").exists()
    (tmp_path / "okiagari.sqlite3").write_bytes(b"")
    done = okiagari("audit", "verify", data=tmp_path)
    assert (done.code, "Nothing is set up" in done.err) == (UNAVAILABLE, True)
    shutil.copy(house / "okiagari.sqlite3", tmp_path / "okiagari.sqlite3")
    with sqlite3.connect(tmp_path / "okiagari.sqlite3") as database:
        database.execute("DELETE FROM django_migrations WHERE app = 'flow' AND name LIKE '0004%'")
    database.close()
    done = okiagari("--data", tmp_path, "audit", "verify")
    assert (done.code, "older than this program: 1 " in done.err) == (UNAVAILABLE, True)


def test_a_wrong_setting_is_a_usage_error_in_one_line(tmp_path: Path) -> None:
    done = okiagari("init", data=tmp_path / "x", PORT="http")
    assert (done.code, done.out) == (2, "")
    assert "OKIAGARI_PORT" in done.err


def test_offline_commands_do_not_start_django() -> None:
    code = "import sys; from okiagari.cli import main; sys.exit('django' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
    assert okiagari("--version").out.startswith("okiagari ")
    assert "replay" in okiagari("--help").out


def test_a_command_nobody_knows_is_a_usage_error() -> None:
    assert okiagari("reply").code == 2
    assert okiagari("people", "add").code == 2


# clocks of our own


def test_a_clock_of_our_own_is_kept_and_listed(house: Path) -> None:
    put = (
        "clocks put contract-a --unit working_days --anchor case_opened --source 第4条 --name-ja 契約 --count"
    )
    made = okiagari(*put.split(), 3, "--as", "tanaka", data=house)
    assert made.code == 0, made.err
    (rule,) = okiagari("clocks", "rules", "--json", data=house).data
    assert (rule["rule"], rule["count"], rule["unit"]) == (made.out.strip(), 3, "working_days")
    assert okiagari(*put.split(), 0, data=house).code == 2


# accounts


def test_people_are_listed_for_people_and_for_programs(house: Path) -> None:
    assert "tanaka" in okiagari("people", "list", data=house).out
    listed = {person["username"]: person for person in okiagari("people", "list", "--json", data=house).data}
    assert listed["tanaka"]["roles"] == ["member"]
    assert listed["sato"]["is_active"] is True


def test_a_new_account_shows_its_password_once_and_an_old_one_none(house: Path) -> None:
    done = okiagari("people", "add", "suzuki", "--role", "support", "--team", "psirt", data=house)
    assert (done.code, len(done.out.strip()) >= 12) == (0, True)
    assert done.out.strip() not in done.err
    again = okiagari("people", "add", "suzuki", "--role", "pr", data=house)
    assert (again.code, again.out) == (0, "")
    assert okiagari("people", "retire", "suzuki", data=house).code == 0
    listed = {person["username"]: person for person in okiagari("people", "list", "--json", data=house).data}
    assert (listed["suzuki"]["roles"], listed["suzuki"]["is_active"]) == (["pr"], False)


@pytest.mark.parametrize(
    ("words", "code"),
    [
        (("people", "list", "--as", "nobody"), 3),
        (("people", "retire", "nobody"), 3),
        (("people", "add", "x", "--role", "king"), 2),
        (("people", "add", "x", "--role", "support", "--team", "nobody"), 3),
        (("people", "add", "x", "--role", "support", "--as", "sato"), 4),
        (("people", "team", "x", "psirt", "X", "--as", "tanaka"), 4),
        (("people", "retire", "tanaka", "--as", "sato"), 4),
    ],
)
def test_what_is_refused_says_why_and_what_now(house: Path, words: tuple[str, ...], code: int) -> None:
    done = okiagari(*words, data=house)
    assert (done.code, done.out) == (code, "")
    assert done.err.startswith("okiagari: ")
    assert len(done.err.strip().splitlines()) >= 2, "the message, then what to do next"


def test_who_acts_can_be_said_in_the_environment(house: Path) -> None:
    assert okiagari("people", "retire", "tanaka", data=house, AS="sato").code == 4
    assert okiagari("people", "list", data=house, AS="anna").code == 0


def test_problems_are_said_in_japanese_where_that_is_spoken(house: Path) -> None:
    done = okiagari("people", "retire", "nobody", data=house, LANGUAGE="ja")
    assert any("\u3041" <= letter <= "\u3093" for letter in done.err)


# what is brought in from files

CATALOGUE = """\
lines:
  - {key: wn-g54-r2, releases: [{text: "1.02"}, {text: "1.03"}]}
products:
  - {model: WN-G54/R2, line: wn-g54-r2}
"""


def test_a_catalogue_is_imported_whole_and_twice_does_no_harm(house: Path, tmp_path: Path) -> None:
    file = tmp_path / "catalogue.yaml"
    file.write_text(CATALOGUE)
    for _ in range(2):
        done = okiagari("catalog", "import", file, "--json", data=house)
        assert done.code == 0
        assert (done.data["products"], done.data["lines"]) == (1, 1)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("products: [{model: X-1, team: nobody}]", "nobody"),
        ("products: [{modle: X-1}]", "modle"),
        ("products: [", "cannot be read"),
        ("- just\n- a list\n", ""),
    ],
)
def test_a_wrong_catalogue_is_refused_whole(house: Path, tmp_path: Path, text: str, says: str) -> None:
    file = tmp_path / "catalogue.yaml"
    file.write_text(text)
    done = okiagari("catalog", "import", file, data=house)
    assert (done.code, done.out) == (2, "")
    assert says in done.err


def test_files_that_are_not_there_are_said_so(house: Path, tmp_path: Path) -> None:
    for command in ("catalog", "fleet"):
        done = okiagari(command, "import", tmp_path / "missing", data=house)
        assert (done.code, done.out) == (2, "")
        assert "missing" in done.err


def test_a_support_desk_imports_no_catalogue(house: Path, tmp_path: Path) -> None:
    file = tmp_path / "catalogue.yaml"
    file.write_text(CATALOGUE)
    assert okiagari("catalog", "import", file, "--as", "sato", data=house).code == 4


def test_observations_are_imported_once_however_often_they_are_given(house: Path, tmp_path: Path) -> None:
    file = tmp_path / "seen.csv"
    file.write_text(
        "unit,product,hardware,version,at\nSN1,WN-G54/R2,,1.02,2015-08-01\nSN2,WN-G54/R2,,1.03,2015-08-02\n"
    )
    first = okiagari("fleet", "import", file, "--json", data=house)
    again = okiagari("fleet", "import", file, "--json", data=house)
    assert (first.code, first.data["new"], again.data["new"], again.data["repeated"]) == (0, 2, 0, 2)
    file.write_text("unit,product\nSN1,WN-G54/R2\n")
    assert okiagari("fleet", "import", file, data=house).code == 2


def test_a_units_token_is_the_same_each_time(house: Path) -> None:
    first, again = (okiagari("fleet", "token", "SN1", data=house) for _ in range(2))
    assert first.code == 0
    assert first.out == again.out
    assert first.out != okiagari("fleet", "token", "SN2", data=house).out


# the ledger


def test_a_whole_ledger_ends_with_zero(house: Path) -> None:
    assert okiagari("audit", "anchor", data=house).code == 0
    done = okiagari("audit", "verify", "--json", data=house)
    assert (done.code, done.data) == (0, [])


def test_an_edited_ledger_ends_with_one_and_says_which_line(
    played: tuple[Path, Done], tmp_path: Path
) -> None:
    import shutil

    folder = tmp_path / "copy"
    shutil.copytree(played[0], folder, symlinks=True)
    assert okiagari("audit", "verify", data=folder).code == 0
    with sqlite3.connect(folder / "okiagari.sqlite3") as database:
        key, seq = database.execute(
            "select s.key, l.seq from plumbing_line l join plumbing_stream s on s.id = l.stream_id "
            "where s.kind = 'case' order by l.id limit 1"
        ).fetchone()
        database.execute(
            "update plumbing_line set subject_key = 'somebody-else' "
            "where seq = ? and stream_id = (select id from plumbing_stream where key = ?)",
            (seq, key),
        )
    done = okiagari("audit", "verify", data=folder)
    assert done.code == 1
    assert f"Line {seq} of case/{key} was changed." in done.out
    assert okiagari("audit", "verify", "--json", data=folder).data == [
        {"code": "line_changed", "stream": f"case/{key}", "seq": seq}
    ]


# replays


def test_a_replay_is_told_as_data_for_programs(played: tuple[Path, Done]) -> None:
    folder, done = played
    assert done.code == 0, done.err
    (case,) = done.data["cases"]
    assert case["step"] == "closed"
    assert {cell["target"]: cell["state"] for cell in case["affectedness"]} == {
        "WN-G54/R2": "fixed",
        "NP-BBRS": "affected",
        "ETX2-RA": "not_affected",
    }
    assert leftovers(folder.parent) == ["data", "site"]


def test_what_was_played_is_an_installation_that_works(played: tuple[Path, Done]) -> None:
    folder, _ = played
    assert okiagari("check", data=folder).code == 0
    assert okiagari("audit", "verify", data=folder).code == 0
    assert len(okiagari("people", "list", "--json", data=folder).data) == 13


def test_the_published_site_is_written_where_it_was_asked_for(played: tuple[Path, Done]) -> None:
    site = played[0].parent / "site"
    assert [path for path in site.rglob("*.json") if "csaf" in path.parts]
    assert (played[0] / "site" / "current").resolve().is_dir(), "the link survives the move of the folder"


def test_until_stops_before_what_comes_later(tmp_path: Path) -> None:
    done = okiagari("replay", "np-bbrs", "--until", "2015-08-17", "--data", tmp_path / "data", "--json")
    (case,) = done.data["cases"]
    assert (done.code, case["step"]) == (0, "publication")
    assert [each["state"] for each in case["publications"][0]["revisions"]] == ["scheduled"]


def test_a_replay_is_told_in_words_for_people(tmp_path: Path) -> None:
    file = tmp_path / "tiny.yaml"
    file.write_text(GOOD)
    done = okiagari("replay", file)
    assert done.code == 0
    assert "2 events played, 1 of them assumed" in done.out
    assert leftovers(tmp_path) == ["tiny.yaml"]


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ("do: cases.add_task", "do: cases.add_tasks", "line 19, events.1.do"),
        ("kinds: [product]", "kinds: [planet]", "line 16, events.0.with.kinds"),
    ],
)
def test_a_wrong_or_refused_replay_names_its_line_and_leaves_nothing(
    tmp_path: Path, old: str, new: str, says: str
) -> None:
    file = tmp_path / "tiny.yaml"
    file.write_text(GOOD.replace(old, new))
    done = okiagari("replay", file, "--data", tmp_path / "data")
    assert (done.code, done.out) == (2, "")
    assert f"tiny.yaml, {says}" in done.err
    assert leftovers(tmp_path) == ["tiny.yaml"], "neither the folder nor a half of it"


def test_a_folder_that_holds_something_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "mine.txt").write_text("mine")
    done = okiagari("replay", "np-bbrs", "--data", tmp_path / "data")
    assert done.code == 5
    assert leftovers(tmp_path / "data") == ["mine.txt"]


def test_a_replay_nobody_wrote_is_not_found() -> None:
    done = okiagari("replay", "np-bbrz")
    assert done.code == 3
    assert "np-bbrs" in done.err


def test_the_verbs_of_replays_are_listed_with_their_arguments() -> None:
    done = okiagari("replay", "--verbs")
    assert done.code == 0
    assert "cases.open_case" in done.out


@pytest.fixture(autouse=True)
def _nothing_is_left_in_the_folder_for_passing_things(tmp_path: Path) -> Iterator[None]:
    import tempfile

    before = set(Path(tempfile.gettempdir()).glob(".okiagari-replay-*"))
    yield
    assert set(Path(tempfile.gettempdir()).glob(".okiagari-replay-*")) <= before
