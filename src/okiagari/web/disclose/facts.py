"""The left column of the editor: every fact with its value or that it is missing, and where it lives.

In: the desk of an advisory. Out: groups of lines for the template. Nothing here can be edited here.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext, pgettext

from okiagari.cases import queries as cases
from okiagari.desk.subjects import Subject
from okiagari.disclose.queries import AdvisoryView, Desk
from okiagari.disclose.rules.items import Item
from okiagari.disclose.rules.standing import Standing
from okiagari.disclose.site import devices, saying
from okiagari.web.disclose.words import LANGUAGE_WORDS
from okiagari.web.frame.words import language


@dataclass(frozen=True)
class Fact:
    label: str
    value: str
    is_id: bool = False


@dataclass(frozen=True)
class Lack:
    """Something missing. `note`: in which languages."""

    label: str
    note: str
    is_required: bool
    href: str


@dataclass(frozen=True)
class Group:
    """Facts about one thing. `href`: where they live, and `place` what that page is called."""

    title: str
    note: str
    href: str
    facts: tuple[Fact, ...]
    lacks: tuple[Lack, ...]
    is_changed: bool = False
    place: str = ""

    @property
    def is_open(self) -> bool:
        """Unfolded where somebody should look."""
        return self.is_changed or any(lack.is_required for lack in self.lacks)


def groups(subject: Subject, view: AdvisoryView, desk: Desk) -> tuple[Group, ...]:
    """Products first, then vulnerabilities, then the rest."""
    case_id = view.cases[0] if view.cases else ""
    changed = {change.path for change in desk.changes} if view.is_published else set()
    found = [_product(each, desk, case_id, changed) for each in desk.standings]
    found += list(_flaws(subject, view, desk))
    found.append(_rest(view, desk, case_id))
    return tuple(found)


def _place(case_id: str, place: str, model: str = "") -> str:
    """Where something is put right."""
    if place == "catalogue" and model:
        return reverse("catalog:products") + f"?search={model}"
    tabs = {"products": "products", "measures": "measures", "judgement": "judgement", "messages": "messages"}
    if not case_id or place not in tabs:
        return ""
    return reverse("cases:case", args=[case_id]) + tabs[place] + "/"


def _lacks(items: Iterable[Item], case_id: str, model: str = "") -> tuple[Lack, ...]:
    """One line per thing, with the languages it lacks in."""
    grouped: dict[str, list[Item]] = {}
    for item in items:
        grouped.setdefault(item.code, []).append(item)
    return tuple(
        Lack(
            label=gettext(same[0].label),
            note=gettext(", ").join(str(LANGUAGE_WORDS[item.language]) for item in same if item.language),
            is_required=same[0].is_required,
            href=_place(case_id, same[0].place, model),
        )
        for same in grouped.values()
    )


def _product(standing: Standing, desk: Desk, case_id: str, changed: set[str]) -> Group:
    product = standing.product
    here = language()
    facts = [
        Fact(gettext("Other names"), gettext(", ").join(map(str, saying.other_names(product, here)))),
        Fact(gettext("Affected versions"), gettext(", ").join(saying.versions(standing.ranges, here))),
        *_release(standing),
        Fact(gettext("How to tell the model"), saying.in_language(product.find_model, here)),
        Fact(gettext("How to tell the version"), saying.in_language(product.find_version, here)),
        *(Fact(_date_label(kind), saying.date(date, here)) for kind, date in product.support.items()),
        *_measures(standing),
    ]
    lacking = [item for item in desk.missing if item.of == product.key]
    return Group(
        title=saying.model(product),
        note=devices.todo(standing),
        href=_place(case_id, "products"),
        place=gettext("Products"),
        facts=tuple(fact for fact in facts if fact.value),
        lacks=_lacks(lacking, case_id, product.model),
        is_changed=f"products.{product.key}" in changed,
    )


def _release(standing: Standing) -> tuple[Fact, ...]:
    release = standing.release
    if release is None:
        return ()
    return (
        Fact(gettext("Fixed version"), release.text, is_id=True),
        Fact(gettext("Download"), release.url or standing.product.page),
        Fact("SHA-256", release.sha256, is_id=True),
        Fact(gettext("How to apply the fix"), saying.in_language(release.how_to_apply, language())),
    )


def _measures(standing: Standing) -> tuple[Fact, ...]:
    labels: Mapping[str, str] = {
        "workaround": gettext("Workaround"),
        "stop_use": gettext("Request to stop using it"),
        "replace": gettext("Replacement"),
    }
    here = language()
    told = tuple(
        Fact(labels[each.kind], saying.in_language(each.text, here))
        for each in standing.measures
        if each.kind in labels
    )
    successor = (
        (Fact(gettext("Successor"), standing.successor.model, is_id=True),) if standing.successor else ()
    )
    return (*told, *successor)


def _date_label(kind: str) -> str:
    labels = {
        "general_availability": gettext("On sale since"),
        "end_of_sales": gettext("End of sales"),
        "end_of_security_support": gettext("End of security support"),
        "end_of_life": gettext("End of all support"),
    }
    return labels.get(kind, kind)


def _flaws(subject: Subject, view: AdvisoryView, desk: Desk) -> Iterable[Group]:
    homes = {
        flaw.id: case_id for case_id in view.cases for flaw in cases.case(subject, case_id).vulnerabilities
    }
    here = language()
    for flaw in desk.whole.vulnerabilities:
        name = flaw.cve or flaw.jvn or flaw.id
        case_id = homes.get(flaw.id, "")
        scores = [f"CVSS v{each.version} {each.value} {each.vector}" for each in saying.scores_of(flaw)]
        facts = (
            Fact(
                gettext("Ids"),
                gettext(", ").join(text for text in (flaw.jvn, flaw.jvndb, flaw.cve) if text),
                is_id=True,
            ),
            Fact(pgettext("weakness", "Kind"), flaw.cwe, is_id=True),
            Fact(gettext("Severity (CVSS)"), gettext(", ").join(scores), is_id=True),
            Fact(gettext("What the problem is"), saying.in_language(flaw.description, here)),
            Fact(gettext("What can happen"), saying.in_language(flaw.impact, here)),
        )
        yield Group(
            title=saying.in_language(flaw.title, here) or name,
            note="",
            href=reverse("cases:vulnerability", args=[case_id, flaw.id]) if case_id else "",
            place=gettext("Vulnerability"),
            facts=tuple(fact for fact in facts if fact.value),
            lacks=_lacks([item for item in desk.missing if item.of == name], case_id),
        )


def _rest(view: AdvisoryView, desk: Desk, case_id: str) -> Group:
    known = {each.product.key for each in desk.standings}
    known |= {flaw.cve or flaw.jvn or flaw.id for flaw in desk.whole.vulnerabilities}
    lacking = [item for item in desk.missing if item.of not in known and item.place != "words"]
    facts = (
        Fact(gettext("Document id"), view.tracking_id, is_id=True),
        Fact(gettext("Credit, with consent"), gettext(", ").join(desk.whole.credits)),
        Fact(gettext("Publisher"), saying.in_language(desk.whole.publisher.name, language())),
    )
    return Group(
        title=gettext("Document"),
        note="",
        href="",
        facts=tuple(fact for fact in facts if fact.value),
        lacks=_lacks(lacking, case_id),
    )
