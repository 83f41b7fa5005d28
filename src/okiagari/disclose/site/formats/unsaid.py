"""Facts of an advisory that a format has no place for at all: named, each once, where the advisory has them.

In: an entry. Out: what each is called. What a format says less exactly than the page, its own module names;
CSAF has a place for nearly everything and names the rest itself.
"""

from collections.abc import Callable

from okiagari.disclose.rules.content import Content
from okiagari.disclose.site.entries import Entry
from okiagari.problems import gettext_noop

OPENVEX, CYCLONEDX, CVE, VULDEF = "openvex", "cyclonedx", "cve", "vuldef"
_VEX = frozenset({OPENVEX, CYCLONEDX})
_ALL = _VEX | {CVE, VULDEF}


def _are_described(said: Content) -> bool:
    """Has every vulnerability a description of its own? Else that of the page stands for it."""
    return all(each.description for each in said.vulnerabilities)


Has = Callable[[Content], object]
_UNSAID: tuple[tuple[str, frozenset[str], Has], ...] = (
    (
        gettext_noop("the summary of the page"),
        _VEX | {CVE},
        lambda said: said.words.summary and (said.words.description or _are_described(said)),
    ),
    (
        gettext_noop("the description of the page"),
        _VEX | {CVE},
        lambda said: said.words.description and _are_described(said),
    ),
    (
        gettext_noop("the impact"),
        frozenset({OPENVEX, CVE}),
        lambda said: said.words.impact or any(each.impact for each in said.vulnerabilities),
    ),
    (gettext_noop("the advice meanwhile"), _ALL, lambda said: said.words.advice),
    (gettext_noop("the contact"), _VEX | {CVE}, lambda said: said.words.contact),
    (gettext_noop("the references"), _VEX, lambda said: said.references),
    (
        gettext_noop("what is known of attacks"),
        _VEX,
        lambda said: any(each.exploit for each in said.vulnerabilities),
    ),
    (
        gettext_noop("the date of the first known attack"),
        frozenset({CVE, VULDEF}),
        lambda said: any(each.attacked_at for each in said.vulnerabilities),
    ),
    (
        gettext_noop("since when others had made it public"),
        _VEX | {VULDEF},
        lambda said: any(each.public_at for each in said.vulnerabilities),
    ),
    (
        gettext_noop("who gave the scores"),
        frozenset({CVE, VULDEF}),
        lambda said: any(score.source for each in said.vulnerabilities for score in each.scores),
    ),
    (
        gettext_noop("why a product is not affected"),
        frozenset({CVE, VULDEF}),
        lambda said: any(each.justification for each in said.statuses),
    ),
    (
        gettext_noop("serial numbers and further model numbers"),
        _ALL,
        lambda said: any(each.serial_numbers or each.model_numbers for each in said.products),
    ),
    (
        gettext_noop("how to look up model and version"),
        _ALL,
        lambda said: said.lookups or any(each.find_model or each.find_version for each in said.products),
    ),
    (
        gettext_noop("the support dates"),
        _ALL,
        lambda said: any(each.support for each in said.products),
    ),
    (
        gettext_noop("the download link"),
        _VEX,
        lambda said: any(each.url for each in said.releases),
    ),
    (
        gettext_noop("the checksum of the download"),
        _ALL,
        lambda said: any(each.sha256 for each in said.releases),
    ),
    (
        gettext_noop("when the next update is planned"),
        _ALL,
        lambda said: said.next_update,
    ),
)
HISTORY = gettext_noop("the revision history, but for its first and last date")


def unsaid(entry: Entry, form: str) -> tuple[str, ...]:
    """What this format has no place for, as marked texts. `form`: OPENVEX, CYCLONEDX, CVE, VULDEF."""
    found = [name for name, forms, has in _UNSAID if form in forms and has(entry.content)]
    has_history = form in _VEX and len(entry.editions) > 1
    return (*found, *((HISTORY,) if has_history else ()))
