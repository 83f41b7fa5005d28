"""The page of the signing keys: what to do next, by whom; rotation and retirement without typing a secret."""

import json
import re
import subprocess
import sys
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from okiagari.desk import people
from okiagari.desk.subjects import SYSTEM
from okiagari.disclose import actions as disclose
from okiagari.disclose import publisher
from okiagari.disclose.actions import keys
from okiagari.disclose.keys.installed import holder
from okiagari.plumbing import clock, ledger
from okiagari.problems import Problem
from okiagari.standards import openpgp
from okiagari.standards.localtext import LocalText
from okiagari.standards.provider import layout
from tests.disclose.story import Story
from tests.disclose.test_keys import SIGNING
from tests.web.cases.conftest import Enter

pytestmark = pytest.mark.django_db(transaction=True)
PASSPHRASE = "a passphrase for tests only"
NAME = "PSIRT <psirt@maker.example>"


@pytest.fixture
def opened(settings: LazySettings, tmp_path: Path) -> LazySettings:
    """An installation whose environment holds a passphrase."""
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, data=tmp_path, key_passphrase=PASSPHRASE)
    return settings


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', page)
    assert found, name
    return found[1]


def told() -> list[str]:
    return [line.verb for line in ledger.entries([("desk", "keys")], newest_first=False)]


def signing() -> str:
    kept = holder().folder.read().signing
    return kept.fingerprint if kept else ""


def test_a_key_is_made_rotated_and_hidden_on_the_page_and_what_is_published_follows(
    story: Story, site: Path, enter: Enter, opened: LazySettings, tmp_path: Path
) -> None:
    maker = LocalText.of(ja="メーカー", en="Maker")
    people.make_organisation(SYSTEM, "maker", kind="maker", name=maker, contact="psirt@maker.example")
    story.approved()
    disclose.publish(story.member, story.advisory)
    admin: Client = enter(story.house.administrator)
    assert "Make the key" in admin.get("/keys/").text
    assert admin.post("/keys/make/", {"name": NAME, "years": "3"}).status_code == 302
    first, text = signing(), site / "current" / layout.SECURITY_TXT
    page = admin.get("/keys/").text
    assert "Nothing to do until" in page
    assert "signatures in what is published" in page
    assert PASSPHRASE not in page
    assert openpgp.public(admin.get(f"/keys/{first}.asc").content).fingerprint == first
    assert openpgp.verify_text(text.read_bytes(), [holder().folder.public(first)])[1] == first
    with clock.at(clock.now() + timedelta(days=300)):
        assert "security.txt expires on" in admin.get("/").text

    seen = hidden(admin.get("/keys/rotate/").text, "instead_of")
    form = {"name": NAME, "years": "3", "instead_of": seen, "why": "planned"}
    assert admin.post("/keys/rotate/", form).status_code == 302
    second = signing()
    assert second not in ("", first)
    again = admin.post("/keys/rotate/", form)  # the button was pressed twice, or somebody else was first
    assert again.status_code == 412
    assert signing() == second

    assert admin.get(f"/keys/{'0' * 40}/retire/").status_code == 404
    refused = admin.post(f"/keys/{first}/retire/", {})
    assert refused.status_code == 422
    assert admin.post(f"/keys/{first}/retire/", {"sure": "on"}).status_code == 302
    assert [each.name for each in (site / "current").glob("csaf/openpgp/*")] == [f"{second}.asc"]
    assert admin.post(f"/keys/{second}/retire/", {"sure": "on"}).status_code == 302
    assert signing() == ""
    assert not list(tmp_path.glob("keys/*.secret.pgp"))
    assert told() == ["keys.made", "keys.rotated", "keys.retired", "keys.retired"]


def test_members_and_auditors_look_and_nobody_else(story: Story, enter: Enter, opened: LazySettings) -> None:
    keys.make(story.house.administrator, name=NAME)
    for reader in (story.member, story.house.auditor):
        browser = enter(reader)
        page = browser.get("/keys/").text
        assert signing() in page.replace(" ", "")
        assert "/keys/rotate/" not in page
        assert browser.get("/keys/rotate/").status_code == 403
        assert browser.post(f"/keys/{signing()}/retire/", {"sure": "on"}).status_code == 403
    assert enter(story.house.support).get("/keys/").status_code == 403


def test_whoever_keeps_the_keys_is_warned_in_time_and_the_team_when_nothing_can_go_out(
    story: Story, enter: Enter, opened: LazySettings
) -> None:
    keys.make(story.house.administrator, name=NAME, years=1)
    admin, member = enter(story.house.administrator), enter(story.member)
    made = clock.now()
    with clock.at(made + timedelta(days=330)):
        assert "expires on" in admin.get("/").text
        assert "expires on" not in member.get("/").text
        assert "/keys/rotate/" in admin.get("/keys/").text
    with clock.at(made + timedelta(days=370)):
        for browser in (admin, member):
            page = browser.get("/").text
            assert "nothing can be published" in page
            assert 'href="/keys/"' in page


