"""The search rule as a form: blocks, of which one must hold; within a block everything must.

In: the fields of the form, or a rule. Out: a rule, or blocks of fields. A rule nested deeper than the
form can say (made by a program) is shown as one block that keeps it whole.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from okiagari.web.triage.cellpage import rule_names

CHOICES = ("family", "category", "brand", "component", "line", "kind", "team")
DATES = ("sold_since", "supported_until")
MOST_BLOCKS = 8


@dataclass(frozen=True)
class Field:
    """One part of a block: name in the form, label, what was chosen, what there is to choose."""

    name: str
    label: str
    value: str
    values: tuple[str, ...] = ()
    is_date: bool = False


@dataclass(frozen=True)
class Block:
    number: int
    fields: tuple[Field, ...]
    models: str
    whole: str = ""


def read(form: QueryDict) -> dict[str, object]:
    """The rule the form says: one block alone, or any of several."""
    count = min(int(form.get("blocks", "1")), MOST_BLOCKS) if form.get("blocks", "").isdecimal() else 1
    blocks = [block for number in range(count) if (block := _block(form, number))]
    if len(blocks) <= 1:
        return blocks[0] if blocks else {}
    return {"any": blocks}


def _block(form: Mapping[str, Any], number: int) -> dict[str, object]:
    if form.get(f"{number}.whole"):
        return _whole(str(form[f"{number}.whole"]))
    models = [line.strip() for line in str(form.get(f"{number}.models", "")).replace(",", "\n").splitlines()]
    block: dict[str, object] = {"models": [model for model in models if model]}
    for name in (*CHOICES, *DATES):
        values = [each.strip() for each in str(form.get(f"{number}.{name}", "")).split(",") if each.strip()]
        block[name] = values if len(values) > 1 else "".join(values)
    return {name: value for name, value in block.items() if value}


def _whole(text: str) -> dict[str, object]:
    try:
        found = json.loads(text)
    except ValueError:
        return {}
    return found if isinstance(found, dict) else {}


def blocks(
    rule: Mapping[str, object], facets: Mapping[str, tuple[str, ...]], *, more: bool = False
) -> tuple[Block, ...]:
    """The rule as blocks; `more`: one empty block beside them."""
    parts = rule.get("any")
    inner = [part for part in parts if isinstance(part, Mapping)] if isinstance(parts, list) else []
    several = bool(inner) and set(rule) == {"any"}
    found: list[Mapping[str, object]] = list(inner) if several else [rule]
    if more:
        found.append({})
    return tuple(_shown(number, part, facets) for number, part in enumerate(found[:MOST_BLOCKS]))


def _shown(number: int, part: Mapping[str, object], facets: Mapping[str, tuple[str, ...]]) -> Block:
    names = rule_names()
    whole = json.dumps(part, ensure_ascii=False) if {"any", "all"} & set(part) else ""
    fields = tuple(
        Field(
            f"{number}.{name}", names[name], _text(part.get(name)), tuple(facets.get(name, ())), name in DATES
        )
        for name in (*CHOICES, *DATES)
    )
    return Block(number, fields, _text(part.get("models"), "\n"), whole)


def _text(value: object, between: str = ", ") -> str:
    if isinstance(value, list | tuple):
        return between.join(str(each) for each in value)
    return str(value or "")
