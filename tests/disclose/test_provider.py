"""The published tree is that of a CSAF trusted provider: what lies beside the documents, and what is kept."""

import csv
import hashlib
import json
import shutil
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from okiagari.disclose.site import planning
from okiagari.disclose.site.provider import Signing
from okiagari.plumbing import clock
from okiagari.standards import openpgp
from okiagari.standards.provider import layout, security_txt
from tests.standards.corpus import FOLDER, needs_corpus
from tests.support.provider import OTHER, PUBLIC, SECRET, Counting, publish, two


@pytest.fixture(scope="module")
def out(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return publish(tmp_path_factory.mktemp("provider"), two(), Counting().signing())


def said(out: Path, name: str) -> Any:
    return json.loads((out / name).read_text())


def holds(out: Path, key: openpgp.Key) -> str:
    """The key that made the signature of the first document, if it is this one."""
    document = out / "csaf" / "2015" / "sa-1.json"
    return openpgp.verify(document.read_bytes(), Path(f"{document}.asc").read_bytes(), [key])


@needs_corpus
@pytest.mark.parametrize("name", [layout.WELL_KNOWN, f"csaf/{layout.METADATA}"])
def test_the_metadata_is_valid_by_the_schema_of_the_standard(out: Path, name: str) -> None:
    schema = json.loads((FOLDER / "csaf-2.0" / "json_schema" / "provider_json_schema.json").read_text())
    schema["properties"]["publisher"] = {"required": ["category", "name", "namespace"]}
    jsonschema.Draft202012Validator(schema, format_checker=jsonschema.FormatChecker()).validate(
        said(out, name)
    )
    assert said(out, name)["role"] == "csaf_trusted_provider"


def test_every_document_has_its_hashes_and_a_signature_that_holds(out: Path) -> None:
    documents = sorted(out.glob("csaf/2015/*.json"))
    assert [each.name for each in documents] == ["sa-1-en.json", "sa-1.json", "sa-2.json"]
    for each in documents:
        data = each.read_bytes()
        for name in layout.HASHES:
            told = Path(f"{each}.{name}").read_text()
            assert told == f"{hashlib.new(name, data).hexdigest()}  {each.name}\n"
        key = openpgp.public(SECRET)
        assert openpgp.verify(data, Path(f"{each}.asc").read_bytes(), [key]) == key.fingerprint


def test_gnupg_accepts_the_signatures_with_the_key_that_is_published(
    out: Path, tmp_path: Path, gpg: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    key = said(out, layout.WELL_KNOWN)["public_openpgp_keys"][0]
    place = out / key["url"].removeprefix("https://maker.example/security/")
    assert gpg("--import", str(place)).returncode == 0
    document = out / "csaf" / "2015" / "sa-1.json"
    told = gpg("--status-fd", "1", "--verify", f"{document}.asc", str(document))
    assert "VALIDSIG" in told.stdout
    assert key["fingerprint"] in told.stdout
    changed = tmp_path / "changed.json"
    changed.write_bytes(document.read_bytes() + b" ")
    assert gpg("--verify", f"{document}.asc", str(changed)).returncode != 0


@pytest.fixture
def gpg(tmp_path: Path) -> Callable[..., subprocess.CompletedProcess[str]]:
    """GnuPG with a home of its own."""
    home = tmp_path / "gnupg"
    home.mkdir(mode=0o700)
    program = shutil.which("gpg")
    assert program, "GnuPG belongs to the machine tests run on (.ci/run installs it)"

    def run(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [program, "--homedir", str(home), "--batch", "--no-autostart", *arguments]
        return subprocess.run(
            command, capture_output=True, text=True, encoding="utf-8", errors="replace", check=False
        )

    return run


def test_lists_name_every_document_with_the_date_it_carries(out: Path) -> None:
    named = (out / "csaf" / "index.txt").read_text().splitlines()
    with (out / "csaf" / "changes.csv").open(newline="") as file:
        dates = dict(csv.reader(file))
    assert sorted(dates) == named == ["2015/sa-1-en.json", "2015/sa-1.json", "2015/sa-2.json"]
    for path, date in dates.items():
        tracking = said(out, f"csaf/{path}")["document"]["tracking"]
        assert date == tracking["current_release_date"]
    assert (out / "csaf" / "changes.csv").read_text().count('"') == 4 * len(dates)


def test_the_feed_leads_to_the_documents_hashes_and_signatures(out: Path) -> None:
    feed = said(out, "csaf/feed-tlp-white.json")["feed"]
    assert len(feed["entry"]) == 3
    for each in feed["entry"]:
        assert {link["rel"] for link in each["link"]} == {"self", "hash", "signature"}
        for link in each["link"]:
            assert (out / link["href"].removeprefix("https://maker.example/security/")).is_file()
    service = json.dumps(said(out, "csaf/service.json"))
    assert "https://maker.example/security/csaf/feed-tlp-white.json" in service
    terms = [each["term"] for each in said(out, "csaf/category-tlp-white.json")["categories"]["category"]]
    assert terms == ["csaf", "A-1"]


def test_every_folder_lists_itself(out: Path) -> None:
    assert 'href="2015/"' in (out / "csaf" / "index.html").read_text()
    listed = (out / "csaf" / "2015" / "index.html").read_text()
    for each in (out / "csaf" / "2015").iterdir():
        assert each.name == "index.html" or f'href="{each.name}"' in listed


def test_security_txt_says_whom_to_tell_and_how_long_it_holds(out: Path) -> None:
    read = security_txt.read((out / layout.SECURITY_TXT).read_bytes())
    assert read.values("Contact") == ("mailto:psirt@maker.example", "https://maker.example/report/")
    assert read.values("CSAF") == ("https://maker.example/security/csaf/provider-metadata.json",)
    assert read.values("Canonical") == ("https://maker.example/.well-known/security.txt",)
    assert read.expires is not None
    assert timedelta(days=300) < read.expires - clock.now() < timedelta(days=365)
    assert read.strange == ()


def test_security_txt_is_signed_by_the_key_that_signs_the_documents(
    out: Path, tmp_path: Path, gpg: Callable[..., subprocess.CompletedProcess[str]]
) -> None:
    place = out / layout.SECURITY_TXT
    key = openpgp.public(SECRET)
    text, by = openpgp.verify_text(place.read_bytes(), [key])
    assert by == key.fingerprint
    assert security_txt.read(text) == security_txt.read(place.read_bytes())
    shown = tmp_path / "key.asc"
    shown.write_bytes(key.armored)
    gpg("--import", str(shown))
    assert key.fingerprint in gpg("--status-fd", "1", "--verify", str(place)).stdout
    changed = tmp_path / "changed.txt"
    changed.write_bytes(place.read_bytes().replace(b"psirt@", b"other@"))
    assert gpg("--verify", str(changed)).returncode != 0


def test_a_report_form_inside_the_house_is_not_told_to_the_world() -> None:
    site = replace(PUBLIC, report_url="https://desk.internal/report/")
    text = planning.plan([], site).contents[layout.SECURITY_TXT]
    assert isinstance(text, bytes)
    assert b"internal" not in text


def test_the_policy_of_the_maker_is_named_where_it_has_one() -> None:
    for url in ("https://maker.example/policy", ""):
        text = planning.plan([], replace(PUBLIC, policy_url=url)).contents[layout.SECURITY_TXT]
        assert isinstance(text, bytes)
        assert security_txt.read(text).values("Policy") == ((url,) if url else ())


def signatures(out: Path) -> list[Path]:
    return [each for each in out.rglob("*.asc") if each.parent.name != layout.KEYS]


def test_hashes_and_a_signature_lie_beside_whatever_programs_read(out: Path, tmp_path: Path) -> None:
    key = openpgp.public(SECRET)
    folders = ("csaf/2015", "cve", "cyclonedx", "openvex", "vuldef")
    documents = [
        each for name in folders for each in (out / name).rglob("sa-*") if each.suffix in {".json", ".xml"}
    ]
    documents += list((out / "cve").rglob("cve-*.json"))
    assert {each.relative_to(out).parts[0] for each in documents} == {
        *("csaf", "cve", "cyclonedx", "openvex", "vuldef")
    }
    for each in documents:
        assert openpgp.verify(each.read_bytes(), Path(f"{each}.asc").read_bytes(), [key]) == key.fingerprint
        for name in ("sha256", "sha512"):
            beside = Path(f"{each}.{name}").read_text()
            assert beside == f"{hashlib.new(name, each.read_bytes()).hexdigest()}  {each.name}\n"


def test_one_more_advisory_signs_only_its_own_documents(tmp_path: Path) -> None:
    signer = Counting()
    out = publish(tmp_path, two()[:1], signer.signing())
    before = (out / "csaf" / "2015" / "sa-1.json.asc").stat().st_ino
    assert signer.times == len(signatures(out)) == 8
    out = publish(tmp_path, two(), signer.signing())
    assert signer.times == len(signatures(out)) == 8 + 5  # the second has one language, and no CVE record
    assert (out / "csaf" / "2015" / "sa-1.json.asc").stat().st_ino == before


def test_a_signature_that_somebody_touched_is_made_anew(tmp_path: Path) -> None:
    signer = Counting()
    out = publish(tmp_path, two(), signer.signing())
    (out / "csaf" / "2015" / "sa-1.json.asc").write_text("forged")
    (out / "csaf" / "2015" / "sa-1.json.sha512").write_text("forged")
    out = publish(tmp_path, two(), signer.signing())
    assert signer.times == len(signatures(out)) + 1
    assert "forged" not in (out / "csaf" / "2015" / "sa-1.json.sha512").read_text()


def test_another_key_signs_everything_again_and_the_old_one_stays_listed(tmp_path: Path) -> None:
    first, second = Counting(), Counting(OTHER)
    old = publish(tmp_path, two(), first.signing()).resolve()
    out = publish(tmp_path, two(), second.signing(first.key))
    assert second.times == first.times == len(signatures(out))
    assert holds(out, second.key)
    listed = [each["fingerprint"] for each in said(out, layout.WELL_KNOWN)["public_openpgp_keys"]]
    assert listed == [first.key.fingerprint, second.key.fingerprint]
    assert holds(old, first.key)  # the tree before is as it was


def test_without_a_key_it_is_a_plain_provider_and_says_so(tmp_path: Path) -> None:
    out = publish(tmp_path, two(), Signing())
    told = said(out, layout.WELL_KNOWN)
    assert told["role"] == "csaf_provider"
    assert "public_openpgp_keys" not in told
    assert not list(out.rglob("*.asc"))
    assert "signature" not in (out / "csaf" / "feed-tlp-white.json").read_text()
    assert (out / "csaf" / "2015" / "sa-1.json.sha256").is_file()