def test_what_cannot_follow_leaves_the_old_key_signing_and_says_so(
    story: Story, site: Path, opened: LazySettings, monkeypatch: pytest.MonkeyPatch
) -> None:
    story.approved()
    disclose.publish(story.member, story.advisory)
    keys.make(story.house.administrator, name=NAME)
    first = signing()
    with monkeypatch.context() as patch:
        patch.setattr(publisher, "refresh", lambda: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            keys.rotate(story.house.administrator, name=NAME)
    assert signing() == first
    assert told() == ["keys.made", "keys.rotated", "keys.put_back"]
    with pytest.raises(Problem, match="do not allow"):
        keys.rotate(story.member, name=NAME)


def protected(home: Path, passphrase: str) -> tuple[bytes, bytes, str]:
    """What an owner of GnuPG exports: the secret subkey alone (its primary key stays at home), the public key
    with another end, and the fingerprint."""

    def gpg(*arguments: str) -> bytes:
        base = ["gpg", "--homedir", str(home), "--batch", "--pinentry-mode", "loopback"]
        return subprocess.run(
            [*base, "--passphrase", passphrase, *arguments], capture_output=True, check=True
        ).stdout

    home.mkdir(mode=0o700)
    (home / "gpg-agent.conf").write_text("s2k-count 65536\n")  # a passphrase that is tried in no time
    gpg("--quick-generate-key", NAME, "ed25519", "cert", "1y")
    fingerprint = next(
        line.split(":")[9]
        for line in gpg("--list-keys", "--with-colons").decode().splitlines()
        if line.startswith("fpr")
    )
    gpg("--quick-add-key", fingerprint, "ed25519", "sign", "1y")
    secret = gpg("--armor", "--export-secret-subkeys")
    gpg("--quick-set-expire", fingerprint, "3y")
    gpg("--quick-set-expire", fingerprint, "3y", "*")
    later = gpg("--armor", "--export-secret-subkeys")
    subprocess.run(["gpgconf", "--homedir", str(home), "--kill", "all"], check=False)
    return secret, later, fingerprint


def test_a_key_made_elsewhere_is_brought_protected_or_public_and_never_bare(
    story: Story, enter: Enter, opened: LazySettings, tmp_path: Path
) -> None:
    admin = enter(story.house.administrator)
    secret, later, fingerprint = protected(tmp_path / "gnupg", PASSPHRASE)
    plain = openpgp.generate(NAME, lasting=timedelta(days=9))

    def send(key: bytes, held: str, seen: str) -> tuple[int, str]:
        form = {"held": held, "instead_of": seen, "key": SimpleUploadedFile("key.asc", key)}
        answer = admin.post("/keys/bring/", form)
        return answer.status_code, answer.text

    assert "/keys/bring/" in admin.get("/keys/").text
    for key, held, words in (
        (plain, "here", "not protected by a passphrase"),
        (openpgp.public(secret).armored, "here", "no secret part"),
        (secret, "elsewhere", "holds the secret key"),
        (b"\0" * 70_000, "here", "at most 64 KiB"),
        (b"?", "elsewhere", "not an OpenPGP key"),
    ):
        status, page = send(key, held, "")
        assert (status, words in page) == (422, True), words
    assert signing() == ""
    assert send(secret, "here", "")[0] == 302
    assert signing() == fingerprint
    listed = holder().folder.public(fingerprint)
    by = holder().signing().sign
    assert by is not None
    assert openpgp.verify(b"document", by(b"document"), [listed]) == fingerprint
    assert send(later, "here", "")[0] == 412  # somebody else was first
    assert send(later, "here", fingerprint)[0] == 302
    assert holder().folder.public(fingerprint).expires > listed.expires  # type: ignore[operator]
    assert send(later, "here", fingerprint)[0] == 409
    assert told() == ["keys.brought", "keys.brought"]


def test_a_program_brings_the_public_key_of_a_card_and_without_its_command_nothing_changes(
    story: Story, site: Path, enter: Enter, opened: LazySettings, tmp_path: Path
) -> None:
    story.approved()
    disclose.publish(story.member, story.advisory)
    keys.make(story.house.administrator, name=NAME)
    first, card = signing(), openpgp.generate(NAME, lasting=timedelta(days=900))
    (tmp_path / "card").write_bytes(card)
    admin = enter(story.house.administrator)
    body = {"key": openpgp.public(card).armored.decode(), "is_public": True, "instead_of": first}

    def send() -> int:
        return admin.post("/api/v1/keys/bring", json.dumps(body), content_type="application/json").status_code

    assert send() == 503
    assert signing() == first
    opened.ENVIRONMENT = replace(
        opened.ENVIRONMENT, sign_command=(sys.executable, "-c", SIGNING, str(tmp_path / "card"))
    )
    assert send() == 201
    assert signing() == openpgp.public(card).fingerprint
    assert enter(story.member).post("/keys/bring/", {}).status_code == 403


def test_programs_read_rotate_and_retire(story: Story, enter: Enter, opened: LazySettings) -> None:
    admin = enter(story.house.administrator)

    def send(path: str, body: dict[str, object]) -> tuple[int, dict[str, str]]:
        answer = admin.post(f"/api/v1/keys{path}", json.dumps(body), content_type="application/json")
        return answer.status_code, json.loads(answer.content)

    status, made = send("", {"name": NAME})
    assert status == 201
    status, rotated = send("/rotate", {"name": NAME, "instead_of": made["fingerprint"], "unlist": True})
    assert status == 201
    said = json.loads(admin.get("/api/v1/keys").content)
    assert said["signing"] == rotated["fingerprint"] == said["items"][0]["fingerprint"]
    assert [each["state"] for each in said["items"]] == ["signs", "unlisted"]
    assert said["next"]["code"] == "wait"
    key = json.loads(admin.get(f"/api/v1/keys/{rotated['fingerprint']}").content)["public_key"]
    assert not openpgp.has_secret(key.encode())
    assert send("/rotate", {"name": NAME, "instead_of": made["fingerprint"]})[0] == 412
    refused = admin.delete(f"/api/v1/keys/{rotated['fingerprint']}")
    assert refused.status_code == 409
    assert admin.delete(f"/api/v1/keys/{rotated['fingerprint']}?stop_signing=true").status_code == 204
    assert json.loads(admin.get("/api/v1/keys").content)["signing"] == ""
