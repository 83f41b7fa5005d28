"""Messages to and from people outside and inside, and what a subject line may say under embargo.

Mail programs, phones and lock screens show subject lines to anybody. Under embargo one that we send
holds the case number, references the other side already knows, and neutral words: nothing else, so
that no list of forbidden words has to be complete.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass

from okiagari.problems import Kind, define, gettext_noop

AUDIENCES = (
    "reporter",
    "jpcert",
    "supplier",
    "partner",
    "executives",
    "sales",
    "support",
    "dealers",
    "press",
    "customer",
    "authority",
)
DIRECTIONS = ("out", "in", "note")
CHANNELS = ("mail", "phone", "meeting", "portal", "post", "chat")
AUDIENCE_UNKNOWN = define(
    "cases.audience_unknown",
    Kind.INVALID,
    gettext_noop("“%(audience)s” is nobody a message goes to."),
    gettext_noop("Choose one of: %(known)s."),
)
CHANNEL_UNKNOWN = define(
    "cases.channel_unknown",
    Kind.INVALID,
    gettext_noop("“%(channel)s” is not a channel or a direction."),
    gettext_noop("Choose one of: %(known)s."),
)
TEXT_NEEDED = define(
    "cases.text_needed",
    Kind.INVALID,
    gettext_noop("The message has no text."),
    gettext_noop("Write what was said; of a call or a meeting, its gist."),
)
LINE_TELLS = define(
    "cases.line_tells",
    Kind.INVALID,
    gettext_noop("Under embargo the subject line must not say: %(words)s."),
    gettext_noop("Leave it empty to send “%(neutral)s”, or keep to the number and neutral words."),
)

GAPS_LEFT = define(
    "cases.gaps_left",
    Kind.INVALID,
    gettext_noop("The text still has gaps: %(gaps)s."),
    gettext_noop("Fill each ⟦…⟧ in, or take the sentence out."),
)
NOT_SOMEBODY_ELSES = define(
    "cases.own_text",
    Kind.DENIED,
    gettext_noop("Whoever wrote an answer does not approve it."),
    gettext_noop("Ask a colleague of public relations or an approver."),
)
TWO_TEXTS = define(
    "cases.answer_needs_text",
    Kind.INVALID,
    gettext_noop("A question and an answer are needed, in the same languages."),
    gettext_noop("Write both in Japanese, in English, or in both."),
)
COUNT_WRONG = define(
    "cases.count_wrong",
    Kind.INVALID,
    gettext_noop("%(count)s is not a number of inquiries."),
    gettext_noop("Give a number from 1 to 10000."),
)
NOTE_NEEDED = define(
    "cases.inquiry_note",
    Kind.INVALID,
    gettext_noop("Say what was asked."),
    gettext_noop("One sentence; it may become a report."),
)
INQUIRY_CHANNELS = ("phone", "mail", "chat", "meeting", "post", "portal")
INQUIRERS = ("customer", "press", "dealers")
_GAP = re.compile(r"⟦([^⟦⟧]*)⟧?")
_ENGLISH = (
    "re", "fwd", "fw", "about", "on", "of", "the", "your", "our", "a", "an", "and", "for", "with", "to",
    "from", "case", "number", "question", "questions", "answer", "answers", "reply", "status", "progress",
    "update", "request", "contact", "meeting", "call", "confirmation", "schedule", "thanks", "thank", "you",
    "receipt", "report",
)  # fmt: skip
_JAPANESE = (
    "お問い合わせ", "打ち合わせ", "に関して", "に関する", "について", "お知らせ", "ご連絡", "ご報告",
    "ご確認", "お願い", "ご回答", "ご質問", "ご相談", "連絡", "報告", "確認", "回答", "質問", "相談",
    "進捗", "状況", "お礼", "日程", "受領", "受付", "番号", "案件", "件", "御中", "様",
    "の", "と", "へ", "を", "は", "に",
)  # fmt: skip
_NEUTRAL = re.compile("|".join(_JAPANESE))
_WORD = re.compile(r"[^\s\[\]()【】「」『』:：;,、。・!?！？/／#＃]+")


def gaps(text: str) -> tuple[str, ...]:
    """What a text still wants filled in."""
    return tuple(dict.fromkeys(match.strip() or "…" for match in _GAP.findall(text)))


def check_filled(text: str) -> None:
    """Raises GAPS_LEFT."""
    if left := gaps(text):
        raise GAPS_LEFT(gaps=", ".join(left)).at("text")


def check_inquiry(audience: str, channel: str, count: int) -> None:
    """Raises AUDIENCE_UNKNOWN, CHANNEL_UNKNOWN, COUNT_WRONG."""
    if audience not in INQUIRERS:
        raise AUDIENCE_UNKNOWN(audience=audience, known=", ".join(INQUIRERS)).at("audience")
    if channel not in INQUIRY_CHANNELS:
        raise CHANNEL_UNKNOWN(channel=channel, known=", ".join(INQUIRY_CHANNELS)).at("channel")
    if not 1 <= count <= 10_000:
        raise COUNT_WRONG(count=count).at("count")


def file_name(name: str, number: str, position: int, *, embargoed: bool) -> str:
    """What a file is called on its way out: under embargo the number of the case, and its ending."""
    if not embargoed:
        return name
    _, dot, ending = name.rpartition(".")
    kept = f".{ending.lower()}" if dot and ending.isascii() and ending.isalnum() and len(ending) <= 5 else ""
    return f"{number}-{position}{kept}"


@dataclass(frozen=True)
class Line:
    """A subject line with what it may name: the number of the case and references the parties gave."""

    text: str
    number: str
    references: tuple[str, ...] = ()


def check_message(audience: str, channel: str, direction: str, text: str) -> None:
    """Raises AUDIENCE_UNKNOWN, CHANNEL_UNKNOWN, TEXT_NEEDED."""
    if audience not in AUDIENCES:
        raise AUDIENCE_UNKNOWN(audience=audience, known=", ".join(AUDIENCES)).at("audience")
    if channel not in CHANNELS:
        raise CHANNEL_UNKNOWN(channel=channel, known=", ".join(CHANNELS)).at("channel")
    if direction not in DIRECTIONS:
        raise CHANNEL_UNKNOWN(channel=direction, known=", ".join(DIRECTIONS)).at("direction")
    if not text.strip():
        raise TEXT_NEEDED().at("text")


def neutral_line(number: str) -> str:
    """What a subject line says when nobody wrote one."""
    return f"[{number}]"


def subject_line(line: Line, *, embargoed: bool) -> str:
    """The line as it may be sent. Raises LINE_TELLS."""
    text = " ".join(line.text.split())
    if not embargoed:
        return text
    if not text:
        return neutral_line(line.number)
    telling = tuple(_telling(text, (line.number, *line.references)))
    if telling:
        raise LINE_TELLS(words=", ".join(telling), neutral=neutral_line(line.number)).at("subject_line")
    return text


def _telling(text: str, known: Iterable[str]) -> Iterable[str]:
    rest = unicodedata.normalize("NFKC", text).casefold()
    for name in sorted(filter(None, known), key=len, reverse=True):
        rest = rest.replace(unicodedata.normalize("NFKC", name).casefold(), " ")
    for word in _WORD.findall(rest):
        left = _NEUTRAL.sub("", word).strip("-_–—.'’\"…~")
        if left and word not in _ENGLISH:
            yield left
