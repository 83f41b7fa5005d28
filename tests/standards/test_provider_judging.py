"""Requirement by requirement: a tree that is right holds its role; whatever is broken in it is a finding."""

import json
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okiagari.disclose.site.provider import Signing
from okiagari.engines.provider_sources import FolderSource
from okiagari.plumbing import clock
from okiagari.standards import openpgp
from okiagari.standards.documents import from_bytes
from okiagari.standards.provider import metadata_check
from okiagari.standards.provider.answers import Answer
from okiagari.standards.provider.findings import Report, Role, Verdict
from okiagari.standards.provider.judge import judge
from tests.standards.corpus import FOLDER, needs_corpus
from tests.support.provider import OTHER, PUBLIC, SECRET, Counting, publish, two

URL = "https://maker.example/security"
WHITE = "csaf/feed-tlp-white.json"
ONE = "csaf/2015/sa-1.json"
Change = Callable[[Path], object]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    site = replace(PUBLIC, has_csaf_2_1=True)
    return publish(tmp_path_factory.mktemp("judged"), two(), Counting().signing(), site).resolve()


@pytest.fixture
def tree(whole: Path, tmp_path: Path) -> Path:
    """A copy to break."""
    return Path(shutil.copytree(whole, tmp_path / "tree"))


def judged(folder: Path, role: Role = Role.TRUSTED_PROVIDER, start: str = URL) -> Report:
    return judge(FolderSource(folder, URL), start, role, now=clock.now())


def verdicts(report: Report) -> dict[int, Verdict]:
    return {each.number: each.verdict for each in report.results}


def failed(report: Report) -> set[int]:
    return {number for number, verdict in verdicts(report).items() if verdict is Verdict.FAILED}


def test_a_tree_that_is_right_is_that_of_a_trusted_provider(whole: Path) -> None:
    report = judged(whole)
    assert (report.holds, report.missing, report.unseen) == (True, (), (3, 6))
    unchecked = [number for number, verdict in verdicts(report).items() if verdict is Verdict.NOT_CHECKED]
    assert (failed(report), unchecked) == (set(), [3, 6, 10])
    assert (report.documents, report.documents_known) == (3, 3)
    assert not [each for result in report.results for each in result.findings]


def test_the_tree_of_the_draft_is_one_too(whole: Path) -> None:
    report = judged(whole, start=f"{URL}/csaf-2.1/provider-metadata.json")
    assert (report.version, report.holds, report.documents) == ("2.1", True, 3)
    assert report.unseen == (3, 6, 24, 25)


class Silent:
    """A server that is not there."""

    is_network = True

    def listed(self) -> tuple[str, ...]:
        return ()

    def get(self, url: str, *, limit: int = 0, agent: str = "") -> Answer:
        return Answer(url, 0, error="Name or service not known")


def test_of_a_server_that_does_not_answer_nothing_is_said_to_be_right() -> None:
    report = judge(Silent(), URL, Role.PROVIDER, now=clock.now())
    assert not report.holds
    assert {verdicts(report)[number] for number in (3, 6)} == {Verdict.NOT_CHECKED}


def edit(path: str, change: Callable[[Any], object]) -> Change:
    def deed(tree: Path) -> None:
        document = json.loads((tree / path).read_text())
        change(document)
        (tree / path).write_text(json.dumps(document))

    return deed


def remove(*paths: str) -> Change:
    def deed(tree: Path) -> None:
        for path in paths:
            (tree / path).unlink()

    return deed


def write(path: str, text: str) -> Change:
    return lambda tree: (tree / path).write_text(text)


def swap(path: str, old: str, new: str) -> Change:
    return lambda tree: (tree / path).write_text((tree / path).read_text().replace(old, new))


