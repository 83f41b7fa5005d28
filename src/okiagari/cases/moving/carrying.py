"""The words and the two hands of moving: what was chosen, what went, give rows to another case."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import timedelta
from typing import Any

from django.db import models

from okiagari.cases import rules
from okiagari.cases.actions.frame import in_every_language
from okiagari.cases.actions.parts import divide
from okiagari.cases.models import Case, Part, Task
from okiagari.desk.models import Person
from okiagari.plumbing import clock, ids

BATCH = 500
WITHIN = timedelta(hours=24)
Record = dict[str, Any]
"""What went, by name: lists of primary keys and what is needed to bring it back. Kept as JSON."""
Pairs = Mapping[int, int]
"""Vulnerabilities of the one case that are the same flaw as one of the other."""


@dataclass(frozen=True)
class Chosen:
    """What is to go into a case of its own, by public ids. `shared_reports` lead to both afterwards."""

    vulnerabilities: tuple[str, ...] = ()
    reports: tuple[str, ...] = ()
    shared_reports: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    measures: tuple[str, ...] = ()
    tasks: tuple[str, ...] = ()
    parties: tuple[str, ...] = ()
    messages: tuple[str, ...] = ()
    evidence: tuple[str, ...] = ()
    clocks: tuple[str, ...] = ()

    @property
    def is_empty(self) -> bool:
        """A further row alone is nothing to open a case for."""
        return not any(getattr(self, each.name) for each in fields(self) if each.name != "targets")


def folded(public_ids: tuple[str, ...]) -> set[str]:
    return {ids.folded(each) for each in public_ids}


def carry(rows: "models.QuerySet[Any]", target: Case) -> list[int]:
    """Give rows that hang on a case to another one, with its scope; what lies in a part goes to the part of
    the same team. Returns their keys."""
    found = dict(rows.order_by("pk").values_list("pk", "scope_id"))
    keys, apart = list(found), _parts_for(target, set(found.values()))
    for start in range(0, len(keys), BATCH):
        some = rows.model._default_manager.filter(pk__in=keys[start : start + BATCH])
        for scope_id, other in apart.items():
            some.filter(scope_id=scope_id).update(case=target, scope_id=other)
        some.exclude(scope_id__in=apart.values()).update(case=target, scope_id=target.scope_id)
    return keys


def _parts_for(target: Case, scopes: set[int]) -> dict[int, int]:
    """Where rows of parts go: to the part of the same team, made where there is none."""
    parts = Part.objects.filter(scope_id__in=scopes).exclude(case=target)
    found = {}
    for part in parts:
        divide(target, [part.key])
        found[part.scope_id] = target.parts.get(key=part.key).scope_id
    return found


def rescope(rows: "models.QuerySet[Any]", target: Case) -> None:
    """Rows that hang on what was carried: they keep the scope of their case."""
    rows.exclude(scope_id=target.scope_id).update(scope_id=target.scope_id)


def ask(case: Case, key: str, text: str, decider: int | None) -> None:
    """A decision that somebody has to take, by name: one open one of each key."""
    named = rules.decision_key(key)
    if case.tasks.filter(key=named, done_at=None, dropped_at=None).exists():
        return
    now = clock.now()
    Task.objects.create(
        case=case,
        scope_id=case.scope_id,
        key=named,
        title=in_every_language(text),
        person=Person.objects.filter(pk=decider).first() if decider else None,
        due_at=now + WITHIN,
        made_at=now,
    )
