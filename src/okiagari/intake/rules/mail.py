"""Where a mail belongs. In: what it says of itself, and whom we talk to. Out: a decision.

A From line proves nothing and a number proves nothing: a mail joins a conversation only where its thread
or a number names one *and* it comes from the address we talk to there. All else becomes a new report that
says what it claims to belong to. Nothing here is ever answered by itself, so no loop can begin.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from okiagari.intake.rules import limits

_NUMBER = re.compile(r"(?<![A-Z0-9])((?:REP|OKI)-\d{2}-[0-9A-Z]{5})(?![A-Z0-9])", re.IGNORECASE)
_ANSWER = re.compile(r"^\s*(?:(?:re|fwd?|aw|返信|転送)\s*[:：]\s*)+", re.IGNORECASE)
_JAPANESE = re.compile(r"[\u3040-\u30ff\u3400-\u9fff]")
SUBJECTS = {"ja": "[{number}] ご連絡", "en": "[{number}] Your report"}
FOOT = {
    "ja": "受付番号 {number} ・ 返信の際は、件名の番号を残してください。",
    "en": "Report {number} · When you answer, please leave the number in the subject.",
}


@dataclass(frozen=True)
class Found:
    """A conversation a mail names: its number, and the addresses we talk to there."""

    number: str
    addresses: frozenset[str]


def numbers(*texts: str) -> tuple[str, ...]:
    """Numbers of reports and cases that stand in a subject or an address."""
    return tuple(dict.fromkeys(each.upper() for text in texts for each in _NUMBER.findall(text)))


def comes_from(sender: str, addresses: Iterable[str]) -> bool:
    """Whether the address that claims to write is one of those we talk to."""
    return bool(sender) and sender.casefold() in {each.strip().casefold() for each in addresses if each}


def title(subject: str) -> str:
    """A subject without "Re:" and our own number."""
    return _NUMBER.sub("", _ANSWER.sub("", subject)).replace("[]", "").strip()


def language(text: str) -> str:
    """The language somebody wrote in: Japanese where there is any of it."""
    return "ja" if _JAPANESE.search(text) else "en"


def letter(text: str, number: str, language: str) -> tuple[str, str]:
    """Subject line and text of an answer to a reporter. The line holds nothing but the number."""
    known = language if language in SUBJECTS else "en"
    foot = FOOT[known].format(number=number)
    return SUBJECTS[known].format(number=number), f"{text.rstrip()}\n\n-- \n{foot}"


def fits(size: int, position: int) -> bool:
    """Whether a file that came along is kept."""
    return position < limits.MAX_FILES and size <= limits.MAX_FILE_BYTES
