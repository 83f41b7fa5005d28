"""One cell in words, and other words of the Products tab."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext, pgettext

from okiagari.standards.firmware_order import Form
from okiagari.triage.queries import CarryView, CellView
from okiagari.triage.rules.carrying import REASONS
from okiagari.triage.rules.cells import CONFIDENCE, JUSTIFICATIONS, VERIFICATION
from okiagari.web.frame import words
from okiagari.web.triage.table import shape, state_words
from okiagari.web.triage.words import best, range_words


@dataclass(frozen=True)
class ShownCell:
    """A decision as a list of facts: (what, words)."""

    view: CellView
    word: str
    look: str
    facts: tuple[tuple[str, str], ...]
    by: str


def shown(view: CellView) -> ShownCell:
    facts = (
        (gettext("Affected versions"), range_words(view.range) if view.range else ""),
        (gettext("Condition"), best(view.condition)),
        (gettext("Justification"), gettext(JUSTIFICATIONS[view.justification]) if view.justification else ""),
        (gettext("Fixed in"), view.fixed_in[1] if view.fixed_in else ""),
        (gettext("Verification"), _verification(view.verification)),
        (gettext("Fix planned"), _plan(view)),
        (gettext("In public"), best(view.planned_wording)),
        (gettext("Cannot be fixed"), best(view.cannot_fix)),
        (gettext("Note"), best(view.note)),
        (gettext("Reason"), view.reason),
    )
    said = tuple((name, text) for name, text in facts if text)
    return ShownCell(view, state_words()[view.state], shape(view.state), said, best(view.by))


def _verification(given: Mapping[str, str]) -> str:
    parts = [
        gettext("%(what)s: %(text)s") % {"what": gettext(VERIFICATION[name]), "text": given[name]}
        for name in VERIFICATION
        if given.get(name)
    ]
    return " · ".join(parts)


def _plan(view: CellView) -> str:
    if not view.planned:
        return ""
    text = words.partial(view.planned)
    if view.planned_confidence:
        text += f" ({gettext(CONFIDENCE[view.planned_confidence])})"
    return text


def range_forms() -> tuple[tuple[str, str], ...]:
    """The shapes a range may have, with the ends named as letters."""
    names = {
        Form.BEFORE: pgettext("shape of a range", "before B"),
        Form.UP_TO: pgettext("shape of a range", "B and earlier"),
        Form.ALL: pgettext("shape of a range", "all versions"),
        Form.BETWEEN: pgettext("shape of a range", "A to B"),
        Form.FROM: pgettext("shape of a range", "A and later"),
        Form.EXACTLY: pgettext("shape of a range", "exactly A"),
        Form.UNKNOWN: pgettext("shape of a range", "not known yet"),
    }
    return tuple((form.value, name) for form, name in names.items())


def rule_names() -> dict[str, str]:
    """The parts of a search rule, in words."""
    return {
        "models": gettext("Models"),
        "family": gettext("Family"),
        "category": gettext("Category"),
        "brand": gettext("Brand"),
        "component": gettext("Component"),
        "line": gettext("Firmware line"),
        "kind": gettext("Kind"),
        "team": gettext("Team"),
        "sold_since": gettext("Sold since"),
        "supported_until": gettext("Supported until"),
    }


def rule_words(rule: Mapping[str, object]) -> tuple[tuple[str, str], ...]:
    names = rule_names() | {"any": gettext("One of"), "all": gettext("All of")}
    return tuple((names.get(key, key), _listed(value)) for key, value in rule.items() if value)


def _listed(value: object) -> str:
    if isinstance(value, list | tuple):
        return (" / " if any(isinstance(each, Mapping) for each in value) else gettext(", ")).join(
            _listed(each) for each in value
        )
    if isinstance(value, Mapping):
        return " + ".join(f"{name}: {words}" for name, words in rule_words(value))
    return str(value)


@dataclass(frozen=True)
class ShownCarry:
    """What became of a decision at something that came later, in words."""

    view: CarryView
    decided: str
    look: str
    state: str
    why: str
    title: str
    team: str
    by: str


def carried(view: CarryView) -> ShownCarry:
    words = state_words()
    why = gettext(REASONS[view.code]) % {**dict.fromkeys(("text", "component"), view.to), **view.facts}
    return ShownCarry(
        view,
        words[view.decided],
        shape(view.decided),
        words.get(view.state, ""),
        why,
        best(view.title),
        best(view.team_name) or view.team,
        best(view.settled_by),
    )
