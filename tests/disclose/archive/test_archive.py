"""What went out stays, byte by byte, with its times; a change of it shows."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings

from okiagari.catalog import actions as catalog
from okiagari.desk.permits import NOT_YOURS
from okiagari.desk.subjects import SYSTEM
from okiagari.disclose import actions as disclose
from okiagari.disclose import publisher, queries
from okiagari.disclose.archive import actions, blobs, problems, rules
from okiagari.disclose.models import PublishedFile, PublishedTree
from okiagari.plumbing import clock
from okiagari.problems import Problem
from tests.disclose.story import Story

pytestmark = pytest.mark.django_db(transaction=True)
FIRST = datetime(2026, 7, 1, 9, tzinfo=UTC)
SECOND = FIRST + timedelta(days=30)
PAGE = "ja/sa-2015-001.html"


@pytest.fixture
def told(story: Story, site: Path, settings: LazySettings, tmp_path: Path) -> Story:
    """Two editions, a month apart. The second says that a product is no longer supported."""
    from dataclasses import replace

    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, data=tmp_path / "data")
    with clock.at(FIRST):
        story.approved()
        disclose.publish(story.member, story.advisory)
    with clock.at(SECOND):
        catalog.put_support_date(SYSTEM, "NP-BBRS", kind="end_of_life", date="2011")
        story.approved()
        disclose.publish(story.member, story.advisory)
    return story


def refused(problem: object, deed: object, *given: object, **named: object) -> None:
    with pytest.raises(Problem) as refusal:
        deed(*given, **named)  # type: ignore[operator]
    assert refusal.value.definition is problem


def test_the_archive_answers_for_every_time_and_proves_itself(told: Story, site: Path) -> None:
    member = told.member
    # what an address says now and said before, by path and as readers know it
    now = queries.said_at(member, PAGE)
    assert (now.since, now.until, now.brought_by) == (SECOND, None, ("SA-2015-001#2",))
    address = f"https://maker.example/security/{PAGE}?from=mail"
    before = queries.said_at(member, address, FIRST + timedelta(days=3))
    assert (before.since, before.until) == (FIRST, SECOND)
    assert (before.brought_by, before.replaced_by) == (("SA-2015-001#1",), ("SA-2015-001#2",))
    old, new = (queries.bytes_of(member, each.sha256).read_text() for each in (before, now))
    assert "2011" in new
    assert "2011" not in old
    assert new == (site / "current" / PAGE).read_text()
    assert [each.since for each in queries.history(member, PAGE)] == [SECOND, FIRST]
    refused(problems.NEVER_OUT, queries.said_at, member, PAGE, FIRST - timedelta(seconds=1))
    refused(problems.NEVER_OUT, queries.said_at, member, "ja/sa-2015-002.html")
    refused(problems.NEVER_OUT, queries.bytes_of, member, "0" * 64)
    # a file has one inode, wherever it is kept
    assert blobs.path_of(now.sha256).samefile(site / "current" / PAGE)
    # what did not change has one entry
    assert len(queries.history(member, "public.css")) == 1
    # everything, now and then
    public = (site / "current").resolve()
    files = {str(each.relative_to(public)) for each in public.rglob("*") if each.is_file()}
    everything = queries.archived(member, limit=1000)
    assert {each.path for each in everything.items} == files
    assert everything.total == len(everything.items) == PublishedTree.objects.order_by("pk").last().files
    then = queries.archived(member, at=FIRST, text="csaf/", limit=1000).items
    assert {each.since for each in then} == {FIRST}
    assert [tree.brought for tree in queries.trees(member)] == [("SA-2015-001#2",), ("SA-2015-001#1",)]
    # and it is proved
    verdict = actions.verify(member)
    assert (verdict.trees, verdict.findings) == (2, ())
    assert verdict.contents == len(list(blobs.kept()))


def test_what_is_gone_from_the_disk_of_trees_is_still_there(told: Story, site: Path) -> None:
    first = queries.history(told.member, PAGE)[-1]
    for _ in range(3):
        publisher.refresh()
    names = {each.name for each in (site / "trees").iterdir() if each.is_dir()}
    assert PublishedTree.objects.order_by("pk").first().name not in names
    assert "NP-BBRS" in queries.bytes_of(told.member, first.sha256).read_text()


def test_a_changed_byte_row_or_page_is_found(told: Story, site: Path) -> None:
    def found() -> set[str]:
        return {each.code for each in actions.verify(told.member).findings}

    old = blobs.path_of(queries.history(told.member, PAGE)[-1].sha256)
    kept = old.read_bytes()
    old.write_bytes(kept.replace(b"NP-BBRS", b"NP-BBRX"))
    assert found() == {"different"}
    refused(problems.LOST, queries.bytes_of, told.member, old.name)
    old.unlink()
    assert found() == {"missing"}
    old.write_bytes(kept)
    assert found() == set()
    row = PublishedFile.objects.filter(path=PAGE).first()
    PublishedFile.objects.filter(pk=row.pk).update(path="ja/another.html")
    assert found() == {"root", "site"}
    PublishedFile.objects.filter(pk=row.pk).update(path=PAGE)
    place = site / "current" / PAGE
    data = place.read_bytes()
    place.unlink()
    place.write_bytes(data + b"<!-- -->")
    assert found() == {"site"}


def test_a_root_that_was_made_up_does_not_fit_the_ledger(told: Story) -> None:
    last = PublishedTree.objects.order_by("pk").last()
    last.changes.filter(path=PAGE).update(sha256="1" * 64)
    first = PublishedTree.objects.order_by("pk").first()
    changes = dict(last.changes.values_list("path", "sha256"))
    PublishedTree.objects.filter(pk=last.pk).update(root=rules.root(first.root, changes))
    assert "ledger" in {each.code for each in actions.verify(told.member).findings}


def test_bytes_leave_the_archive_only_by_name_with_a_reason_and_say_so(told: Story) -> None:
    old = queries.history(told.member, PAGE)[-1]
    later = SECOND + timedelta(days=400)
    refused(NOT_YOURS, actions.prune, told.member, before=later, reason="x")
    with clock.at(later):
        refused(problems.TOO_YOUNG, actions.prune, SYSTEM, before=later, reason="old")
        refused(problems.WHY_PRUNE, actions.prune, SYSTEM, before=FIRST, reason=" ")
        assert actions.prune(SYSTEM, before=FIRST, reason="eleven years old") == 0
        assert actions.prune(SYSTEM, before=SECOND + timedelta(days=1), reason="eleven years old") > 5
    refused(problems.PRUNED, queries.bytes_of, told.member, old.sha256)
    again = queries.history(told.member, PAGE)[-1]
    assert (again.sha256, again.pruned_because) == (old.sha256, "eleven years old")
    assert queries.bytes_of(told.member, queries.said_at(told.member, PAGE).sha256)
    assert not actions.verify(told.member).findings


def test_a_site_older_than_its_archive_is_taken_in_at_start(told: Story) -> None:
    PublishedFile.objects.all().delete()
    PublishedTree.objects.all().delete()
    publisher.recover()
    assert queries.said_at(told.member, PAGE).since == SECOND
    codes = {each.code for each in actions.verify(told.member).findings}
    assert codes == {"root"}  # the ledger still knows the trees whose rows are gone


def test_orphans_are_collected_and_nothing_else(told: Story, site: Path) -> None:
    from okiagari.disclose.archive import recording

    kept = set(blobs.kept())
    orphan = blobs.path_of("a" * 64)
    orphan.parent.mkdir(parents=True, exist_ok=True)
    orphan.write_bytes(b"left by a kill")
    (blobs.folder() / "incoming-1").write_bytes(b"half")
    assert recording.collect_orphans(site) == 1
    assert set(blobs.kept()) == kept
    assert not list(blobs.folder().glob("incoming-*"))


@pytest.mark.parametrize(
    ("address", "path"),
    [
        ("", "index.html"),
        ("ja/", "ja/index.html"),
        ("https://maker.example/security", "index.html"),
        ("https://maker.example/security/ja/sa.html#top", "ja/sa.html"),
        ("https://maker.example/.well-known/security.txt", ".well-known/security.txt"),
        ("/security/csaf/index.txt", "csaf/index.txt"),
        ("csaf/index.txt", "csaf/index.txt"),
        ("https://maker.example/security/ja/%E3%81%82.html", "ja/あ.html"),
    ],
)
def test_an_address_is_found_however_it_is_written(address: str, path: str) -> None:
    assert rules.path_of(address, "https://maker.example/security") == path
