"""The check as a whole: every file of an advisory read back and held against its content.

In: an entry, the site, finished files, the paths of the tree they go into. Out: a `Report`. What cannot be
read at all is an error, too.
"""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from okiagari.disclose.consistency import addresses, comparing, identities, normal, report
from okiagari.disclose.consistency.approved import Approved, approved, product_name
from okiagari.disclose.consistency.comparing import Difference
from okiagari.disclose.consistency.files import File
from okiagari.disclose.consistency.findings import Finding
from okiagari.disclose.consistency.readers import READERS
from okiagari.disclose.consistency.report import Report
from okiagari.disclose.consistency.statement import Statement, Told, Within
from okiagari.disclose.site.entries import Entry, Site
from okiagari.problems import gettext_noop

UNREADABLE = gettext_noop("It cannot be read back: %(why)s")


def check(entry: Entry, site: Site, files: Sequence[File], names: AbstractSet[str] | None = None) -> Report:
    """`names`: every path of the tree; None where nobody knows it yet, then no address is followed."""
    said = [each for file in files for each in statements(entry, site, file)]
    found = [*_unreadable(said), *identities.check(entry.content, _readable(files, said))]
    if names is not None:
        found += addresses.check(files, site.url, names)
    facts = sum(len(each.told) for each in said)
    return report.made(
        len(files), facts, (each.label for each in files), list(_differences(entry, site, said)), found
    )


def _differences(entry: Entry, site: Site, said: Iterable[Statement]) -> Iterator[Difference]:
    known: dict[str, Approved] = {}
    for each in said:
        if each.language not in known:
            known[each.language] = approved(entry, site, each.language)
        if not each.error:
            yield from comparing.compare(each, known[each.language])


def _unreadable(said: Iterable[Statement]) -> Iterator[Finding]:
    for each in said:
        if each.error:
            yield Finding("unreadable", UNREADABLE, each.label, each.path, "", {"why": each.error})


def _readable(files: Iterable[File], said: Iterable[Statement]) -> list[File]:
    broken = {each.path for each in said if each.error}
    return [each for each in files if each.path not in broken]


def statements(entry: Entry, site: Site, file: File) -> Iterator[Statement]:
    """What a file states, once for each language it speaks."""
    languages = (file.language,) if file.language else _languages(entry, file)
    for language in languages:
        yield _statement(entry, site, file, language)


def _languages(entry: Entry, file: File) -> tuple[str, ...]:
    """Of files without a language of their own: English where there is any, answers in all."""
    spoken = entry.content.languages
    if file.format == "answers":
        return tuple(spoken)
    if "en" in spoken:
        return ("en",)
    return (spoken[0],) if comparing.kind_of(file.format) == "cve" else (entry.primary,)


def _statement(entry: Entry, site: Site, file: File, language: str) -> Statement:
    names = frozenset(product_name(each) for each in entry.content.products)
    if file.format == "openeox":
        names = frozenset({normal.name(file.model)})
    within = Within(language, site.zone, site.url, entry.content.tracking_id, names)
    told: tuple[Told, ...] = ()
    error = ""
    try:
        told = tuple(READERS[comparing.kind_of(file.format)](file.content, within))
    except (ValueError, LookupError, TypeError, AttributeError, SyntaxError) as problem:
        error = f"{type(problem).__name__}: {problem}"
    return Statement(
        file.format,
        file.label,
        file.path,
        language,
        told,
        losses=file.losses,
        model=normal.name(file.model),
        error=error,
    )
