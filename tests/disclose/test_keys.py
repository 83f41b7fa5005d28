"""Signing keys: made, brought, rotated, retired; locked on the disk, or held elsewhere: a command signs."""

import json
import shlex
import stat
import subprocess
import sys
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from okiagari.disclose.keys import problems, standing
from okiagari.disclose.keys.holding import Holder
from okiagari.disclose.keys.hook import Hook
from okiagari.disclose.keys.ring import Kept, Ring
from okiagari.plumbing import clock
from okiagari.problems import Definition, Problem
from okiagari.standards import openpgp

PASSPHRASE = "起き上がり小法師 stands up again"
NAME = "PSIRT <psirt@maker.example>"
YEAR = timedelta(days=365)
SIGNING = "import sys; from okiagari.standards import openpgp; from pathlib import Path\n"
SIGNING += (
    "sys.stdout.buffer.write(openpgp.Signer(Path(sys.argv[1]).read_bytes()).sign(sys.stdin.buffer.read()))"
)


@pytest.fixture
def holder(tmp_path: Path) -> Holder:
    return Holder.at(tmp_path, PASSPHRASE)


def refused(definition: Definition, deed: Callable[[], object]) -> str:
    with pytest.raises(Problem) as refusal:
        deed()
    assert refusal.value.definition is definition, refusal.value
    return refusal.value.message


def test_a_key_is_made_and_signs(holder: Holder) -> None:
    kept = holder.create(NAME, YEAR)
    signing = holder.signing()
    assert signing.sign is not None
    assert openpgp.verify(b"document", signing.sign(b"document"), signing.listed) == kept.fingerprint
    assert kept.user_id == NAME
    assert kept.expires is not None
    assert abs(kept.expires - clock.now() - YEAR) < timedelta(days=1)


def test_the_secret_lies_locked_and_only_its_owner_reads_the_folder(holder: Holder, tmp_path: Path) -> None:
    secret = openpgp.generate(NAME, lasting=YEAR)
    holder.bring(secret)
    folder = tmp_path / "keys"
    assert stat.S_IMODE(folder.stat().st_mode) == 0o700
    for each in folder.iterdir():
        assert stat.S_IMODE(each.stat().st_mode) == 0o600, each
        assert secret[-40:] not in each.read_bytes()
        assert not openpgp.has_secret(each.read_bytes())
    (locked,) = folder.glob("*.secret.pgp")
    assert openpgp.unlock(locked.read_bytes(), PASSPHRASE) == secret
    assert PASSPHRASE not in repr(holder)


def test_another_passphrase_or_none_opens_nothing_and_the_tree_does_not_go_out_unsigned(
    holder: Holder, tmp_path: Path
) -> None:
    holder.create(NAME, YEAR)
    wrong = "another one, also long"
    told = refused(problems.WRONG_PASSPHRASE, Holder.at(tmp_path, wrong).signing)
    assert wrong not in told
    refused(problems.NO_PASSPHRASE, Holder.at(tmp_path).signing)


def test_a_key_is_never_made_without_a_passphrase_worth_the_name(tmp_path: Path) -> None:
    refused(problems.NO_PASSPHRASE, lambda: Holder.at(tmp_path).create(NAME, YEAR))
    refused(problems.SHORT_PASSPHRASE, lambda: Holder.at(tmp_path, "secret").create(NAME, YEAR))
    assert Holder.at(tmp_path).signing().key == ""


def test_rotation_puts_another_in_its_place_and_keeps_showing_the_old_one(
    holder: Holder, tmp_path: Path
) -> None:
    refused(problems.NONE_SIGNS, lambda: holder.create(NAME, YEAR, instead=True))
    first = holder.create(NAME, YEAR)
    refused(problems.ONE_SIGNS, lambda: holder.create(NAME, YEAR))
    second = holder.create(NAME, YEAR, instead=True)
    assert holder.signing().key == second.fingerprint
    assert [each.fingerprint for each in holder.signing().listed] == [first.fingerprint, second.fingerprint]
    assert len(list((tmp_path / "keys").glob("*.secret.pgp"))) == 2
    holder.forget_rotated()
    assert [each.name for each in (tmp_path / "keys").glob("*.secret.pgp")] == [
        f"{second.fingerprint}.secret.pgp"
    ]