@pytest.mark.parametrize(
    ("breaking", "numbers"),
    [
        (edit(ONE, lambda d: d["document"].pop("title")), {1, 18, 19}),
        (write(ONE, "[]"), {1, 18, 19}),
        (remove(ONE), {1}),
        (lambda tree: (tree / ONE).rename(tree / "csaf/2015/SA-1.json"), {1}),
        (edit(ONE, lambda d: d["document"]["tracking"].update(id="SA-9")), {2, 18, 19}),
        (edit("csaf/provider-metadata.json", lambda d: d.update(role="csaf_provider")), {7}),
        (edit("csaf/provider-metadata.json", lambda d: d.pop("publisher")), {7}),
        (remove(".well-known/security.txt"), {8}),
        (swap(".well-known/security.txt", "CSAF:", "Other:"), {8}),
        (swap(".well-known/security.txt", "Expires: 2", "Expires: 1"), {8}),
        (swap(".well-known/security.txt", "CSAF: https://maker", "CSAF: https://other"), {8}),
        (swap(".well-known/security.txt", "mailto:psirt", "mailto:somebody"), {8}),
        (swap(".well-known/security.txt", "-----END PGP", "-----ENDE PGP"), {8}),
        (remove(".well-known/csaf/provider-metadata.json"), {9}),
        (write(".well-known/csaf/provider-metadata.json", "{}"), {9}),
        (remove("csaf/index.txt"), {12}),
        (swap("csaf/index.txt", "2015/sa-2.json\n", ""), {12}),
        (remove("csaf/changes.csv"), {13}),
        (swap("csaf/changes.csv", '"', ""), {13}),
        (swap("csaf/changes.csv", "2015-08", "2014-08"), {13}),
        (swap("csaf/changes.csv", "sa-2", "sa-3"), {1, 12, 13, 14, 15}),
        (write("csaf/2015/index.html", "<p>nothing"), {14}),
        (write(WHITE, "{"), {15}),
        (edit(WHITE, lambda d: d["feed"]["entry"].pop()), {15}),
        (edit(WHITE, lambda d: d["feed"].pop("category")), {15}),
        (edit(WHITE, lambda d: d["feed"]["entry"][0].update(updated="2001-01-01T00:00:00Z")), {15}),
        (edit("csaf/service.json", lambda d: d["service"].update(workspace=[])), {16}),
        (write("csaf/category-tlp-white.json", "null"), {17}),
        (remove(f"{ONE}.sha256", f"{ONE}.sha512"), {18}),
        (write(f"{ONE}.sha256", "0" * 64), {18}),
        (remove(f"{ONE}.asc"), {19}),
        (write(f"{ONE}.asc", "-----BEGIN PGP SIGNATURE-----"), {19}),
        (lambda tree: shutil.rmtree(tree / "csaf" / "openpgp"), {19, 20}),
    ],
)
def test_what_is_broken_fails_its_requirement_and_no_other(
    tree: Path, breaking: Change, numbers: set[int]
) -> None:
    breaking(tree)
    report = judged(tree)
    assert failed(report) == numbers, [result for result in report.results if result.findings]
    for number in numbers:
        (result,) = (each for each in report.results if each.number == number)
        assert any(each.is_error and each.place and each.message for each in result.findings)


def test_one_hash_is_enough_and_the_other_is_only_noted(tree: Path) -> None:
    (tree / f"{ONE}.sha512").unlink()
    report = judged(tree)
    assert report.holds
    assert [each.findings[0].is_error for each in report.results if each.findings] == [False]


TEXT = ".well-known/security.txt"


def about_text(folder: Path) -> tuple[str, list[str]]:
    """What is said of security.txt: what was found, and each finding."""
    (result,) = (each for each in judged(folder).results if each.number == 8)
    return result.found, [each.message for each in result.findings]


def test_security_txt_may_be_signed_or_not_and_whoever_signed_it_is_told(tree: Path) -> None:
    key = openpgp.public(SECRET).fingerprint
    found, wrong = about_text(tree)
    assert found.endswith(f"; signed by {key}")
    assert not wrong
    text, _ = openpgp.verify_text((tree / TEXT).read_bytes(), [openpgp.public(SECRET)])
    (tree / TEXT).write_bytes(text)
    found, wrong = about_text(tree)
    assert found
    assert "signed" not in found
    assert not wrong
    (tree / TEXT).write_bytes(openpgp.Signer(OTHER).sign_text(text))
    _, wrong = about_text(tree)
    assert "a key that the metadata does not list" in wrong[0]
    assert judged(tree).holds


def test_a_signature_of_a_key_that_is_not_listed_proves_nothing(tree: Path) -> None:
    document = (tree / ONE).read_bytes()
    (tree / f"{ONE}.asc").write_bytes(Counting(OTHER).sign(document))
    assert failed(judged(tree)) == {19}


