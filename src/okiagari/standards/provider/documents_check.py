"""The documents themselves, all of them: which there are, what is found of each (7.1.1, 2, 4, 5, 18, 19)."""

from collections import Counter

from okiagari.standards.provider.answers import DOCUMENT_LIMIT
from okiagari.standards.provider.one_document import (
    FREE,
    HASHES,
    NAMED,
    PROTECTED,
    SIGNATURES,
    VALID,
    Asked,
    Examined,
    Examiner,
    Wanted,
)
from okiagari.standards.provider.values import decoded
from okiagari.standards.provider.visit import Visit


def name_if_document(visit: Visit, url: str) -> None:
    """Of a folder without lists: the files that are documents."""
    if url.endswith(".json"):
        document = decoded(visit.ask(url, limit=DOCUMENT_LIMIT).data)
        if document is not None and "document" in document:
            visit.name(url, "the folder")


def read_documents(visit: Visit, most: int, examiner: Examiner) -> int:
    """Read those that are named, the newest lists first; how many there are."""
    urls = list(visit.named)
    chosen = urls[:most] if most else urls
    visit.advance(0, len(chosen))
    wanted = (Wanted(url, " and ".join(sorted(visit.named[url]))) for url in chosen)
    asked = Asked(tuple(visit.keys), visit.source.is_network)
    wrong: Counter[int] = Counter()
    for number, examined in enumerate(examiner(visit.source, wanted, asked), 1):
        _note(visit, examined)
        wrong.update({each.number for each in examined.findings if each.is_error})
        visit.advance(number, len(chosen))
    visit.sheet.found(PROTECTED, "no protected document can be read by everybody")
    if not urls:
        for each in (VALID, NAMED, FREE, HASHES, SIGNATURES):
            visit.sheet.unchecked(each, "no document is named anywhere")
        if not visit.metadata:
            visit.sheet.error(VALID, visit.start, "no document is found: neither metadata nor a list answers")
        return 0
    for each, words in _WORDS.items():
        visit.sheet.found(each, f"{_of(len(chosen), wrong[each])} {words}")
    return len(urls)


_WORDS = {
    VALID: "valid",
    NAMED: "named as their id says",
    FREE: "read without authentication",
    HASHES: "with hashes that are right",
    SIGNATURES: "with signatures that hold",
}


def _of(every: int, wrong: int) -> str:
    documents = "document" if every == 1 else "documents"
    return f"{every - wrong:,} of {every:,} {documents}" if wrong else f"{every:,} {documents}"


def _note(visit: Visit, examined: Examined) -> None:
    for answer in examined.answers:
        visit.notice(answer)
    for each in examined.findings:
        (visit.sheet.error if each.is_error else visit.sheet.warn)(each.number, each.place, each.message)
    if examined.document is not None:
        visit.documents[examined.url] = examined.document
