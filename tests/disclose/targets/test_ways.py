"""Three ways to a target, each against the real thing: cut off anywhere, gone on with, exact in the end."""

import hashlib
import shutil
from collections.abc import Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, Protocol

import pytest

from okiagari.disclose.site.writer import Writer
from okiagari.disclose.targets import problems
from okiagari.disclose.targets.bucket import BucketWay, connected
from okiagari.disclose.targets.folder import FolderWay
from okiagari.disclose.targets.remote import RsyncWay
from okiagari.disclose.targets.settings import FolderTarget, RsyncTarget
from okiagari.disclose.targets.ssh import Ssh
from okiagari.disclose.targets.ways import Outgoing, Way
from okiagari.problems import Problem
from tests.support import sshd, storage
from tests.support.sshd import SshServer
from tests.support.storage import BUCKET, Storage

OLD = {
    ".well-known/csaf/provider-metadata.json": "the feed is csaf/index.txt",
    "csaf/index.txt": "csaf/2015/a.json\ncsaf/2015/gone.json",
    "csaf/2015/a.json": "A, edition 1",
    "csaf/2015/a.json.sha256": "hash of A, edition 1",
    "csaf/2015/gone.json": "withdrawn later",
    "ja/a.html": "お知らせ A",
    "index.html": "both languages",
}
NEW = {
    **OLD,
    "csaf/index.txt": "csaf/2015/a.json\ncsaf/2015/b.json",
    "csaf/2015/a.json": "A, edition 2",
    "csaf/2015/a.json.sha256": "hash of A, edition 2",
    "csaf/2015/b.json": "B",
    "ja/b.html": "お知らせ B",
}
del NEW["csaf/2015/gone.json"]
EVER = frozenset((*OLD, *NEW))


class Killed(BaseException):
    """The process is gone."""


class Life:
    def __init__(self, touches: int | None) -> None:
        self.left = touches

    def take(self) -> bool:
        """True where this touch is the last."""
        if self.left is None:
            return False
        self.left -= 1
        return self.left < 0


def tree(folder: Path, name: str, said: Mapping[str, str]) -> Outgoing:
    """A published tree on the disk."""
    place = folder / "site" / "trees" / name
    for path, text in said.items():
        (place / path).parent.mkdir(parents=True, exist_ok=True)
        (place / path).write_text(text)
    files = {path: hashlib.sha256(text.encode()).hexdigest() for path, text in said.items()}
    return Outgoing(name, place, files, EVER)


