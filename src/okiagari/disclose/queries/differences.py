"""What changes from one edition of an advisory to another: in words, and in every file.

What was published is read as it went out, from the archive; what would go out now is made now.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.disclose import access, publisher, upcoming
from okiagari.disclose.archive import blobs
from okiagari.disclose.consistency import diff, files
from okiagari.disclose.consistency.diff import FileChange
from okiagari.disclose.models import Advisory, Publication
from okiagari.disclose.rules import changes, content
from okiagari.disclose.rules.changes import Change

NOW = 0
"""What would go out now, among the numbers of editions."""
_BESIDE = (".sha256", ".sha512", ".asc")


@dataclass(frozen=True)
class Choice:
    """An edition one can compare; `number` is NOW for what would go out."""

    number: int
    at: datetime | None


@dataclass(frozen=True)
class DifferenceView:
    """`words`: what changed, as the revision history would say it. `lost`: paths whose bytes the archive no
    longer has. `before`, `after`: numbers of editions; NOW for what would go out."""

    before: int
    after: int
    choices: tuple[Choice, ...]
    words: tuple[Change, ...] = ()
    files: tuple[FileChange, ...] = ()
    same: int = 0
    lost: tuple[str, ...] = ()


@dataclass(frozen=True)
class _Side:
    said: content.Content
    files: Mapping[str, bytes]
    lost: tuple[str, ...] = ()


def differences(
    subject: Subject, advisory_id: str, *, before: int | None = None, after: int = NOW, file: str = ""
) -> DifferenceView:
    """`before`: the last edition published unless given. `file`: of this path alone. Raises NOTHING_HERE."""
    permits.require(subject, "cases.inside")
    row = access.seen(subject, advisory_id)
    choices = _choices(row)
    if before is None:
        before = choices[1].number if len(choices) > 1 else NOW
    if len(choices) < 2:
        return DifferenceView(NOW, NOW, choices)
    old, new = _side(row, before, file), _side(row, after, file)
    return DifferenceView(
        before=before,
        after=after,
        choices=choices,
        words=changes.changes(old.said, new.said),
        files=tuple(diff.compare(old.files, new.files)),
        same=sum(new.files.get(path) == data for path, data in old.files.items()),
        lost=tuple(dict.fromkeys((*old.lost, *new.lost))),
    )


def unified(
    subject: Subject, advisory_id: str, *, before: int | None = None, after: int = NOW, file: str = ""
) -> str:
    """The same as one unified diff. Raises NOTHING_HERE."""
    permits.require(subject, "cases.inside")
    row = access.seen(subject, advisory_id)
    choices = _choices(row)
    if before is None:
        before = choices[1].number if len(choices) > 1 else NOW
    old, new = _side(row, before, file), _side(row, after, file)
    return "".join(diff.unified(old.files, new.files))


def _choices(row: Advisory) -> tuple[Choice, ...]:
    """What would go out now, then what did, the newest first."""
    out = row.publications.filter(state="published").order_by("-number")
    return (Choice(NOW, None), *(Choice(each.number or 0, each.published_at) for each in out))


def _side(row: Advisory, number: int, file: str) -> _Side:
    if number == NOW:
        entry = upcoming.entry(row)
        made = files.finished(entry, publisher.site())
        own = {each.path: each.content for each in made if each.format not in {"openeox", "answers"}}
        return _Side(entry.content, {path: data for path, data in own.items() if file in {"", path}})
    out = row.publications.filter(state="published", number=number).select_related("snapshot").first()
    if out is None:
        raise permits.NOTHING_HERE()
    return _published(out, file)


def _published(out: Publication, file: str) -> _Side:
    """As it went out; pages in the frame of the maker's house are the same pages once more."""
    found: dict[str, bytes] = {}
    lost = []
    for each in out.files or ():
        path, sha256 = str(each["path"]), str(each["sha256"])
        if path.endswith(_BESIDE) or "/house/" in path or file not in {"", path}:
            continue
        try:
            found[path] = blobs.path_of(sha256).read_bytes()
        except OSError:
            lost.append(path)
    return _Side(content.read(out.snapshot.content), found, tuple(lost))