def test_a_rotation_that_cannot_be_finished_leaves_the_old_key_signing(holder: Holder) -> None:
    first = holder.create(NAME, YEAR)

    def rotate() -> None:
        with holder.undone_on_failure():
            holder.create(NAME, YEAR, instead=True)
            raise OSError("full")

    with pytest.raises(OSError, match="full"):
        rotate()
    signing = holder.signing()
    assert signing.key == first.fingerprint
    assert signing.sign is not None
    assert signing.sign(b"x")
    holder.forget_rotated()
    assert len(list(holder.folder.path.glob("*.secret.pgp"))) == 1


def test_a_key_that_fell_into_wrong_hands_is_shown_no_longer(holder: Holder) -> None:
    first = holder.create(NAME, YEAR)
    refused(problems.SIGNS, lambda: holder.retire(first.fingerprint))
    second = holder.create(NAME, YEAR, instead=True)
    holder.retire(first.fingerprint[-16:].lower(), unlist=True)
    assert [each.fingerprint for each in holder.signing().listed] == [second.fingerprint]
    holder.retire(second.fingerprint, stop_signing=True)
    assert holder.signing().sign is None
    refused(problems.NO_SUCH_KEY, lambda: holder.retire("00"))


@pytest.mark.parametrize("what", [b"", b"junk", b"-----BEGIN PGP PRIVATE KEY BLOCK-----\n\nAAAA\n"])
def test_what_is_no_key_is_refused_in_one_line(holder: Holder, what: bytes) -> None:
    told = refused(problems.NOT_A_KEY, lambda: holder.bring(what))
    assert "\n" not in told
    assert "backtrace" not in told


def test_a_public_key_is_no_secret_one_and_the_same_key_comes_once(holder: Holder) -> None:
    secret = openpgp.generate(NAME, lasting=YEAR)
    refused(problems.NOT_A_KEY, lambda: holder.bring(openpgp.public(secret).armored))
    holder.bring(secret)
    refused(problems.KNOWN, lambda: holder.bring(secret, instead=True))


def test_a_key_past_its_end_signs_nothing_and_the_end_is_told_in_time(holder: Holder) -> None:
    kept = holder.create(NAME, YEAR)
    assert kept.expires is not None
    with clock.at(kept.expires - timedelta(days=30)):
        assert holder.signing().sign is not None
    with clock.at(kept.expires + timedelta(days=1)):
        refused(problems.EXPIRED, holder.signing)
        refused(problems.NOT_A_KEY, lambda: holder.bring(openpgp.generate(NAME, lasting=timedelta(days=1))))


def test_a_ring_that_cannot_be_read_is_not_taken_for_an_empty_one(holder: Holder) -> None:
    kept = holder.create(NAME, YEAR)
    ring = holder.folder.path / "ring.json"
    told = json.loads(ring.read_text())
    assert told["keys"][0]["fingerprint"] == kept.fingerprint
    ring.write_text("{")
    refused(problems.LOST, holder.signing)
    ring.write_text(json.dumps(told))
    (holder.folder.path / f"{kept.fingerprint}.secret.pgp").unlink()
    refused(problems.LOST, holder.signing)


def elsewhere(tmp_path: Path, *, secret: bytes | None = None) -> tuple[bytes, list[str]]:
    """A key that a program of its own signs with."""
    secret = secret or openpgp.generate(NAME, lasting=YEAR)
    (tmp_path / "card").write_bytes(secret)
    return secret, [sys.executable, "-c", SIGNING, str(tmp_path / "card")]


def test_a_command_signs_with_a_key_held_elsewhere(tmp_path: Path) -> None:
    secret, command = elsewhere(tmp_path)
    holder = Holder.at(tmp_path, command=command)
    kept = holder.bring(openpgp.public(secret).armored, is_public=True)
    signing = holder.signing()
    assert signing.sign is not None
    assert openpgp.verify(b"document", signing.sign(b"document"), signing.listed) == kept.fingerprint
    assert not list(holder.folder.path.glob("*.secret.pgp"))
    refused(problems.NO_COMMAND, Holder.at(tmp_path).signing)


def test_a_command_that_signs_with_another_key_is_found_out_before_anything_is_published(
    tmp_path: Path,
) -> None:
    _, command = elsewhere(tmp_path)
    other = openpgp.public(openpgp.generate(NAME, lasting=YEAR))
    holder = Holder.at(tmp_path, command=command)
    told = refused(problems.COMMAND_FAILED, lambda: holder.bring(other.armored, is_public=True))
    assert "not one of" in told
    assert holder.folder.read() == Ring()


AROUND = SIGNING.replace(".sign(", ".sign_text(")


