"""The templates: files beside this module, and the maker's own versions of them as rows.

The newest version of the maker's own counts; without one the file does. Each has a name that is kept with
every letter it became: ``jpcert-first@1`` of the file, ``jpcert-first@own-3`` of the maker.
"""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path

from okiagari.flow.letters import rules
from okiagari.flow.models import LetterTemplate
from okiagari.standards.localtext import LocalText

FOLDER = Path(__file__).parent / "templates"


@dataclass(frozen=True)
class Template:
    """One template. `version` names it; `changed_at`, `changed_by`, `reason` only of the maker's own."""

    key: str
    audience: str
    name: LocalText
    when: LocalText
    subject_line: LocalText
    text: LocalText
    version: str
    changed_at: datetime | None = None
    changed_by: str = ""
    reason: str = ""

    @property
    def is_own(self) -> bool:
        return self.changed_at is not None


@cache
def shipped() -> Mapping[str, Template]:
    """The files, in the order in which a case needs them."""
    found: dict[str, Template] = {}
    for file in ("reporter", "jpcert", "supplier", "inside", "outside"):
        data = tomllib.loads((FOLDER / f"{file}.toml").read_text())
        for each in data["templates"]:
            found[each["key"]] = Template(
                key=each["key"],
                audience=each.get("audience") or data["audience"],
                name=LocalText.from_json(each["name"]),
                when=LocalText.from_json(each["when"]),
                subject_line=LocalText.from_json(each["subject"]),
                text=_stripped(each["text"]),
                version=f"{each['key']}@{each['version']}",
            )
    return found


def _stripped(texts: Mapping[str, str]) -> LocalText:
    return LocalText.from_json({language: text.strip() for language, text in texts.items()})


def in_use() -> Mapping[str, Template]:
    """Every template as it counts now: the maker's own versions over the files. One query."""
    found = dict(shipped())
    for row in LetterTemplate.objects.select_related("by").order_by("number"):
        if row.key in found:
            found[row.key] = _own(found[row.key], row)
    return found


def versions(key: str) -> tuple[Template, ...]:
    """Every version of one template, the newest first. Raises NO_SUCH_TEMPLATE."""
    file = named(key, shipped())
    rows = LetterTemplate.objects.filter(key=key).select_related("by").order_by("-number")
    return (*(_own(file, row) for row in rows), file)


def named(key: str, known: Mapping[str, Template] | None = None) -> Template:
    """Raises NO_SUCH_TEMPLATE."""
    found = known if known is not None else in_use()
    if key not in found:
        raise rules.NO_SUCH_TEMPLATE(template=key, known=", ".join(found)).at("template")
    return found[key]


def _own(file: Template, row: LetterTemplate) -> Template:
    return Template(
        key=file.key,
        audience=file.audience,
        name=file.name,
        when=file.when,
        subject_line=row.subject_line,
        text=row.text,
        version=f"{row.key}@own-{row.number}",
        changed_at=row.at,
        changed_by=row.by.username if row.by else "",
        reason=row.reason,
    )
