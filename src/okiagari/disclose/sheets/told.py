"""Sentences both sheets say: what it is, who is concerned, what to do, whether it is attacked."""

from collections.abc import Iterable, Iterator

from django.utils.translation import gettext

from okiagari.disclose.rules.standing import Action
from okiagari.disclose.sheets.frame import About, Item
from okiagari.disclose.site import devices, saying
from okiagari.disclose.site.steps import steps


def concerned(about: About) -> tuple[Item, ...]:
    """Each product that is concerned, with its versions and what its owner should do."""
    rows = devices.rows(about.found, about.entry.content, about.language)
    return tuple(
        Item(
            gettext(", ").join(row.models),
            (
                f"{gettext('Affected versions')}{gettext(': ')}{gettext(', ').join(row.versions)}",
                *row.conditions,
                f"{gettext('What to do')}{gettext(': ')}{row.todo}",
                *row.notes,
            ),
        )
        for row in rows
    )


def names(about: About, action: Action) -> str:
    """The models of which this is said; "" where there is none."""
    found = [saying.model(each.product) for each in about.found if each.action is action]
    return gettext(", ").join(dict.fromkeys(found))


def to_do(about: About) -> Iterator[str]:
    """What its owner should do with each device, then the advice of the page: a notice has only that."""
    for step in steps(about.found, about.language):
        named = gettext(", ").join(step.models)
        yield f"{named}{gettext(': ')}{step.text}" if named else step.text
    if about.word("advice"):
        yield about.word("advice")


def attacks(about: About) -> str:
    """What is known of attacks, as far as the advisory says it."""
    known = {each.exploit for each in about.entry.content.vulnerabilities}
    for code in ("attacked", "public"):
        if code in known:
            return saying.exploit_words(code)
    return gettext("The advisory reports no attack. If somebody tells you of one, pass it on at once.")


def problem(about: About) -> tuple[str, ...]:
    flaws = about.entry.content.vulnerabilities
    told = [about.word("summary"), about.word("description")]
    told += [saying.in_language(each.description, about.language) for each in flaws]
    return _once(told)


def impact(about: About) -> tuple[str, ...]:
    flaws = about.entry.content.vulnerabilities
    told = [about.word("impact"), *(saying.in_language(each.impact, about.language) for each in flaws)]
    return _once(told)


def _once(texts: Iterable[str]) -> tuple[str, ...]:
    """Each text that another does not begin with: the words of a flaw are often the first of the advisory."""
    found = list(dict.fromkeys(each.strip() for each in texts if each.strip()))
    return tuple(
        each
        for each in found
        if not any(other is not each and other.startswith(each.rstrip(".。")) for other in found)
    )