def test_a_second_command_signs_security_txt_and_without_one_it_goes_out_unsigned(tmp_path: Path) -> None:
    secret, command = elsewhere(tmp_path)
    text, key = b"Contact: mailto:psirt@maker.example\n", openpgp.public(secret)
    around = [sys.executable, "-c", AROUND, str(tmp_path / "card")]
    holder = Holder.at(tmp_path, command=command, text_command=around)
    holder.bring(key.armored, is_public=True)
    signing = holder.signing()
    assert signing.sign_text is not None
    assert openpgp.verify_text(signing.sign_text(text), [key]) == (text, key.fingerprint)
    assert Holder.at(tmp_path, command=command).signing().sign_text is None
    other = [sys.executable, "-c", AROUND.replace("sys.stdin.buffer.read()", "b'Contact: x'"), around[-1]]
    signer = Hook(other, key)
    assert "another text" in refused(problems.COMMAND_FAILED, lambda: signer.sign_text(text))
    assert "not one of" in refused(problems.COMMAND_FAILED, lambda: Hook(["/bin/cat"], key).sign_text(text))


def hook(key: openpgp.Key, script: str, seconds: float = 20.0) -> Hook:
    return Hook(shlex.split(f"/bin/sh -c {shlex.quote(script)}"), key, seconds)


@pytest.mark.parametrize(
    ("script", "why"),
    [
        ("exit 3", "ended with 3"),
        ("echo the card is locked >&2; exit 1", "the card is locked"),
        ("echo hello", "not an armored signature"),
        ("sleep 5", "no answer within 0.3 s"),
        ("printf -- '-----BEGIN PGP SIGNATURE-----'", "its signature is not one of"),
        ("head -c 1000000 /dev/zero", "not an armored signature"),
    ],
)
def test_a_command_that_does_not_sign_is_told_with_its_reason(script: str, why: str) -> None:
    key = openpgp.public(openpgp.generate(NAME, lasting=YEAR))
    sign = hook(key, script, 0.3 if "sleep" in script else 20.0).sign
    assert why in refused(problems.COMMAND_FAILED, lambda: sign(b"document"))


def test_a_command_that_is_not_there_or_signs_with_another_key_is_refused(tmp_path: Path) -> None:
    _, command = elsewhere(tmp_path)
    key = openpgp.public(openpgp.generate(NAME, lasting=YEAR))
    assert "not one of" in refused(problems.COMMAND_FAILED, lambda: Hook(command, key).sign(b"x"))
    assert "No such file" in refused(problems.COMMAND_FAILED, lambda: Hook(["/no/such"], key).sign(b"x"))


NOW = clock.now()


def codes(ends_in: int | None = None, text_in: int | None = 300) -> list[str]:
    keys = (
        ()
        if ends_in is None
        else (Kept("F" * 40, NAME, "signs", "here", NOW, NOW + timedelta(days=ends_in)),)
    )
    text = None if text_in is None else NOW + timedelta(days=text_in)
    return [each.code for each in standing.notes(Ring(keys), has_tree=True, text_expires=text, now=NOW)]


def test_what_is_missing_or_runs_out_is_said_in_time() -> None:
    assert codes() == ["plain"]
    assert codes(ends_in=standing.KEY_DAYS + 1) == []
    assert codes(ends_in=standing.KEY_DAYS - 1) == ["key_soon"]
    assert codes(ends_in=-1) == ["key_over"]
    assert codes(ends_in=900, text_in=standing.TEXT_DAYS - 1) == ["text_soon"]
    assert codes(ends_in=900, text_in=-1) == ["text_over"]
    assert codes(ends_in=900, text_in=None) == ["text_missing"]


def test_gnupg_opens_the_locked_file_with_the_passphrase(holder: Holder, tmp_path: Path) -> None:
    kept = holder.create(NAME, YEAR)
    home = tmp_path / "gnupg"
    home.mkdir(mode=0o700)
    locked = holder.folder.path / f"{kept.fingerprint}.secret.pgp"
    command = [
        "gpg",
        "--homedir",
        str(home),
        "--batch",
        "--pinentry-mode",
        "loopback",
        "--passphrase-fd",
        "0",
    ]
    opened = subprocess.run(
        [*command, "--decrypt", str(locked)], input=PASSPHRASE.encode(), capture_output=True, check=False
    )
    subprocess.run(["gpgconf", "--homedir", str(home), "--kill", "all"], check=False)
    assert openpgp.public(opened.stdout).fingerprint == kept.fingerprint
