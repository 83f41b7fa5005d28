"""The small pieces of a document that is read: notes, references, thanks, words of a closed list.

In: the object they stand in. Out: values of `model`; a word that the list does not have leaves its whole
part unread.
"""

from dataclasses import replace
from enum import StrEnum

from okiagari.standards.documents import Reading

from .model import Acknowledgment, Note, Reference
from .terms import NoteCategory


def chosen(reading: Reading, name: str, words: type[StrEnum]) -> str:
    """The word under this name where the list has it; else it stays unread, and the answer is ""."""
    return reading.text(name) if reading.raw(name) in list(words) else ""


def note(reading: Reading) -> Note | None:
    """One note, read but for what it is tied to; None where its category is not known."""
    category = chosen(reading, "category", NoteCategory)
    if not category:
        return None
    words = (reading.text("text"), reading.text("title"), reading.text("audience"))
    return Note(NoteCategory(category), *words)


def notes(reading: Reading) -> tuple[Note, ...]:
    found = []
    for each in reading.parts("notes"):
        made = note(each)
        if made is not None:
            # 2.0 has no place for products here, 2.1 has
            found.append(replace(made, product_ids=each.texts("product_ids")))
        each.done()
    return tuple(found)


def references(reading: Reading) -> tuple[Reference, ...]:
    found = []
    for each in reading.parts("references"):
        is_self = each.raw("category") == "self"
        if each.raw("category") in ("self", "external"):
            each.drop("category")
        found.append(Reference(each.text("url"), each.text("summary"), is_self))
        each.done()
    return tuple(found)


def acknowledgments(reading: Reading) -> tuple[Acknowledgment, ...]:
    """Thanks that were published: whoever published them had the consent."""
    found = []
    for each in reading.parts("acknowledgments"):
        names, urls = each.texts("names"), each.texts("urls")
        words = (each.text("organization"), each.text("summary"))
        found.append(Acknowledgment(True, names, *words, urls))  # noqa: FBT003 - it was published
        each.done()
    return tuple(found)
