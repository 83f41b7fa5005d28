"""An installation is told what it is from outside; a wrong or unknown word stops it with one clear line."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from okiagari.config import environment
from okiagari.problems import Problem
from tests.support import environment as tests_environment


def read(**given: str) -> environment.Environment:
    return environment.read({f"OKIAGARI_{name}": value for name, value in given.items()})


def test_nothing_has_to_be_said() -> None:
    told = read()
    assert (told.port, told.device_port, told.bind, told.threads) == (8000, 8001, "127.0.0.1", 8)
    assert (told.zone, told.language, told.debug, told.demo) == ("Asia/Tokyo", "ja", False, False)
    assert told.data.is_absolute()
    assert told.site_dir == told.data / "site"
    assert (told.base_url, told.site_url) == ("http://127.0.0.1:8000", "http://127.0.0.1:8000/security")
    assert told.hosts == ("127.0.0.1", "localhost")


def test_what_is_said_is_taken() -> None:
    told = read(
        DATA="/srv/okiagari",
        PORT="9000",
        BASE_URL="https://psirt.maker.example/",
        HOSTS="psirt.maker.example, intern",
        ZONE="Europe/Berlin",
        LANGUAGE="en",
        DEMO="1",
        DATABASE_URL="postgres://okiagari:pass%20word@db:5432/okiagari",
    )
    assert told.data == Path("/srv/okiagari")
    assert (told.base_url, told.site_url) == (
        "https://psirt.maker.example",
        "https://psirt.maker.example/security",
    )
    assert told.hosts == ("psirt.maker.example", "intern")
    assert (told.port, told.zone, told.language, told.demo) == (9000, "Europe/Berlin", "en", True)


def test_words_of_others_are_none_of_our_business() -> None:
    environment.read({"HOME": "/root", "DJANGO_DEBUG": "1", "OKIAGARIX": "1"})


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("PORT", "0"),
        ("CVE_ORG_ID", "maker"),
        ("CVE_ORG_NAME", "a maker"),
        ("CVE_API_URL", "http://cve.example/api"),
        ("CVE_WATCH_URL", "https://cve.example/ api"),
        ("PORT", "65536"),
        ("PORT", "http"),
        ("PORT", "-1"),
        ("PORT", ""),
        ("DEVICE_PORT", "8001.5"),
        ("THREADS", "many"),
        ("ZONE", "Asia/Edo"),
        ("ZONE", "../etc/passwd"),
        ("LANGUAGE", "tlh"),
        ("DEBUG", "yes"),
        ("DEMO", "true"),
        ("BASE_URL", "psirt.maker.example"),
        ("SITE_URL", "ftp://maker.example"),
        ("DATABASE_URL", "mysql://u:secretword@db/okiagari"),
        ("DATABASE_URL", "postgres://u:secretword@db:port/okiagari"),
        ("DATABASE_URL", "postgres://u:secretword@db"),
        ("SECRET_KEY_FILE", "/nowhere/at/all"),
        ("SECRET_KEY_FILE", "/"),
    ],
)
def test_a_wrong_word_is_named_with_what_is_allowed_and_never_says_a_password(name: str, value: str) -> None:
    with pytest.raises(Problem) as raised:
        read(**{name: value})
    problem = raised.value
    assert problem.code == "config.wrong"
    assert problem.parameters["name"] == f"OKIAGARI_{name}"
    assert problem.parameters["allowed"]
    assert "secretword" not in f"{problem.message} {problem.hint}"


def test_an_unknown_word_is_named_with_those_that_are_known() -> None:
    with pytest.raises(Problem) as raised:
        read(DATABASE="postgres://x/y")
    assert raised.value.code == "config.unknown"
    assert "OKIAGARI_DATABASE_URL" in raised.value.hint


def test_a_secret_can_lie_in_a_file(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text("a key from a file\n")
    assert read(SECRET_KEY_FILE=str(path)).secret_key == "a key from a file"
    assert read(SECRET_KEY_FILE=str(path), SECRET_KEY="another").secret_key == "a key from a file"


def test_a_file_that_holds_a_wrong_word_is_wrong_too(tmp_path: Path) -> None:
    path = tmp_path / "port"
    path.write_text("http\n")
    with pytest.raises(Problem) as raised:
        read(PORT_FILE=str(path))
    assert raised.value.parameters["name"] == "OKIAGARI_PORT"


def start(folder: Path, **given: str) -> "subprocess.CompletedProcess[str]":
    kept = {
        name: value for name, value in os.environ.items() if not name.startswith(("OKIAGARI_", "DJANGO_"))
    }
    said = {f"OKIAGARI_{name}": value for name, value in given.items()}
    return subprocess.run(
        [sys.executable, "-c", "import okiagari.config.settings"],
        env={**kept, "OKIAGARI_DATA": str(folder), **said},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


def test_a_start_with_a_wrong_word_ends_with_one_line_and_no_trace(tmp_path: Path) -> None:
    for given in ({"PORT": "http"}, {"PROT": "8000"}):
        done = start(tmp_path / "data", **given)
        assert done.returncode == 2
        assert done.stderr.count("\n") == 1
        assert "Traceback" not in done.stderr
        assert f"OKIAGARI_{next(iter(given))}" in done.stderr
    assert not (tmp_path / "data").exists()


def test_keys_nobody_gives_are_made_once_and_kept_for_the_owner_only(tmp_path: Path) -> None:
    assert start(tmp_path).returncode == 0
    kept = {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()}
    assert set(kept) == {"django.key", "anchor.key"}
    assert len(set(kept.values())) == 2
    for path in (tmp_path / "secrets").iterdir():
        assert path.stat().st_mode & 0o077 == 0
    assert start(tmp_path).returncode == 0
    assert {path.name: path.read_text() for path in (tmp_path / "secrets").iterdir()} == kept


def test_keys_that_are_given_leave_no_file(tmp_path: Path) -> None:
    assert start(tmp_path, SECRET_KEY="given", ANCHOR_KEY="given, too").returncode == 0
    assert not (tmp_path / "secrets").exists()


def test_mail_servers_are_one_address_each_and_are_never_repeated() -> None:
    assert read().smtp is None
    told = read(SMTP_URL="smtps://u:secret@mx.maker.example/?from=psirt@maker.example")
    assert told.smtp is not None
    assert told.smtp.server.host == "mx.maker.example"
    assert "u:secret" not in repr(told)
    assert "secret" not in repr(told.smtp)
    for name, value in (("SMTP_URL", "smtps://u:secret@mx.maker.example"), ("IMAP_URL", "imaps://:secret@")):
        with pytest.raises(Problem) as caught:
            read(**{name: value})
        assert f"OKIAGARI_{name}" in caught.value.message
        assert "secret" not in caught.value.message + caught.value.hint


def test_an_account_at_cve_services_is_whole_and_its_key_is_never_shown() -> None:
    account = {
        "CVE_ORG_ID": "8254265b-2729-46b6-b9e3-3dfca2d5bfca",
        "CVE_ORG_NAME": "maker",
        "CVE_API_URL": "https://cve.example/api/",
        "CVE_API_USER": "psirt@maker.example",
        "CVE_API_KEY": "secretword",
    }
    told = read(**account)
    assert told.cve_api_url == "https://cve.example/api"
    assert "secretword" not in repr(told)
    for name in account.keys() - {"CVE_API_URL"}:
        with pytest.raises(Problem) as raised:
            read(**{each: value for each, value in account.items() if each != name})
        assert raised.value.parameters["name"] == f"OKIAGARI_{name}"
        assert "secretword" not in str(raised.value)


def test_what_a_run_of_tests_keeps_of_the_callers_settings_is_known() -> None:
    known = {f"OKIAGARI_{name}" for name in environment.KNOWN}
    assert set(tests_environment.KEPT) <= known
