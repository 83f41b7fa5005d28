"""What programs send. A field nobody knows is refused: a misspelt one would be lost in silence."""

import base64
import binascii
from collections.abc import Sequence
from typing import Any

from ninja import Schema
from pydantic import AwareDatetime

from okiagari.api.shapes import ReasonIn, Strict
from okiagari.intake.actions import ReporterData, UploadedPart
from okiagari.intake.rules import limits
from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards.localtext import LocalText

NOT_BASE64 = define(
    "intake.not_base64",
    Kind.INVALID,
    gettext_noop("The content of “%(name)s” is not base64."),
    gettext_noop("Encode the bytes of the file as base64 (RFC 4648, section 4)."),
)
FILES_TOO_LARGE = define(
    "intake.files_too_large",
    Kind.TOO_LARGE,
    gettext_noop("The files of a JSON request may have %(megabytes)s MB together."),
    gettext_noop("Send larger ones with the report form, which takes %(each)s MB each."),
)


class FileIn(Strict):
    """One file, its content in base64."""

    name: str
    content_type: str = "application/octet-stream"
    content: str


class ReportIn(Strict):
    """The questions of the report form. `public`, `attacked`: yes, no, unknown."""

    product: str = ""
    version: str = ""
    problem: str = ""
    effect: str = ""
    name: str = ""
    contact: str = ""
    affiliation: str = ""
    credit: bool = False
    credit_name: str = ""
    public: str = ""
    attacked: str = ""
    language: str = "ja"
    files: list[FileIn] = []


class MessageIn(Strict):
    message: str = ""
    language: str = "ja"
    files: list[FileIn] = []


class ReporterIn(Strict):
    name: str = ""
    contact: str = ""
    affiliation: str = ""
    credit_name: str = ""
    consents_to_credit: bool = False
    language: str = "ja"

    def value(self) -> ReporterData:
        return ReporterData(**self.dict())


class FactsIn(Strict):
    """What a desk may say and correct. Instants carry their zone."""

    title: str | None = None
    text: str | None = None
    effect: str | None = None
    product_text: str | None = None
    version_text: str | None = None
    kind: str | None = None
    reference: str | None = None
    first_contact_at: AwareDatetime | None = None
    wanted_publication: str | None = None
    said_public: str | None = None
    said_attacked: str | None = None
    language: str | None = None

    def said(self) -> dict[str, Any]:
        """Only what was sent."""
        sent = self.dict(include=set(FactsIn.model_fields), exclude_unset=True)
        return {
            name: value for name, value in sent.items() if value is not None or name == "first_contact_at"
        }


class ReceivedIn(FactsIn):
    """A report that reached a desk. `source`: jpcert, user, support, press, supplier, own, field."""

    source: str
    received_at: AwareDatetime | None = None
    reporter: ReporterIn | None = None
    files: list[FileIn] = []


class AmendIn(FactsIn):
    """`source`: who really sent it, such as jpcert for what came by mail. That needs its reason."""

    source: str | None = None
    reason: str = ""

    def said(self) -> dict[str, Any]:
        return {**super().said(), **({"source": self.source} if self.source is not None else {})}


class AnswerIn(Strict):
    answer: dict[str, str]


class AcknowledgeIn(AnswerIn):
    at: AwareDatetime | None = None


class AssessIn(Strict):
    """`verdict`, where it is not valid: duplicate (with `duplicate_of`), not_ours, not_security, obsolete."""

    valid: bool
    reason: str
    verdict: str = ""
    duplicate_of: str | None = None
    answer: dict[str, str] | None = None


class CloseIn(ReasonIn):
    answer: dict[str, str] | None = None


class AcceptReportIn(Strict):
    """Without `case` a new one is opened, with this title."""

    case: str | None = None
    title: dict[str, str] | None = None


class ReportFilters(Schema):
    """`need`: acknowledge, assess, accept, read, any. `sort`: received, title, state, source, product; -x."""

    search: str = ""
    state: str = ""
    source: str = ""
    kind: str = ""
    need: str = ""
    sort: str = "-received"


def text(given: dict[str, str] | None) -> LocalText | None:
    return None if given is None else LocalText.from_json(given)


def parts(files: Sequence[FileIn]) -> list[UploadedPart]:
    """The files decoded. Raises NOT_BASE64, FILES_TOO_LARGE."""
    found, total = [], 0
    for file in files:
        try:
            content = base64.b64decode(file.content, validate=True)
        except (binascii.Error, ValueError):
            raise NOT_BASE64(name=file.name).at("files") from None
        total += len(content)
        if total > limits.MAX_JSON_FILE_BYTES:
            raise too_large()
        found.append(UploadedPart(file.name, file.content_type, [content]))
    return found


def too_large() -> Exception:
    megabyte = 1024 * 1024
    return FILES_TOO_LARGE(
        megabytes=limits.MAX_JSON_FILE_BYTES // megabyte, each=limits.MAX_FILE_BYTES // megabyte
    ).at("files")
