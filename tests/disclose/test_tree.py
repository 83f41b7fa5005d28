"""The tree on the disk: shared where nothing changed, pruned, checked, exported."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from okiagari.disclose import problems
from okiagari.disclose.rules.content import Content
from okiagari.disclose.site import planning, tree, verify
from okiagari.disclose.site.csaf_document import document_bytes
from okiagari.disclose.site.entries import Entry
from okiagari.disclose.site.writer import Writer
from okiagari.problems import Problem
from tests.disclose.making import AT, SITE, content, entry


def publish(folder: Path, *entries: Entry) -> planning.Plan:
    plan = planning.plan(entries, SITE, tree.current(folder), ground=tree.ground(folder))
    tree.switch(folder, tree.write(folder, plan, Writer()), Writer())
    return plan


def tree_of(folder: Path) -> set[str]:
    return {
        str(each.relative_to(folder)) for each in folder.rglob("*") if not each.is_dir() or each.is_symlink()
    }


def fresh(plan: planning.Plan) -> set[str]:
    return {path for path, data in plan.contents.items() if isinstance(data, bytes)}


def named(tracking_id: str, **changes: object) -> Content:
    return content(tracking_id=tracking_id, **changes)


def test_what_did_not_change_is_the_same_file_on_the_disk(tmp_path: Path) -> None:
    old = entry(named("SA-1"))
    assert publish(tmp_path, old).shared == 0
    before = (tmp_path / "current" / "ja" / "sa-1.html").stat().st_ino
    plan = publish(tmp_path, old, entry(named("SA-2")))
    shared = {path for path, data in plan.contents.items() if isinstance(data, Path)}
    assert {"ja/sa-1.html", "csaf/2015/sa-1.json", "csaf/2015/sa-1.json.sha512", "public.css"} <= shared
    assert not [path for path in shared if "sa-2" in path or path.endswith(("en/index.html", "feed.xml"))]
    assert (tmp_path / "current" / "ja" / "sa-1.html").stat().st_ino == before


def test_another_edition_is_rendered_anew(tmp_path: Path) -> None:
    publish(tmp_path, entry(named("SA-1")))
    plan = publish(tmp_path, entry(named("SA-1"), editions=2))
    assert {"ja/sa-1.html", "csaf/2015/sa-1.json", "ja/index.html"} <= fresh(plan)


def test_another_renderer_makes_every_file_anew(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    monkeypatch.setattr(planning, "document_bytes", lambda *of: (made.append(of[2]), document_bytes(*of))[1])
    old = publish(tmp_path, entry(named("SA-1")))
    plan = planning.plan([entry(named("SA-1"))], replace(SITE, generator="2"), tree.current(tmp_path))
    assert made == ["ja", "en", "ja", "en"]
    keys = [
        {path: file.key for path, file in each.manifest.files.items() if file.key} for each in (old, plan)
    ]
    assert keys[0].keys() == keys[1].keys()
    assert not [path for path, key in keys[0].items() if key == keys[1][path] and not key.startswith("of:")]


def test_a_file_that_somebody_touched_is_not_shared(tmp_path: Path) -> None:
    publish(tmp_path, entry(named("SA-1")))
    (tmp_path / "current" / "ja" / "sa-1.html").write_text("defaced")
    plan = publish(tmp_path, entry(named("SA-1")))
    pages = {path for path in fresh(plan) if path.endswith(".html") and not path.startswith("csaf/")}
    assert pages == {"ja/sa-1.html"}
    assert "defaced" not in (tmp_path / "current" / "ja" / "sa-1.html").read_text()


def test_the_tree_that_nobody_needs_is_the_ground_of_the_next(tmp_path: Path) -> None:
    entries = [entry(named(f"SA-{number}")) for number in range(1, 5)]
    for count in (1, 2, 3):
        publish(tmp_path, *entries[:count])
    oldest = tree.ground(tmp_path)
    assert oldest is not None
    (oldest.folder / "ja" / "sa-1.html").unlink()
    (oldest.folder / "ja" / "sa-1.html").write_text("defaced")
    (oldest.folder / "planted").symlink_to(tmp_path)
    (oldest.folder / "en" / "planted.html").write_text("planted")
    inode = (oldest.folder / "en" / "sa-1.html").stat().st_ino
    public = (tmp_path / "current").resolve()
    seen = {path: (public / path).read_bytes() for path in tree_of(public)}
    publish(tmp_path, *entries)
    assert not oldest.folder.exists()
    new = (tmp_path / "current").resolve()
    assert (new / "en" / "sa-1.html").stat().st_ino == inode
    assert (new / "ja" / "sa-1.html").read_bytes() == seen["ja/sa-1.html"]
    assert (new / "ja" / "sa-3.html").stat().st_ino == (public / "ja" / "sa-3.html").stat().st_ino
    assert tree_of(new) == set(planning.plan(entries, SITE).contents)
    assert seen == {path: (public / path).read_bytes() for path in tree_of(public)}  # nobody wrote in it


class Settling(Writer):
    """Remembers the folders whose names it put on the disk."""

    def settle(self, files: Sequence[Path], folders: Sequence[Path]) -> None:
        self.settled = list(folders)
        super().settle(files, folders)


def names_in(tree: Path) -> dict[str, set[tuple[str, int]]]:
    """Of each folder its names, each with the time its file was written."""
    return {
        str(folder.relative_to(tree)): {
            (each.name, 0 if each.is_dir() else each.lstat().st_mtime_ns) for each in folder.iterdir()
        }
        for folder in (tree, *(each for each in tree.rglob("*") if each.is_dir()))
    }


def test_folders_with_other_names_are_put_on_the_disk_and_those_as_before_are_not(tmp_path: Path) -> None:
    old, other = entry(named("SA-1")), entry(named("SA-2"))
    edition = replace(other.editions[0], at=AT + timedelta(days=400))
    other = replace(other, editions=(edition,))
    for _ in range(3):
        publish(tmp_path, old)
    ground = tree.ground(tmp_path)
    assert ground is not None
    (ground.folder / "ja" / "of nobody").write_text("")
    before, writer = names_in(ground.folder), Settling()
    plan = planning.plan([old, other], SITE, tree.current(tmp_path), ground=ground)
    fresh = tree.write(tmp_path, plan, writer)
    after = names_in(fresh)
    changed = {folder for folder, names in after.items() if names != before.get(folder)}
    settled = {str(each.relative_to(fresh)) for each in writer.settled}
    assert {"ja", "csaf", "csaf/2016"} <= changed <= settled
    assert "csaf/2015" in after.keys() - settled


def test_three_trees_are_kept_and_always_the_public_one(tmp_path: Path) -> None:
    for number in range(1, 7):
        publish(tmp_path, entry(named("SA-1"), editions=number))
        tree.prune(tmp_path)
    trees = [each for each in (tmp_path / "trees").iterdir() if each.is_dir()]
    assert len(trees) == tree.KEPT
    assert (tmp_path / "current").resolve() in trees


def test_nothing_of_an_old_tree_is_left_in_the_new_one(tmp_path: Path) -> None:
    publish(tmp_path, entry(named("SA-1")), entry(named("SA-2")))
    publish(tmp_path, entry(named("SA-1")))
    assert not (tmp_path / "current" / "ja" / "sa-2.html").exists()


def test_every_link_inside_is_relative_and_leads_somewhere(tmp_path: Path) -> None:
    publish(tmp_path, entry(named("SA-1")), entry(named("SA-2", languages=["ja"])))
    names = {
        str(path.relative_to(tmp_path / "current"))
        for path in (tmp_path / "current").glob("**/*")
        if path.is_file()
    }
    assert "en/sa-2.html" not in names
    listing = (tmp_path / "current" / "en" / "index.html").read_text()
    assert 'href="../ja/sa-2.html" lang="ja"' in listing


@pytest.mark.parametrize(
    ("page", "why"),
    [
        ('<a href="gone.html">x</a>', "gone.html"),
        ('<a href="#nowhere">x</a>', "#nowhere"),
        ('<a href="javascript:alert(1)">x</a>', "javascript"),
        ('<a href="//elsewhere.example/">x</a>', "elsewhere"),
        ("<script>1</script>", "script"),
        ('<p onclick="x">x</p>', "onclick"),
        ('<p style="x">x</p>', "style"),
        ('<iframe src="a.html"></iframe>', "iframe"),
    ],
)
def test_a_page_with_something_wrong_is_refused(page: str, why: str) -> None:
    with pytest.raises(Problem) as refusal:
        verify.check({"ja/a.html": page.encode()}, {"ja/a.html"})
    assert refusal.value.definition is problems.BROKEN_TREE
    assert why in refusal.value.message


def test_a_feed_that_is_not_xml_is_refused() -> None:
    with pytest.raises(Problem):
        verify.check({"ja/feed.xml": b"<feed>"}, {"ja/feed.xml"})


def test_a_tree_can_be_exported_and_exported_again(tmp_path: Path) -> None:
    out = tmp_path / "public"
    plan = planning.plan([entry(named("SA-1"))], SITE)
    tree.export(out, plan, Writer())
    (out / "old.html").touch()
    tree.export(out, plan, Writer())
    assert not (out / "old.html").exists()
    assert {path for path in plan.contents if not (out / path).is_file()} == set()
    assert [each.name for each in tmp_path.iterdir()] == ["public"]


def test_an_export_never_replaces_something_else(tmp_path: Path) -> None:
    out = tmp_path / "home"
    out.mkdir()
    (out / "thesis.txt").write_text("years of work")
    with pytest.raises(Problem) as refusal:
        tree.export(out, planning.plan([], SITE), Writer())
    assert refusal.value.definition is problems.NOT_A_TREE
    assert (out / "thesis.txt").read_text() == "years of work"


def test_an_empty_site_still_says_so(tmp_path: Path) -> None:
    publish(tmp_path)
    assert "まだ公表した情報はありません。" in (tmp_path / "current" / "ja" / "index.html").read_text()
