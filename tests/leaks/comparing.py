"""What an answer tells somebody who may not know of the secret: nothing, to the byte."""

from collections.abc import Iterator

from tests.leaks.doors import Knock
from tests.leaks.knocking import Answer
from tests.leaks.secret import MARK, Secret
from tests.leaks.walking import Walked


def faults(who: str, found: Walked) -> list[str]:
    """What the house with the secret says otherwise than the house without, each in a line."""
    wrong: list[str] = []
    for knock, answer in found.with_it.items():
        wrong += _faults(who, knock, answer, found.without_it[knock], found.secret)
    return wrong


def _may_differ(who: str, knock: Knock) -> bool:
    """An auditor reads which streams the ledger has and how long they are, never what they say."""
    return who == "auditor" and "/audit/" in knock.path


def _faults(who: str, knock: Knock, with_it: Answer, without_it: Answer, secret: Secret) -> Iterator[str]:
    if with_it.status >= 500:
        yield f"{knock}: breaks ({with_it.status})"
    if MARK not in knock.path and with_it.says(MARK):
        yield f"{knock}: says the mark ({with_it.status})"
    if _may_differ(who, knock):
        return
    told = _told(knock, with_it, secret)
    if told:
        yield f"{knock}: says {', '.join(told[:5])}"
    if with_it != without_it:
        what = _difference(with_it, without_it)
        yield f"{knock}: {with_it.status} with the secret, {without_it.status} without{what}"


def _told(knock: Knock, answer: Answer, secret: Secret) -> list[str]:
    """The secret's numbers in an answer, without those that were asked for."""
    asked = f"{knock.path} {knock.body}"
    return [number for number in secret.all() if number not in asked and answer.says(number)]


def _difference(one: Answer, other: Answer) -> str:
    if one.status != other.status:
        return ""
    if one.headers != other.headers:
        return f"; headers {set(one.headers) ^ set(other.headers)}"
    for left, right in zip(one.body.split(b"\n"), other.body.split(b"\n"), strict=False):
        if left != right:
            return f"; “{left.decode(errors='replace')[:160]}” / “{right.decode(errors='replace')[:160]}”"
    return "; one body is longer"
