"""What the owner of each product should do now: one step per different thing, its products together.

In: standings. Out: steps for the first screen of the page, for letters and for Markdown.
"""

from dataclasses import dataclass, replace

from django.utils.translation import gettext

from okiagari.disclose.rules.content import Status
from okiagari.disclose.rules.standing import Action, Standing
from okiagari.disclose.site import csaf_flaws, saying

MOST_UPDATES = 6
"""So many different updates are offered one by one in the first screen; more are one step with a table."""


@dataclass(frozen=True)
class Step:
    """One thing to do now, for the products named. `href` is the one link."""

    kind: str
    models: tuple[str, ...]
    text: str
    href: str = ""
    label: str = ""
    successor: str = ""
    successor_href: str = ""
    dates: tuple[tuple[str, str], ...] = ()


def steps(found: tuple[Standing, ...], language: str) -> list[Step]:
    """One per different thing to do; products that are told the same stand together."""
    told: dict[Step, list[str]] = {}
    for standing in found:
        if standing.is_concerned:
            told.setdefault(_step(standing, language), []).append(saying.model(standing.product))
    made = [replace(step, models=tuple(dict.fromkeys(models))) for step, models in told.items()]
    updates = [step for step in made if step.kind == "update"]
    if len(updates) <= MOST_UPDATES:
        return made
    words = gettext("Find your model above and update it to the version named there.")
    first = Step("update", (), words, "#update", gettext("Downloads and how to update"))
    return [first, *(step for step in made if step.kind != "update")]


def _step(standing: Standing, language: str) -> Step:
    if standing.action is Action.STOP_USE:
        return _stop(standing, language)
    if standing.action is Action.UPDATE and standing.release:
        release = standing.release
        href = saying.web(release.url) or saying.web(standing.product.page)
        label = gettext("Get version %(release)s") % {"release": release.text}
        text = gettext("Update to version %(release)s or later.") % {"release": release.text}
        return Step("update", (), text, href, label)
    replacements = standing.of_kind("replace")
    if replacements:
        text = saying.in_language(replacements[0].text, language) or gettext("Please have it replaced.")
        return _followed(Step("replace", (), text), standing, language)
    workarounds = standing.of_kind("workaround")
    if workarounds:
        text, coming = saying.in_language(workarounds[0].text, language), _coming(standing.statuses, language)
        return Step("workaround", (), "\n\n".join(filter(None, (text, coming))))
    return Step("wait", (), _waiting(standing.statuses, language))


def _followed(step: Step, standing: Standing, language: str) -> Step:
    """With what to use instead, and its page, where one is named."""
    words, known = csaf_flaws.successor_words(standing, language), standing.successor
    return replace(step, successor=words, successor_href=saying.web(known.page) if known else "")


def _waiting(statuses: tuple[Status, ...], language: str) -> str:
    """What is said while there is nothing to install: never why not, where only "not yet" is known."""
    for status in statuses:
        if status.cannot_fix:
            return saying.in_language(status.cannot_fix, language)
    said = _coming(statuses, language)
    return said or gettext("A fix is being prepared. This page says when there is one.")


def _coming(statuses: tuple[Status, ...], language: str) -> str:
    """When there will be something to install, as far as that is said."""
    for status in statuses:
        wording = saying.in_language(status.planned_wording, language)
        if wording:
            return wording
        if status.planned:
            return gettext("A fix is planned for %(date)s.") % {"date": saying.date(status.planned, language)}
    return ""


def _stop(standing: Standing, language: str) -> Step:
    text = saying.in_language(standing.of_kind("stop_use")[0].text, language)
    labels = (
        ("end_of_sales", gettext("End of sales")),
        ("end_of_security_support", gettext("End of security support")),
        ("end_of_life", gettext("End of all support")),
    )
    support = standing.product.support
    dates = tuple(
        (label, saying.date(support[kind], language)) for kind, label in labels if support.get(kind)
    )
    return _followed(Step("stop_use", (), text, dates=dates), standing, language)
