"""The rows of "is my device concerned": one per device, or, where there are many, one per different answer.

In: standings. Out: values for the page. Devices of which the same is said share a row once there are more
than a screen holds, so that two hundred products stay readable; within it they stand by family.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext

from okiagari.disclose.rules.content import Content, Product, Vulnerability
from okiagari.disclose.rules.standing import CONCERNED, Action, Standing
from okiagari.disclose.site import csaf_flaws, naming, saying
from okiagari.standards.firmware_order import Range

FEW = 12
"""So many products have a row of their own; more share rows."""


@dataclass(frozen=True)
class Device:
    """One row. `notes`: what is still to come beside what there is to do. `page`: that of its model.

    `about`: what is said of single versions that are named.
    """

    anchor: str
    models: tuple[str, ...]
    names: tuple[saying.Name, ...]
    versions: tuple[str, ...]
    conditions: tuple[str, ...]
    todo: str
    notes: tuple[str, ...]
    is_stop: bool
    page: str = ""
    about: tuple[str, ...] = ()

    @property
    def cells(self) -> tuple[object, ...]:
        return (self.versions, self.conditions, self.todo, self.notes, self.is_stop, self.about)


@dataclass(frozen=True)
class Family:
    """Models of one family; `name` is "" where they have none, or all of them are few."""

    name: str
    models: tuple[str, ...]


def rows(found: Sequence[Standing], content: Content, language: str) -> list[Device]:
    """Those that are concerned, the most urgent first."""
    each = [row(one, content, language) for one in found if one.is_concerned]
    if len(each) <= FEW:
        return each
    merged: dict[tuple[object, ...], list[Device]] = {}
    for device in each:
        merged.setdefault(device.cells, []).append(device)
    return [
        replace(same[0], models=_models(same), names=same[0].names if len(same) == 1 else ())
        for same in merged.values()
    ]


def _models(same: list[Device]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(model for device in same for model in device.models))


def families(found: Iterable[Standing]) -> list[Family]:
    """The models by family; few of them in one line."""
    named = [(each.product.family, saying.model(each.product)) for each in found]
    if len(named) <= FEW:
        models = tuple(dict.fromkeys(model for _, model in named))
        return [Family("", models)] if models else []
    groups: dict[str, list[str]] = {}
    for family, model in named:
        groups.setdefault(family, []).append(model)
    return [Family(name, tuple(dict.fromkeys(models))) for name, models in sorted(groups.items())]


def anchor(product: Product) -> str:
    return "p-" + "".join(each if each.isalnum() and each.isascii() else "-" for each in product.key).lower()


def row(standing: Standing, content: Content, language: str) -> Device:
    """What is said of one product, in words."""
    product = standing.product
    concerned = [each for each in standing.statuses if each.state in CONCERNED]
    ranges = standing.ranges or (Range.all(),)
    conditions = [saying.in_language(each.condition, language) for each in concerned]
    about = _about_versions(content, product, ranges, language)
    return Device(
        anchor=anchor(product),
        models=(saying.model(product),),
        names=tuple(saying.other_names(product, language)),
        versions=tuple(saying.versions(ranges, language)),
        conditions=tuple(dict.fromkeys(each for each in conditions if each)),
        about=tuple(about),
        todo=todo(standing),
        notes=tuple(_to_come(standing, content)),
        is_stop=standing.action is Action.STOP_USE,
        page=f"{naming.slug(product.model)}.html",
    )


def _about_versions(
    content: Content, product: Product, ranges: Iterable[Range], language: str
) -> Iterable[str]:
    """What is said of the versions that the ranges name."""
    for text in dict.fromkeys(text for each in ranges for text in each.ends):
        note = saying.version_note(content, product.line, text, language)
        if note:
            yield f"{text}{gettext(': ')}{note}"


def todo(standing: Standing) -> str:
    """What the owner of such a device should do, in three words."""
    if standing.action is Action.UPDATE and standing.release:
        return gettext("Update to %(release)s") % {"release": standing.release.text}
    return gettext(saying.ACTION_WORDS[standing.action])


def _to_come(standing: Standing, content: Content) -> Iterable[str]:
    """An update that does not fix everything, a workaround before the fix, a flaw still looked into."""
    names = {each.id: called(each) for each in content.vulnerabilities}
    if standing.is_partial:
        flaws = gettext(", ").join(names.get(each.vulnerability, "") for each in standing.unfixed)
        yield gettext("A further fix is being prepared: %(flaws)s") % {"flaws": flaws}
    elif standing.action is Action.WORKAROUND and standing.planned:
        yield gettext("A fix is being prepared")
    if standing.undecided:
        flaws = gettext(", ").join(names.get(each, "") for each in standing.undecided)
        yield gettext("Still being checked: %(flaws)s") % {"flaws": flaws}


def called(flaw: Vulnerability) -> str:
    """What a reader can look it up by."""
    return flaw.cve or flaw.jvn or saying.in_language(flaw.title, "en") or flaw.id


def of_flaw(flaw: Vulnerability, found: Sequence[Standing]) -> list[tuple[str, tuple[Family, ...]]]:
    """Which products one vulnerability concerns, and in which release each is fixed."""
    groups: dict[str, list[Standing]] = {}
    for standing in found:
        groups.setdefault(_of_flaw(flaw, standing), []).append(standing)
    return [(label, tuple(families(same))) for label, same in groups.items()]


def _of_flaw(flaw: Vulnerability, standing: Standing) -> str:
    status = next((each for each in standing.statuses if each.vulnerability == flaw.id), None)
    if status is None or status.state == "investigating":
        return gettext("Under investigation")
    if status.state == "not_affected":
        return gettext("Not affected")
    releases = csaf_flaws.fixed_in(standing, status)
    if releases:
        return gettext("Fixed in %(release)s") % {"release": gettext(", ").join(releases)}
    return gettext("Affected, not fixed") if status.cannot_fix else gettext("Affected, not fixed yet")
