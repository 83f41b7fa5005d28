"""Filling a template. In: text with {placeholders}, and facts. Out: text, and what each placeholder became.

A fact that is not there becomes ⟦its name⟧: somebody fills it in or takes the sentence out.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from okiagari.problems import Kind, define, gettext_noop

UNKNOWN_PLACEHOLDERS = define(
    "letters.unknown_placeholders",
    Kind.INVALID,
    gettext_noop("Nobody knows the placeholders %(unknown)s."),
    gettext_noop("The placeholders are: %(known)s."),
)
NO_SUCH_TEMPLATE = define(
    "letters.no_such_template",
    Kind.NOT_FOUND,
    gettext_noop("There is no template “%(template)s”."),
    gettext_noop("The templates are: %(known)s."),
)
NOT_IN_LANGUAGE = define(
    "letters.not_in_language",
    Kind.INVALID,
    gettext_noop("The template “%(template)s” is not written in this language."),
    gettext_noop("Choose another language, or write the template in it first."),
)
TEXT_NEEDED = define(
    "letters.template_text_needed",
    Kind.INVALID,
    gettext_noop("A template needs its text, and a reason for the new version."),
    gettext_noop("Write the text in Japanese, in English, or in both, and one sentence on why."),
)
NO_FILES = define(
    "letters.no_files_to_reporter",
    Kind.INVALID,
    gettext_noop("An answer to a reporter takes no files along."),
    gettext_noop("Leave them out; what the reporter needs to know stands in the text."),
)
PLACEHOLDER = re.compile(r"\{([a-z_]+)\}")
_GAP = re.compile(r"⟦([^⟦⟧]*)⟧")


@dataclass(frozen=True)
class Fact:
    """A value in one language with its name and the tab of the case it comes from; "" is a missing one."""

    key: str
    label: str
    value: str
    tab: str = ""

    @property
    def is_missing(self) -> bool:
        return not self.value.strip()


@dataclass(frozen=True)
class Filled:
    """A text and the facts that stand in it, in their order."""

    subject_line: str
    text: str
    facts: tuple[Fact, ...]


def placeholders(text: str) -> tuple[str, ...]:
    """The names in a text, each once."""
    return tuple(dict.fromkeys(PLACEHOLDER.findall(text)))


def check(text: str, known: Mapping[str, object]) -> None:
    """Raises UNKNOWN_PLACEHOLDERS."""
    unknown = [name for name in placeholders(text) if name not in known]
    if unknown:
        raise UNKNOWN_PLACEHOLDERS(unknown=", ".join(unknown), known=", ".join(known)).at("text")


def fill(subject_line: str, text: str, facts: Mapping[str, Fact]) -> Filled:
    """Put facts in; what is missing, or unknown, stays a gap."""

    def value(match: "re.Match[str]") -> str:
        fact = facts.get(match.group(1))
        if fact is None:
            return f"⟦{match.group(1)}⟧"
        return f"⟦{fact.label}⟧" if fact.is_missing else fact.value

    used = placeholders(f"{subject_line}\n{text}")
    head = " ".join(PLACEHOLDER.sub(lambda match: _known(match, facts), subject_line).split())
    return Filled(
        subject_line=head,
        text=PLACEHOLDER.sub(value, text).strip(),
        facts=tuple(facts[name] for name in used if name in facts),
    )


def _known(match: "re.Match[str]", facts: Mapping[str, Fact]) -> str:
    """A subject line has no gaps: without the fact it is shorter."""
    fact = facts.get(match.group(1))
    return fact.value if fact else ""


def given(text: str, fill_in: Mapping[str, str]) -> str:
    """Close gaps with what a person gave, by their words."""
    return _GAP.sub(lambda match: fill_in.get(match.group(1), match.group(0)), text)
