"""Whoever edits the database is found out. Each test does to the tables what a thief of evidence would."""

import json
from collections.abc import Iterator

import pytest
from django.db.models import F

from okiagari.desk.subjects import SYSTEM
from okiagari.plumbing import anchors, clock, ledger
from okiagari.plumbing.models import Anchor, Line, Payload, Stream

pytestmark = pytest.mark.django_db
A, B = ("case", "OKI-15-AAAAA"), ("case", "OKI-15-BBBBB")


def write(stream: tuple[str, str], count: int = 1, *, personal: bool = False) -> None:
    for number in range(count):
        with ledger.action():
            ledger.append(
                stream, subject=SYSTEM, verb="thing.done", facts={"number": number}, personal=personal
            )


@pytest.fixture(autouse=True)
def _no_anchors_of_other_tests() -> Iterator[None]:
    for path in anchors.folder().glob("*"):
        path.unlink()
    yield
    for path in anchors.folder().glob("*"):
        path.unlink()


@pytest.fixture
def anchored() -> None:
    """Two streams of five lines, anchored; then one more line that no anchor has seen."""
    write(A, 5)
    write(B, 5)
    anchors.anchor()
    write(A)


def line(seq: int, stream: tuple[str, str] = A) -> Line:
    return Line.objects.get(stream__key=stream[1], seq=seq)


def found() -> set[tuple[str, str, int]]:
    return {(finding.code, finding.stream, finding.seq) for finding in anchors.verify()}


def codes() -> set[str]:
    return {finding.code for finding in anchors.verify()}


def take_out(lines: "list[Line]") -> None:
    Payload.objects.filter(line__in=lines).delete()
    Line.objects.filter(pk__in=[each.pk for each in lines]).delete()


def rechain(stream: tuple[str, str]) -> None:
    """What a patient forger does: number and hash the lines anew, and put the stream's own row right."""
    row = Stream.objects.get(kind=stream[0], key=stream[1])
    previous, seq = "", 0
    for each in Line.objects.filter(stream=row).select_related("payload").order_by("seq"):
        seq += 1
        each.seq, each.previous = seq, previous
        each.hash = ledger.line_hash(each, *stream, is_personal=each.payload.is_personal)
        each.save()
        previous = each.hash
    Stream.objects.filter(pk=row.pk).update(length=seq, head=previous)


def test_an_untouched_ledger_is_whole(anchored: None) -> None:
    assert anchors.verify() == ()


def test_an_empty_ledger_is_whole() -> None:
    assert anchors.verify() == ()
    assert anchors.anchor() is None, "nothing moved, nothing to anchor"


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("verb", "thing.undone"),
        ("subject_key", "somebody-else"),
        ("subject_kind", "person"),
        ("door", "web"),
        ("digest", "0" * 64),
    ],
)
def test_a_changed_line_is_found(anchored: None, field: str, value: str) -> None:
    Line.objects.filter(pk=line(3).pk).update(**{field: value})
    assert ("line_changed", "case/OKI-15-AAAAA", 3) in found()


def test_a_line_dated_back_is_found(anchored: None) -> None:
    Line.objects.filter(pk=line(3).pk).update(at=clock.now())
    assert ("line_changed", "case/OKI-15-AAAAA", 3) in found()


def test_changed_facts_are_found(anchored: None) -> None:
    Payload.objects.filter(pk=line(2).pk).update(facts={"number": 99})
    assert found() == {("facts_changed", "case/OKI-15-AAAAA", 2)}


def test_missing_facts_are_found(anchored: None) -> None:
    Payload.objects.filter(pk=line(2).pk).delete()
    assert found() == {("facts_changed", "case/OKI-15-AAAAA", 2)}


def test_a_missing_line_is_found(anchored: None) -> None:
    take_out([line(3)])
    assert ("line_missing", "case/OKI-15-AAAAA", 3) in found()


