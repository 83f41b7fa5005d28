"""A kill at any point leaves the old site or the new one, whole, and a start finishes what was begun."""

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
    """Does so many things to the disk, then dies; half of a file may be written before."""

    def __init__(self, lives: int) -> None:
        self.lives = lives

    def _live(self) -> None:
        if self.lives == 0:
            raise Killed
        self.lives -= 1

    def write(self, path: Path, data: bytes) -> None:
        if self.lives == 0:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(data[: len(data) // 2])
        self._live()
        super().write(path, data)

    def link(self, source: Path, path: Path) -> None:
        self._live()
        super().link(source, path)

    def sync(self, folder: Path) -> None:
        self._live()
        super().sync(folder)

    def switch(self, link: Path, target: str) -> None:
        self._live()
        super().switch(link, target)


def begun(story: Story) -> int:
    """The second edition, approved and scheduled for now, that nobody has carried out yet."""
    story.approved()
    disclose.publish(story.member, story.advisory)
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


def killed_after(publication: int, lives: int) -> bool:
    try:
        publisher.run(publication, writer=Dying(lives))
    except Killed:
        return True
    return False


def test_killed_anywhere_the_public_sees_one_whole_site_and_a_start_finishes(
    story: Story, site: Path
) -> None:
    publication = begun(story)
    assert whole(site) == 1
    seen, lives = [], 0
    while killed_after(publication, lives):
        seen.append(whole(site))
        lives += 1
    assert lives > 12 + 2 * len(list((site / "current" / "ja").iterdir()))  # each is archived, too
    assert seen == sorted(seen)
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
    assert killed_after(publication, 3)
    begun_at = Publication.objects.get(pk=publication).published_at
    publisher.recover()
    done = Publication.objects.get(pk=publication)
    assert (done.state, done.number, done.published_at) == ("published", 2, begun_at)
    assert whole(site) == 2
    jobs.run_due()
    assert Publication.objects.filter(state="published").count() == 2


def test_a_full_disk_leaves_the_old_site_and_the_job_tries_again(story: Story, site: Path) -> None:
    class Full(Writer):
        def write(self, path: Path, data: bytes) -> None:
            raise OSError(28, "No space left on device")

    publication = begun(story)
    with pytest.raises(OSError, match="No space"):
        publisher.run(publication, writer=Full())
    assert whole(site) == 1
    assert Publication.objects.get(pk=publication).state == "publishing"
    assert jobs.run_due() == 1
    assert whole(site) == 2


def test_what_a_crash_left_behind_is_cleared_away(
    story: Story, site: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publication = begun(story)
    for lives in range(5):
        assert killed_after(publication, lives)
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
