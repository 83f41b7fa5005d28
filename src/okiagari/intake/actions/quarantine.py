"""Files from outside. In: streams of bytes with what their sender calls them. Out: kept by their content.

Nothing here looks into a file, and nothing serves one: a file leaves the quarantine only as a download
that no browser opens (see `okiagari.web.intake.attachments`). Writing and hashing happen before any
transaction begins.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from okiagari.intake.rules import limits
from okiagari.intake.rules.submission import check_count, file_name
from okiagari.plumbing import files as kept_files
from okiagari.plumbing.models import Blob
from okiagari.problems import Kind, Problem, define, gettext_noop

FILE_TOO_LARGE = define(
    "intake.file_too_large",
    Kind.TOO_LARGE,
    gettext_noop("The file “%(name)s” is larger than %(megabytes)s MB."),
    gettext_noop("Send a smaller file, or say in the text how we can get it."),
)
FILE_GONE = define(
    "intake.file_gone",
    Kind.INVALID,
    gettext_noop("The file “%(name)s” is not here any more."),
    gettext_noop("Attach it again."),
)


@dataclass(frozen=True)
class UploadedPart:
    """A file on its way in."""

    name: str
    content_type: str
    chunks: Iterable[bytes]


@dataclass(frozen=True)
class Kept:
    """A file in quarantine that no report has yet."""

    name: str
    content_type: str
    sha256: str
    size: int


def quarantine(part: UploadedPart) -> Kept:
    """Keep one file. Raises FILE_TOO_LARGE."""
    name = file_name(part.name)
    try:
        blob = kept_files.store(part.chunks, limit=limits.MAX_FILE_BYTES)
    except Problem as problem:
        if problem.code != kept_files.TOO_LARGE.code:
            raise
        megabytes = limits.MAX_FILE_BYTES // (1024 * 1024)
        raise FILE_TOO_LARGE(name=name, megabytes=megabytes).at("files") from None
    return Kept(name, part.content_type[:100], blob.sha256, blob.size)


def quarantine_all(files: Sequence[UploadedPart | Kept]) -> tuple[Kept, ...]:
    """Keep them all. Raises TOO_MANY_FILES before it reads any of them, FILE_TOO_LARGE."""
    check_count(len(files))
    return tuple(quarantine(file) if isinstance(file, UploadedPart) else file for file in files)


def blobs(files: Sequence[Kept]) -> list[tuple[Kept, Blob]]:
    """The rows of kept files. Raises FILE_GONE."""
    found = {blob.sha256: blob for blob in Blob.objects.filter(sha256__in=[file.sha256 for file in files])}
    for file in files:
        if file.sha256 not in found:
            raise FILE_GONE(name=file.name).at("files")
    return [(file, found[file.sha256]) for file in files]
