"""What changed from one edition to another: by pointer, by line, and as a diff that `patch` applies."""

import random
import shutil
import subprocess
import time
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from okiagari.disclose.consistency import diff
from okiagari.disclose.consistency.diff import Change, Changed, of_json, of_lines

some = settings(
    max_examples=60,
    deadline=None,
    phases=(Phase.explicit, Phase.reuse, Phase.generate),
    suppress_health_check=[HealthCheck.too_slow],
)
LINES = st.lists(st.sampled_from(["a", "b", "c", "d", ""]), max_size=12)


def test_values_are_named_by_their_pointer() -> None:
    before = {"a/b": 1, "gone": [1], "same": {"x": "y"}, "list": ["one", "two", "three"]}
    after = {"a/b": 2, "new": True, "same": {"x": "y"}, "list": ["zero", "one", "2", "three"]}
    assert set(of_json.compare(before, after)) == {
        Change(Changed.CHANGED, "/a~1b", "1", "2"),
        Change(Changed.REMOVED, "/gone", before="[1]"),
        Change(Changed.ADDED, "/new", after="true"),
        Change(Changed.ADDED, "/list/0", after="zero"),
        Change(Changed.CHANGED, "/list/2", "two", "2"),
    }


def test_what_has_a_name_is_found_again_wherever_it_went() -> None:
    before = [{"cve": "CVE-1", "score": 5.0}, {"cve": "CVE-2", "score": 6.0}]
    after = [{"cve": "CVE-3", "score": 1.0}, {"cve": "CVE-2", "score": 6.0}, {"cve": "CVE-1", "score": 9.8}]
    assert list(of_json.compare(before, after)) == [
        Change(Changed.ADDED, "/0", after='{"cve": "CVE-3", "score": 1.0}'),
        Change(Changed.CHANGED, "/2/score", "5.0", "9.8"),
    ]


def test_true_is_not_one() -> None:
    assert list(of_json.compare({"a": 1}, {"a": True})) == [Change(Changed.CHANGED, "/a", "1", "true")]


def test_a_page_is_compared_as_people_read_it() -> None:
    page = (
        "<html><head><title>T</title></head><body>"
        "<main><h1>A <b>title</b></h1><p class='{}'>{}</p></main></body></html>"
    )
    before, after = page.format("a", "old"), page.format("b", "new")
    (found,) = diff.compare({"ja/x.html": before.encode()}, {"ja/x.html": after.encode()})
    assert found.changes == (Change(Changed.CHANGED, "line 2", "old", "new"),)


def test_files_that_came_and_went_are_named() -> None:
    found = list(diff.compare({"a.txt": b"1", "c.txt": b"x"}, {"b.txt": b"1", "c.txt": b"x"}))
    assert [(each.path, each.kind.value) for each in found] == [("b.txt", "added"), ("a.txt", "removed")]


@some
@given(LINES, LINES)
def test_what_matches_is_the_same_and_in_order(before: list[str], after: list[str]) -> None:
    old, new = 0, 0
    for first, second, length in of_lines.matches(before, after):
        assert first >= old
        assert second >= new
        assert before[first : first + length] == after[second : second + length]
        old, new = first + length, second + length


@pytest.mark.skipif(not shutil.which("patch"), reason="needs patch")
@settings(some, max_examples=25)
@given(LINES, LINES)
def test_patch_makes_the_newer_file_of_the_older(
    tmp_path_factory: pytest.TempPathFactory, before: list[str], after: list[str]
) -> None:
    folder: Path = tmp_path_factory.mktemp("diff")
    old, new = ("".join(f"{line}\n" for line in each) for each in (before, after))
    (folder / "x.txt").write_text(old)
    text = "".join(of_lines.unified(before, after, "a/x.txt", "b/x.txt"))
    if old == new:
        assert text == ""
        return
    subprocess.run(["patch", "-p1", "--silent"], input=text.encode(), cwd=folder, check=True)
    place = folder / "x.txt"
    assert (place.read_text() if place.exists() else "") == new


def test_a_long_list_with_much_that_moved_stays_quick() -> None:
    lines = [f"line {number}" for number in range(40_000)]
    other = lines.copy()
    random.Random(1).shuffle(other[:200])
    other[20_000:20_010] = ["new"] * 500
    begun = time.process_time()
    assert sum(1 for _ in of_lines.compare(lines, other)) == 500
    assert time.process_time() - begun < 5
