"""Templates to choose from and to edit, and a letter as it would be."""

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.flow.letters import actions, facts, rules, templates
from okiagari.flow.letters.rules import Fact, Filled
from okiagari.flow.letters.templates import Template


def letter_templates(subject: Subject, *, audience: str = "") -> tuple[Template, ...]:
    """Every template as it counts now."""
    permits.require(subject, "cases.inside")
    return tuple(each for each in templates.in_use().values() if audience in ("", each.audience))


def template_versions(subject: Subject, key: str) -> tuple[Template, ...]:
    """Every version of one, the newest first. Raises NO_SUCH_TEMPLATE."""
    permits.require(subject, "cases.inside")
    return templates.versions(key)


def drafted(
    subject: Subject, case_id: str, template: str, *, language: str, about: facts.About
) -> tuple[Template, Filled]:
    """A template filled in from a case. Raises NOTHING_HERE, NO_SUCH_TEMPLATE, NOT_IN_LANGUAGE."""
    permits.require(subject, "cases.inside")
    chosen = templates.named(template)
    return chosen, actions.draft(subject, case_id, chosen, language, about)


def placeholders(subject: Subject, language: str) -> tuple[Fact, ...]:
    """What a template may name."""
    permits.require(subject, "cases.inside")
    return tuple(facts.known(language).values())


def example(subject: Subject, subject_line: str, text: str, language: str) -> Filled:
    """A template as it looks with every fact missing: for the preview of whoever edits it."""
    permits.require(subject, "cases.inside")
    return rules.fill(subject_line, text, facts.known(language))
