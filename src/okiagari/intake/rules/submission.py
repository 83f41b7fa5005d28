"""Reads what a reporter filled in. In: plain names and texts from any door. Out: a frozen `Submission`.

Only the product and what is wrong must be there; the way to reach the reporter never must. All faults
are told at once, each with its field. It looks at nothing but the values it is given.
"""

import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from okiagari.intake.rules import limits
from okiagari.problems import Kind, Problem, define, gettext_noop, several

LANGUAGES = ("ja", "en")
SAID = ("", "no", "yes", "unknown")
NEEDED = define(
    "intake.needed",
    Kind.INVALID,
    gettext_noop("This is still empty."),
    gettext_noop("A few words are enough."),
)
TOO_LONG = define(
    "intake.too_long",
    Kind.INVALID,
    gettext_noop("This has %(length)s characters; %(limit)s fit."),
    gettext_noop("Shorten it, or attach it as a file."),
)
NOT_AN_ANSWER = define(
    "intake.not_an_answer",
    Kind.INVALID,
    gettext_noop("“%(text)s” is not one of the answers."),
    gettext_noop("The answers are: %(known)s."),
)
CREDIT_WITHOUT_NAME = define(
    "intake.credit_without_name",
    Kind.INVALID,
    gettext_noop("You agree to be credited, but there is no name to print."),
    gettext_noop("Write the name that may be published, or take the consent back."),
)
TOO_MANY_FILES = define(
    "intake.too_many_files",
    Kind.TOO_LARGE,
    gettext_noop("There are %(count)s files; a report takes %(limit)s."),
    gettext_noop("Put them into one archive, or send the rest on the status page afterwards."),
)


@dataclass(frozen=True)
class Submission:
    """What the reporter says. `credit`: may be named in the advisory, as `credit_name`."""

    product: str
    problem: str
    version: str = ""
    effect: str = ""
    name: str = ""
    contact: str = ""
    affiliation: str = ""
    credit: bool = False
    credit_name: str = ""
    public: str = ""
    attacked: str = ""
    language: str = "ja"

    def body(self) -> dict[str, Any]:
        return asdict(self)

    @property
    def has_reporter(self) -> bool:
        return bool(self.name or self.contact or self.affiliation or self.credit_name)


LENGTHS: Mapping[str, int] = {
    "product": limits.MAX_PRODUCT,
    "version": limits.MAX_VERSION,
    "problem": limits.MAX_TEXT,
    "effect": limits.MAX_TEXT,
    "name": limits.MAX_LINE,
    "contact": limits.MAX_LINE,
    "affiliation": limits.MAX_LINE,
    "credit_name": limits.MAX_LINE,
}
CHOICES: Mapping[str, Sequence[str]] = {"public": SAID, "attacked": SAID, "language": LANGUAGES}
NEEDED_FIELDS = ("product", "problem")


def submission(body: Mapping[str, object]) -> Submission:
    """Read and check everything. Raises one problem with a part for each field that cannot be used."""
    texts = {field: tidy(str(body.get(field) or "")) for field in LENGTHS}
    chosen = {field: str(body.get(field) or "") for field in CHOICES}
    chosen["language"] = chosen["language"] or "ja"
    credit = body.get("credit") in {True, "on", "yes", "true", "1"}
    faults = [
        *(NEEDED().at(field) for field in NEEDED_FIELDS if not texts[field]),
        *_too_long(texts),
        *(
            NOT_AN_ANSWER(text=value, known=", ".join(filter(None, CHOICES[field]))).at(field)
            for field, value in chosen.items()
            if value not in CHOICES[field]
        ),
    ]
    if credit and not (texts["credit_name"] or texts["name"]):
        faults.append(CREDIT_WITHOUT_NAME().at("credit_name"))
    if faults:
        raise several(faults)
    return Submission(credit=credit, **texts, **chosen)


def message(body: Mapping[str, object], *, has_files: bool) -> str:
    """The text of a further message; files may come without words. Raises like `submission`."""
    text = tidy(str(body.get("message") or ""))
    if not text and not has_files:
        raise several([NEEDED().at("message")])
    if len(text) > limits.MAX_TEXT:
        raise several([TOO_LONG(length=len(text), limit=limits.MAX_TEXT).at("message")])
    return text


def _too_long(texts: Mapping[str, str]) -> list[Problem]:
    return [
        TOO_LONG(length=len(text), limit=LENGTHS[field]).at(field)
        for field, text in texts.items()
        if len(text) > LENGTHS[field]
    ]


def check_count(count: int) -> None:
    """Raises TOO_MANY_FILES."""
    if count > limits.MAX_FILES:
        raise TOO_MANY_FILES(count=count, limit=limits.MAX_FILES).at("files")


_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f\u202a-\u202e\u2066-\u2069]")


def tidy(text: str) -> str:
    """One kind of line break, no control characters, none that turn the direction of reading."""
    return _CONTROL.sub("", text.replace("\r\n", "\n").replace("\r", "\n")).strip()


def file_name(name: str) -> str:
    """The last part of a name as a browser or program sent it, safe to show and to offer for download."""
    last = re.split(r"[/\\]", tidy(unicodedata.normalize("NFC", name)).replace("\n", " "))[-1]
    return last.strip(" .")[:200] or "file"


TITLE_LENGTH = 80


def title_of(text: str, limit: int = TITLE_LENGTH) -> str:
    """The first sentence or line of what is wrong, short enough for a list."""
    line = text.strip().split("\n", 1)[0]
    sentence = re.split(r"(?<=[。．！？!?])|(?<=\.)\s", line, maxsplit=1)[0].strip().rstrip("。．.")
    return sentence if len(sentence) <= limit else sentence[: limit - 1].rstrip() + "…"
