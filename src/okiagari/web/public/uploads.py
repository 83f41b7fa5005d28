"""Files of a public form: stopped at the limit while they come in, kept while the form comes back.

A browser cannot fill a file field again. So files go into quarantine at once, and a form that comes back
carries a signed note of each; sending the form again sends the notes.
"""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Any

from django.core import signing
from django.core.files.uploadhandler import FileUploadHandler, StopFutureHandlers
from django.http import HttpRequest

from okiagari.intake.actions import Kept, UploadedPart, quarantine
from okiagari.intake.actions.quarantine import FILE_GONE, FILE_TOO_LARGE
from okiagari.intake.rules import limits
from okiagari.intake.rules.submission import TOO_MANY_FILES, check_count, file_name
from okiagari.problems import Kind, Problem, define, gettext_noop

SALT = "okiagari.kept-file"
REQUEST_TOO_LARGE = define(
    "public.request_too_large",
    Kind.TOO_LARGE,
    gettext_noop("All of it together is larger than %(megabytes)s MB."),
    gettext_noop("Go back, take the largest files out, and say in the text how we can get them."),
)
FIELD = "files"


class Refused:
    """Stands where a file would, had it kept to the limits."""

    def close(self) -> None:
        """Nothing was opened."""


class Guard(FileUploadHandler):
    """Lets no file past the limits: what is too much is read off the wire and forgotten.

    It does not raise Django's SkipFile, which would close the files that came before as well.
    """

    def __init__(self, request: HttpRequest) -> None:
        super().__init__(request)
        self.count = 0
        self.too_large: list[str] = []
        self.name = ""
        self.size = 0

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.count += 1
        self.name, self.size = str(self.file_name or ""), 0
        if self.count > limits.MAX_FILES:
            raise StopFutureHandlers

    def receive_data_chunk(self, raw_data: bytes, start: int) -> bytes | None:
        self.size += len(raw_data)
        return raw_data if self._is_welcome else None

    def file_complete(self, file_size: int) -> Refused | None:  # type: ignore[override]
        if self._is_welcome:
            return None
        if self.count <= limits.MAX_FILES:
            self.too_large.append(file_name(self.name))
            self._drop()
        return Refused()

    @property
    def _is_welcome(self) -> bool:
        return self.count <= limits.MAX_FILES and self.size <= limits.MAX_FILE_BYTES

    def _drop(self) -> None:
        """What the other handlers have of this file so far."""
        for handler in self.request.upload_handlers if self.request else ():
            part = getattr(handler, "file", None)
            if part is not None:
                part.close()


@dataclass(frozen=True)
class Note:
    """A kept file as the form shows it: what it is called, how large, and the signed note."""

    name: str
    size: int
    sha256: str
    signed: str


@dataclass(frozen=True)
class Arrived:
    """The files that are here now, and what is wrong with those that are not."""

    files: tuple[Kept, ...]
    problems: tuple[Problem, ...]

    @property
    def notes(self) -> tuple[Note, ...]:
        return tuple(
            Note(file.name, file.size, file.sha256, signing.dumps(asdict(file), salt=SALT))
            for file in self.files
        )


def guard(request: HttpRequest) -> Guard:
    """Put the guard at the door, before anything of the request is read. Raises REQUEST_TOO_LARGE."""
    length = request.META.get("CONTENT_LENGTH") or "0"
    if not length.isdecimal() or int(length) > limits.MAX_REQUEST_BYTES:
        raise REQUEST_TOO_LARGE(megabytes=limits.MAX_REQUEST_BYTES // (1024 * 1024))
    handler = Guard(request)
    request.upload_handlers = [handler, *request.upload_handlers]
    return handler


def arrived(request: HttpRequest, handler: Guard) -> Arrived:
    """Everything the form brought: kept earlier and still wanted, and new."""
    files: list[Kept] = []
    problems: list[Problem] = []
    for signed in request.POST.getlist("kept"):
        try:
            files.append(_read(signed))
        except Problem as problem:
            problems.append(problem)
    for upload in request.FILES.getlist(FIELD):
        if isinstance(upload, Refused):
            continue
        part = UploadedPart(upload.name or "", upload.content_type or "", upload.chunks())
        files.append(quarantine(part))
    megabytes = limits.MAX_FILE_BYTES // (1024 * 1024)
    problems += [FILE_TOO_LARGE(name=name, megabytes=megabytes).at(FIELD) for name in handler.too_large]
    problems += _too_many(files, handler)
    return Arrived(tuple({(file.sha256, file.name): file for file in files}.values()), tuple(problems))


def _too_many(files: Sequence[Kept], handler: Guard) -> list[Problem]:
    if handler.count > limits.MAX_FILES:
        return [TOO_MANY_FILES(count=handler.count, limit=limits.MAX_FILES).at(FIELD)]
    try:
        check_count(len(files))
    except Problem as problem:
        return [problem]
    return []


def _read(signed: str) -> Kept:
    try:
        return Kept(**signing.loads(signed, salt=SALT, max_age=limits.KEPT_SECONDS))
    except (signing.BadSignature, TypeError):
        raise FILE_GONE(name="…").at(FIELD) from None