def test_a_missing_first_line_is_found(anchored: None) -> None:
    take_out([line(1)])
    assert ("line_missing", "case/OKI-15-AAAAA", 1) in found()


def test_a_line_taken_out_with_the_rest_chained_anew_is_found_by_the_anchor(anchored: None) -> None:
    take_out([line(3)])
    rechain(A)
    assert codes() == {"line_changed"}, "only the anchor can tell"


def test_lines_in_another_order_are_found(anchored: None) -> None:
    second, third = line(2), line(3)
    Line.objects.filter(pk=second.pk).update(seq=100)
    Line.objects.filter(pk=third.pk).update(seq=2)
    Line.objects.filter(pk=second.pk).update(seq=3)
    assert {("line_moved", "case/OKI-15-AAAAA", 2), ("line_changed", "case/OKI-15-AAAAA", 2)} <= found()


def test_a_line_carried_to_another_stream_is_found(anchored: None) -> None:
    last = line(6)
    other = Stream.objects.get(key=B[1])
    Line.objects.filter(pk=last.pk).update(stream=other)
    assert {"line_moved", "line_changed", "head_differs"} <= codes()


def test_a_cut_tail_is_found_by_the_head(anchored: None) -> None:
    take_out([line(6)])
    assert found() == {("head_differs", "case/OKI-15-AAAAA", 6)}


def test_a_cut_tail_with_the_head_put_right_is_found_by_the_anchor(anchored: None) -> None:
    take_out([line(4), line(5), line(6)])
    Stream.objects.filter(key=A[1]).update(length=3, head=line(3).hash, anchored=3)
    assert found() == {("tail_cut", "case/OKI-15-AAAAA", 5)}


def test_a_tail_grown_again_after_the_cut_is_found(anchored: None) -> None:
    take_out([line(4), line(5), line(6)])
    Stream.objects.filter(key=A[1]).update(length=3, head=line(3).hash, anchored=3)
    write(A, 3)
    assert found() == {("line_changed", "case/OKI-15-AAAAA", 5)}


def test_a_whole_stream_that_is_gone_is_found(anchored: None) -> None:
    take_out(list(Line.objects.filter(stream__key=B[1])))
    Stream.objects.filter(key=B[1]).delete()
    assert found() == {("stream_missing", "case/OKI-15-BBBBB", 5)}


def test_a_stream_emptied_of_its_lines_is_found(anchored: None) -> None:
    take_out(list(Line.objects.filter(stream__key=B[1])))
    Stream.objects.filter(key=B[1]).update(length=0, head="", anchored=0)
    assert found() == {("stream_missing", "case/OKI-15-BBBBB", 5)}


def test_a_stream_renamed_is_found(anchored: None) -> None:
    Stream.objects.filter(key=B[1]).update(key="OKI-15-CCCCC")
    assert ("stream_missing", "case/OKI-15-BBBBB", 5) in found()
    assert ("line_changed", "case/OKI-15-CCCCC", 1) in found()


def test_a_stream_that_pretends_to_be_anchored_is_found(anchored: None) -> None:
    """Else it would never be anchored again, and its tail could be cut at leisure."""
    Stream.objects.filter(key=A[1]).update(anchored=1_000_000)
    assert found() == {("anchor_unheard", "case/OKI-15-AAAAA", 1_000_000)}


def test_an_edited_anchor_is_found(anchored: None) -> None:
    row = Anchor.objects.get()
    body = json.loads(row.body)
    body["case/OKI-15-AAAAA"][0] = 4
    Anchor.objects.filter(pk=row.pk).update(body=json.dumps(body))
    assert found() == {("anchor_broken", "", 1)}


def test_an_anchor_edited_in_both_places_is_found(anchored: None) -> None:
    (path,) = anchors.folder().glob("*.json")
    text = json.loads(path.read_text())
    text["body"] = text["body"].replace("OKI-15-AAAAA", "OKI-15-ZZZZZ")
    path.write_text(json.dumps(text))
    Anchor.objects.update(body=text["body"])
    assert ("anchor_broken", "", 1) in found()