@pytest.mark.parametrize(
    ("lost", "missing"),
    [
        (("csaf/index.txt",), ()),
        ((WHITE,), ()),
        (("csaf/index.txt", WHITE), ("11 to 14, or 15 to 17",)),
        ((".well-known/security.txt",), ()),
        ((".well-known/security.txt", ".well-known/csaf/provider-metadata.json"), ("one of 8 to 10",)),
    ],
)
def test_of_several_ways_one_is_enough(tree: Path, lost: tuple[str, ...], missing: tuple[str, ...]) -> None:
    remove(*lost)(tree)
    report = judged(tree)
    assert report.missing == missing
    assert report.holds is not bool(missing)


def test_a_lesser_role_asks_less(tmp_path: Path) -> None:
    out = publish(tmp_path, two(), Signing())
    assert judged(out, Role.PROVIDER).holds
    assert judged(out, Role.TRUSTED_PROVIDER).missing == ("7", "19", "20")
    shutil.rmtree(out / ".well-known")
    for each in ("provider-metadata.json", "index.txt", "changes.csv", "feed-tlp-white.json"):
        (out / "csaf" / each).unlink()
    report = judged(out, Role.PUBLISHER)
    assert report.holds, report
    assert report.documents == 3
    assert not judged(out, Role.PROVIDER).holds


def test_an_empty_folder_is_nothing_and_says_so(tmp_path: Path) -> None:
    report = judged(tmp_path)
    assert not report.holds
    assert "7" in report.missing


def test_a_key_that_has_expired_is_no_key(whole: Path) -> None:
    report = judge(
        FolderSource(whole, URL), URL, Role.TRUSTED_PROVIDER, now=clock.now() + timedelta(days=400)
    )
    assert {8, 20} <= failed(report)


def test_nothing_outside_the_folder_is_read(tree: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.json").write_text("{}")
    (tree / "csaf" / "link.json").symlink_to(tmp_path / "secret.json")
    source = FolderSource(tree, URL)
    for path in ("../secret.json", "csaf/../../secret.json", "%2e%2e/secret.json", "csaf/link.json", "%00"):
        answer = source.get(f"{URL}/{path}")
        assert not answer.is_there
        assert answer.why
    assert source.get("https://other.example/x").status == 0
    assert "larger" in source.get(f"{URL}/{ONE}", limit=10).why


JSON = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=5)
    | st.sampled_from(["https://maker.example/x.json", "https://[::1/x.json", "https://a:b/x.json"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner, max_size=3),
    max_leaves=5,
)


@st.composite
def broken(draw: st.DrawFn, document: Any) -> Any:
    """The document with one value somewhere replaced by any other."""
    places = list(_places(document))
    place = draw(st.sampled_from(places))
    value = draw(JSON)
    copy = json.loads(json.dumps(document))
    inner = copy
    for step in place[:-1]:
        inner = inner[step]
    inner[place[-1]] = value
    return copy


def _places(value: Any, before: tuple[Any, ...] = ()) -> Any:
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in pairs:
        yield (*before, key)
        yield from _places(inner, (*before, key))


@given(data=st.data())
@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_no_broken_file_ever_ends_the_visit(whole: Path, data: st.DataObject) -> None:
    path = data.draw(st.sampled_from(["csaf/provider-metadata.json", WHITE, "csaf/service.json", ONE]))
    document = from_bytes((whole / path).read_bytes())
    changed = json.dumps(data.draw(broken(document))).encode()

    class Changed(FolderSource):
        def get(self, url: str, **more: Any) -> Any:
            answer = super().get(url, **more)
            return replace(answer, data=changed) if url.endswith(path) else answer

    report = judge(Changed(whole, URL), URL, Role.TRUSTED_PROVIDER, now=clock.now(), most=1)
    assert len(report.results) == 20


@needs_corpus
@pytest.mark.parametrize("version", ["csaf-2.0", "csaf-2.1"])
def test_the_examples_of_the_standard_are_provider_metadata(version: str) -> None:
    examples = sorted((FOLDER / version / "examples" / "provider-metadata").glob("*.json"))
    assert examples
    for each in examples:
        assert list(metadata_check.faults(json.loads(each.read_text()))) == []
