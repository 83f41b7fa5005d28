"""A kill at any point leaves the old site or the new one, whole, and a start finishes what was begun."""

import shutil
from collections.abc import Sequence
from pathlib import Path

import pytest

from okiagari.catalog import actions as catalog
from okiagari.desk.subjects import SYSTEM
from okiagari.disclose import actions as disclose
from okiagari.disclose import publisher, queries
from okiagari.disclose.archive import recording, verifying
from okiagari.disclose.models import Publication, PublishedTree
from okiagari.disclose.site import manifest, tree
from okiagari.disclose.site.writer import Writer
from okiagari.plumbing import jobs
from tests.disclose.story import Story

pytestmark = pytest.mark.django_db(transaction=True)


class Killed(BaseException):
    """The process is gone: nothing after it runs, and nobody catches it."""


class Dying(Writer):
    """Dies as it does something for the so-many-th time; half of a file may be written before."""

    def __init__(self, deed: str, times: int) -> None:
        self.deed, self.times = deed, times

    def _live(self, deed: str) -> bool:
        if deed == self.deed:
            self.times -= 1
        return self.times >= 0

    def lay(self, path: Path, data: bytes) -> None:
        if not self._live("write"):
            path.write_bytes(data[: len(data) // 2])
            raise Killed
        super().lay(path, data)

    def link(self, source: Path, path: Path) -> None:
        self._or_die("link")
        super().link(source, path)

    def move(self, folder: Path, to: Path) -> None:
        self._or_die("move")
        super().move(folder, to)

    def remove(self, path: Path) -> None:
        self._or_die("remove")
        super().remove(path)

    def settle(self, files: Sequence[Path], folders: Sequence[Path]) -> None:
        self._or_die("settle")
        super().settle(files, folders)

    def switch(self, link: Path, target: str) -> None:
        self._or_die("switch")
        super().switch(link, target)

    def _or_die(self, deed: str) -> None:
        if not self._live(deed):
            raise Killed


def begun(story: Story, trees: int = 1) -> int:
    """The second edition, approved and scheduled for now, that nobody has carried out yet.

    `trees`: how many the first one left.
    """
    story.approved()
    disclose.publish(story.member, story.advisory)
    for _ in range(trees - 1):
        publisher.refresh()
    catalog.put_support_date(SYSTEM, "NP-BBRS", kind="end_of_life", date="2011")
    story.approved()
    from django.db import transaction

    with transaction.atomic():
        disclose.publish(story.member, story.advisory)
    return Publication.objects.get(state="scheduled").pk


def whole(folder: Path) -> int:
    """The edition the public sees. Every file is there and is what its manifest says."""
    current = tree.current(folder)
    assert current is not None
    present = {str(path.relative_to(current.folder)) for path in current.folder.rglob("*") if path.is_file()}
    assert present == set(current.manifest.files)
    for path, file in current.manifest.files.items():
        assert manifest.digest((current.folder / path).read_bytes()) == file.sha256
    page = (current.folder / "ja" / "sa-2015-001.html").read_text()
    edition = 2 if "2011" in page else 1
    document = next(current.folder.glob("csaf/*/sa-2015-001.json")).read_text()
    assert (f'"version": "{edition}"') in document
    assert current.manifest.publications == [f"SA-2015-001#{edition}"]
    assert recording.state() == {path: file.sha256 for path, file in current.manifest.files.items()}
    assert verifying.verify(folder).findings == ()
    return edition


def killed(publication: int, deed: str, times: int) -> bool:
    try:
        publisher.run(publication, writer=Dying(deed, times))
    except Killed:
        return True
    return False


@pytest.mark.parametrize(
    ("trees", "deeds"),
    [
        (
            1,
            [
                ("link", 0),
                ("link", 3),
                ("write", 0),
                ("write", 7),
                ("settle", 0),
                ("settle", 1),
                ("switch", 0),
            ],
        ),
        (
            3,
            [
                ("remove", 0),
                ("move", 0),
                ("remove", 1),
                ("remove", 5),
                ("write", 3),
                ("settle", 1),
                ("switch", 0),
            ],
        ),
    ],
    ids=["from links", "on an old tree"],
)
def test_killed_anywhere_the_public_sees_one_whole_site_and_a_start_finishes(
    story: Story, site: Path, tmp_path: Path, trees: int, deeds: list[tuple[str, int]]
) -> None:
    publication = begun(story, trees)
    shutil.copytree(site, tmp_path / "kept", symlinks=True)
    for deed, times in deeds:
        assert killed(publication, deed, times), deed
        assert whole(site) == 1
        shutil.rmtree(site)
        shutil.copytree(tmp_path / "kept", site, symlinks=True)
    assert killed(publication, *deeds[3])
    publisher.recover()
    assert whole(site) == 2
    out = queries.publications(story.member, story.advisory)
    assert [(each.number, each.state) for each in out] == [(2, "published"), (1, "published")]


def test_a_kill_between_the_switch_and_its_mark_is_rolled_forward_at_start(
    story: Story, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publication = begun(story)

    def die(*given: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(recording, "_mark", die)  # the archive knows of the tree, not yet that it is out
        with pytest.raises(Killed):
            publisher.run(publication)
    with monkeypatch.context() as patch:
        patch.setattr(publisher, "_finish", die)
        with pytest.raises(Killed):
            publisher.run(publication)
    assert whole(site) == 2
    assert Publication.objects.get(pk=publication).state == "publishing"
    tree_before = (site / "current").resolve()
    publisher.recover()
    assert (site / "current").resolve() == tree_before
    assert Publication.objects.get(pk=publication).state == "published"


def test_a_kill_before_the_switch_is_done_again_with_the_same_number(story: Story, site: Path) -> None:
    publication = begun(story)
    assert killed(publication, "write", 3)
    begun_at = Publication.objects.get(pk=publication).published_at
    publisher.recover()
    done = Publication.objects.get(pk=publication)
    assert (done.state, done.number, done.published_at) == ("published", 2, begun_at)
    assert whole(site) == 2
    jobs.run_due()
    assert Publication.objects.filter(state="published").count() == 2


def test_a_full_disk_leaves_the_old_site_and_the_job_tries_again(story: Story, site: Path) -> None:
    class Full(Writer):
        def lay(self, path: Path, data: bytes) -> None:
            raise OSError(28, "No space left on device")

    publication = begun(story)
    with pytest.raises(OSError, match="No space"):
        publisher.run(publication, writer=Full())
    assert whole(site) == 1
    assert Publication.objects.get(pk=publication).state == "publishing"
    jobs.run_due()
    assert whole(site) == 2


def test_what_a_crash_left_behind_is_cleared_away(
    story: Story, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publication = begun(story)
    for times in range(5):
        assert killed(publication, "write", times)
    assert len(list((site / "trees").glob("*"))) > 5

    def die(*given: object) -> None:
        raise Killed

    with monkeypatch.context() as patch:
        patch.setattr(tree, "switch", die)  # the archive is written, and the switch never happens
        with pytest.raises(Killed):
            publisher.run(publication)
    assert PublishedTree.objects.filter(state="prepared").count() == 1
    publisher.recover()
    assert PublishedTree.objects.exclude(state="out").count() == 0
    assert verifying.verify(site).findings == ()
    trees = [each for each in (site / "trees").iterdir() if each.is_dir()]
    assert len(trees) == 3  # the old, the whole one that never was public, the new
    assert {each.with_suffix(".json").exists() for each in trees} == {True}


def test_a_tree_with_a_broken_document_is_never_switched_to(
    story: Story, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from okiagari.disclose import problems
    from okiagari.disclose.site import planning
    from okiagari.problems import Problem

    publication = begun(story)
    monkeypatch.setattr(planning, "document_bytes", lambda *_: b'{"document": {}}')
    with pytest.raises(Problem) as refusal:
        publisher.run(publication)
    assert refusal.value.definition is problems.BROKEN_TREE
    assert whole(site) == 1
    failed = Publication.objects.get(pk=publication)
    assert (failed.state, failed.number, failed.error) == ("failed", None, "disclose.broken_tree")


def test_recovering_when_nothing_happened_does_nothing(site: Path, db: None) -> None:
    from okiagari.disclose import site as published

    published.recover()
    assert not (site / "current").exists()