class DyingWriter(Writer):
    def __init__(self, life: Life) -> None:
        self.life = life

    def write(self, path: Path, data: bytes) -> None:
        if self.life.take():
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data[: len(data) // 2])
            raise Killed
        super().write(path, data)

    def link(self, source: Path, path: Path) -> None:
        if self.life.take():
            raise Killed
        super().link(source, path)

    def switch(self, link: Path, target: str) -> None:
        if self.life.take():
            raise Killed
        super().switch(link, target)


class DyingSsh(Ssh):
    """Dies in the middle of a command, or with half of the files sent."""

    def __init__(self, target: RsyncTarget, life: Life) -> None:
        super().__init__(target)
        self.life = life

    def run(self, script: str) -> str:
        if self.life.take():
            first = script.split(" && ")
            with suppress(Problem):
                super().run(" && ".join(first[: len(first) // 2]) or ":")
            raise Killed
        return super().run(script)

    def rsync(self, tree: Path, place: str, shared: str) -> str:
        if self.life.take():
            half = tree.parent / f"half-of-{tree.name}"
            shutil.copytree(tree, half)
            _, second, *rest = sorted(each for each in half.rglob("*") if each.is_file())
            second.write_bytes(second.read_bytes()[:3])
            for each in rest:
                each.unlink()
            super().rsync(half, place, "")
            shutil.rmtree(half)
            raise Killed
        return super().rsync(tree, place, shared)


class DyingClient:
    """Dies before an object is put or removed."""

    def __init__(self, client: Any, life: Life) -> None:
        self.client = client
        self.life = life

    def __getattr__(self, name: str) -> Any:
        if name in ("put_object", "delete_object") and self.life.take():
            raise Killed
        return getattr(self.client, name)


class Rig(Protocol):
    """A target, how to get to it, and what its readers see. `most`: touches until it dies, so that each run
    of a target that gets on with every touch is cut off at the next one."""

    can_switch: bool
    most: int

    def way(self, touches: int | None = None) -> Way: ...
    def seen(self) -> dict[str, str]: ...
    def spoil(self, path: str, text: str) -> None: ...


class FolderRig:
    can_switch, most = True, 100

    def __init__(self, place: Path) -> None:
        self.place = place
        self.target = FolderTarget(name="disk", path=str(place))

    def way(self, touches: int | None = None) -> Way:
        return FolderWay(self.target, DyingWriter(Life(touches)))

    def seen(self) -> dict[str, str]:
        public = self.place / "current"
        return {
            str(each.relative_to(public)): each.read_text() for each in public.rglob("*") if each.is_file()
        }

    def spoil(self, path: str, text: str) -> None:
        place = self.place / "current" / path
        place.unlink(missing_ok=True)
        place.write_text(text)


class RsyncRig(FolderRig):
    def __init__(self, place: Path, server: SshServer) -> None:
        super().__init__(place)
        self.remote = server.target(place)

    def way(self, touches: int | None = None) -> Way:
        return RsyncWay(self.remote, DyingSsh(self.remote, Life(touches)))


class BucketRig:
    can_switch, most = False, 1

    def __init__(self, given: Storage) -> None:
        self.storage = given
        given.empty()
        self.spoil("../brochure.pdf", "somebody else's")

    def way(self, touches: int | None = None) -> Way:
        client = DyingClient(self.storage.client(), Life(touches))
        return BucketWay(self.storage.target(prefix="security/"), client)

    def seen(self) -> dict[str, str]:
        found = self.storage.objects()
        assert found.pop("brochure.pdf") == b"somebody else's"
        return {key.removeprefix("security/"): data.decode() for key, data in found.items()}

    def spoil(self, path: str, text: str) -> None:
        key = path.removeprefix("../") if path.startswith("../") else f"security/{path}"
        self.storage.client().put_object(Bucket=BUCKET, Key=key, Body=text.encode())


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SshServer]:
    if not sshd.is_here():
        pytest.skip("no rsync or no OpenSSH server here: apt install rsync openssh-server")
    with sshd.served(tmp_path_factory.mktemp("sshd")) as found:
        yield found


@pytest.fixture(scope="module")
def store() -> Iterator[Storage]:
    with storage.served() as found:
        yield found


@pytest.fixture(params=["folder", "rsync", "s3"])
def rig(request: pytest.FixtureRequest, tmp_path: Path) -> Rig:
    place = tmp_path / "srv" / "www"
    if request.param == "folder":
        return FolderRig(place)
    if request.param == "rsync":
        return RsyncRig(place, request.getfixturevalue("server"))
    return BucketRig(request.getfixturevalue("store"))


def listed(seen: Mapping[str, str]) -> set[str]:
    return set(seen["csaf/index.txt"].split())


def test_killed_at_any_touch_readers_see_the_old_or_the_new_and_the_next_run_finishes(
    rig: Rig, tmp_path: Path
) -> None:
    old, new = tree(tmp_path, "0" * 16, OLD), tree(tmp_path, "1" * 16, NEW)
    rig.way().send(old)
    assert rig.seen() == OLD
    states, touches = [], 0
    while True:
        try:
            rig.way(touches).send(new)
        except Killed:
            states.append(rig.seen())
            touches = min(touches + 1, rig.most)
        else:
            break
    assert len(states) >= 4
    assert rig.seen() == NEW
    if rig.can_switch:
        assert all(state in (OLD, NEW) for state in states)
    for state in states:  # what a list names is there, whatever was cut off
        assert listed(state) <= state.keys()
        assert state["index.html"]


def test_a_second_run_sends_nothing(rig: Rig, tmp_path: Path) -> None:
    old = tree(tmp_path, "0" * 16, OLD)
    first = rig.way().send(old)
    assert (first.files, first.bytes) == (len(OLD), sum(len(text.encode()) for text in OLD.values()))
    again = rig.way().send(old)
    assert (again.files, again.bytes, again.removed) == (0, 0, 0)


def test_only_what_changed_goes_over(rig: Rig, tmp_path: Path) -> None:
    rig.way().send(tree(tmp_path, "0" * 16, OLD))
    sent = rig.way().send(tree(tmp_path, "1" * 16, NEW))
    assert sent.files == sum(OLD.get(path) != text for path, text in NEW.items())


def test_what_somebody_changed_there_is_seen_and_made_good(rig: Rig, tmp_path: Path) -> None:
    old = tree(tmp_path, "0" * 16, OLD)
    rig.way().send(old)
    rig.spoil("ja/a.html", "ハハハ")
    found = rig.way().compare(old)
    assert (found.missing, found.different, found.extra) == ((), ("ja/a.html",), ())
    rig.way().send(old)
    assert rig.seen() == OLD
    assert not rig.way().compare(old).all


def test_a_folder_that_is_somebody_elses_is_not_touched(tmp_path: Path, server: SshServer) -> None:
    place = tmp_path / "home"
    place.mkdir()
    (place / "letter.txt").write_text("mine")
    for rig in (FolderRig(place), RsyncRig(place, server)):
        with pytest.raises(Problem) as refusal:
            rig.way().send(tree(tmp_path, "0" * 16, OLD))
        assert refusal.value.definition is problems.NOT_OURS
        assert [each.name for each in place.iterdir()] == ["letter.txt"]


def test_the_site_is_no_target_of_itself(tmp_path: Path) -> None:
    old = tree(tmp_path, "0" * 16, OLD)
    with pytest.raises(Problem) as refusal:
        FolderRig(tmp_path / "site").way().send(old)
    assert refusal.value.definition is problems.NOT_OURS


def test_a_server_with_another_key_gets_nothing(tmp_path: Path, server: SshServer) -> None:
    target = server.target(tmp_path / "www", known_hosts=sshd.stranger(tmp_path, server.port))
    with pytest.raises(Problem) as refusal:
        RsyncWay(target).send(tree(tmp_path, "0" * 16, OLD))
    assert refusal.value.definition is problems.UNREACHABLE
    assert not (tmp_path / "www").exists()


def test_a_server_that_is_away_is_unreachable(tmp_path: Path) -> None:
    away = sshd.SshServer(9, tmp_path / "none", tmp_path / "none").target(tmp_path / "www")
    with pytest.raises(Problem) as refusal:
        RsyncWay(away).send(tree(tmp_path, "0" * 16, OLD))
    assert refusal.value.definition is problems.UNREACHABLE
    assert "refused" in str(refusal.value.parameters["why"])


def test_storage_says_type_caching_and_hash_of_each_object(tmp_path: Path, store: Storage) -> None:
    rig = BucketRig(store)
    rig.way().send(tree(tmp_path, "0" * 16, OLD))
    document = store.client().head_object(Bucket=BUCKET, Key="security/csaf/2015/a.json")
    assert document["ContentType"] == "application/json"
    assert document["CacheControl"] == "public, max-age=300"
    assert document["Metadata"]["sha256"] == hashlib.sha256(b"A, edition 1").hexdigest()
    feed = store.client().head_object(Bucket=BUCKET, Key="security/csaf/index.txt")
    assert (feed["ContentType"], feed["CacheControl"]) == ("text/plain; charset=utf-8", "public, max-age=60")


def test_storage_that_refuses_says_so_without_its_keys(tmp_path: Path, store: Storage) -> None:
    way = BucketWay(store.target(bucket="no-such-bucket"), store.client())
    with pytest.raises(Problem) as refusal:
        way.send(tree(tmp_path, "0" * 16, OLD))
    assert refusal.value.definition is problems.REFUSED
    assert refusal.value.parameters["why"] == "NoSuchBucket (ListObjectsV2)"


def test_storage_that_is_away_is_unreachable(tmp_path: Path) -> None:
    away = Storage("http://127.0.0.1:9")
    with pytest.raises(Problem) as refusal:
        BucketWay(away.target(), away.client()).send(tree(tmp_path, "0" * 16, OLD))
    assert refusal.value.definition is problems.UNREACHABLE
    assert refusal.value.parameters["why"] == "no connection"


def test_storage_asks_the_machine_for_no_profile_of_its_own(
    monkeypatch: pytest.MonkeyPatch, store: Storage
) -> None:
    monkeypatch.setenv("AWS_PROFILE", "somebody")
    monkeypatch.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", "another")
    client = connected(store.target(), *storage.KEYS)
    assert client.meta.endpoint_url == store.endpoint
    assert client._request_signer._credentials.access_key == storage.KEYS[0]
