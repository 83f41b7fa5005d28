"""Words out of rows: texts in every language, one under another, nothing twice."""

from collections.abc import Iterable, Mapping

from okiagari.standards.localtext import LocalText


def joined(*values: object) -> str:
    """All words of these values, a line for each."""
    return "\n".join(dict.fromkeys(line for value in values for line in _lines(value)))


def _lines(value: object) -> Iterable[str]:
    if isinstance(value, LocalText):
        yield from (text.strip() for text in value.texts.values())
    elif isinstance(value, str):
        if value.strip():
            yield value.strip()
    elif isinstance(value, Mapping):
        for each in value.values():
            yield from _lines(each)
    elif isinstance(value, Iterable):
        for each in value:
            yield from _lines(each)


def said(facts: Mapping[str, object]) -> Iterable[str]:
    """What people wrote among the facts of a ledger line: sentences, no codes, numbers, instants or marks."""
    for line in _lines(facts):
        if (" " in line or not line.isascii()) and any(each.isalnum() for each in line):
            yield line