def test_an_anchor_signed_with_another_key_is_found(anchored: None, settings: object) -> None:
    settings.ANCHOR_KEY = "another key"
    assert ("anchor_broken", "", 1) in found()


def test_a_missing_anchor_between_others_is_found(anchored: None) -> None:
    anchors.anchor()
    write(B)
    anchors.anchor()
    Anchor.objects.filter(number=2).delete()
    assert found() == {("anchor_missing", "", 2)}
    (anchors.folder() / "00000002.json").unlink()
    assert {("anchor_missing", "", 2), ("anchor_broken", "", 3)} <= found(), "the next one no longer follows"


def test_the_file_alone_convicts_a_database_whose_anchors_were_deleted(anchored: None) -> None:
    Anchor.objects.all().delete()
    take_out([line(4), line(5), line(6)])
    Stream.objects.filter(key=A[1]).update(length=3, head=line(3).hash, anchored=3)
    assert found() == {("anchor_missing", "", 1), ("tail_cut", "case/OKI-15-AAAAA", 5)}


def test_a_file_cut_short_is_found_and_the_row_still_speaks(anchored: None) -> None:
    (path,) = anchors.folder().glob("*.json")
    path.write_text(path.read_text()[:40])
    take_out(list(Line.objects.filter(stream__key=B[1])))
    Stream.objects.filter(key=B[1]).delete()
    assert found() == {("anchor_broken", "", 1), ("stream_missing", "case/OKI-15-BBBBB", 5)}


def test_an_anchor_holds_only_the_streams_that_moved(anchored: None) -> None:
    second = anchors.anchor()
    assert second is not None
    assert set(json.loads(second.body)) == {"case/OKI-15-AAAAA"}
    assert not Stream.objects.filter(length__gt=F("anchored")).exists()


def test_a_file_that_was_never_written_is_written_with_the_next_anchor(anchored: None) -> None:
    """The process ended between the row and the file."""
    (anchors.folder() / "00000001.json").unlink()
    anchors.anchor()
    assert sorted(path.name for path in anchors.folder().iterdir()) == ["00000001.json", "00000002.json"]
    Anchor.objects.all().delete()
    assert {("anchor_missing", "", 1), ("anchor_missing", "", 2)} <= found()
    assert "anchor_broken" not in codes()


def test_erasing_personal_facts_leaves_the_ledger_whole() -> None:
    write(A, 2, personal=True)
    write(A, 1)
    anchors.anchor()
    assert ledger.erase(A) == 2
    assert anchors.verify() == ()


def test_an_erasure_forged_on_a_line_that_is_not_personal_is_found(anchored: None) -> None:
    Payload.objects.filter(pk=line(2).pk).update(facts={}, salt="", erased_at=clock.now())
    assert found() == {("facts_changed", "case/OKI-15-AAAAA", 2)}


def test_an_erasure_with_a_forged_mark_of_personal_is_found(anchored: None) -> None:
    Payload.objects.filter(pk=line(2).pk).update(facts={}, salt="", erased_at=clock.now(), is_personal=True)
    assert ("line_changed", "case/OKI-15-AAAAA", 2) in found()


def test_facts_put_into_an_erased_line_are_found() -> None:
    write(A, 1, personal=True)
    ledger.erase(A)
    Payload.objects.update(facts={"name": "somebody else"})
    assert found() == {("facts_changed", "case/OKI-15-AAAAA", 1)}


def test_every_finding_has_words() -> None:
    for text in anchors.FINDINGS.values():
        assert text % {"stream": "case/A", "seq": 1}


def test_checking_asks_few_questions_per_stream(django_assert_max_num_queries: object) -> None:
    for number in range(5):
        write(("case", f"OKI-15-{number:05d}"), 10)
    anchors.anchor()
    with django_assert_max_num_queries(5 * 4 + 6):
        assert anchors.verify() == ()
