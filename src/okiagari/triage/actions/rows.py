"""The rows of the grid: what a search rule found, frozen with its exclusions; later changes say why."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from okiagari.cases.models import Case
from okiagari.catalog import queries as catalog
from okiagari.catalog.models import Target
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock
from okiagari.problems import Kind, define, gettext_noop
from okiagari.triage.actions.common import NO_SUCH_TARGET, target_named, write
from okiagari.triage.actions.sheet import turning
from okiagari.triage.models import Row, Selection

NOTHING_FOUND = define(
    "triage.nothing_found",
    Kind.INVALID,
    gettext_noop("The rule finds no product."),
    gettext_noop("Widen it, or add the product to the catalogue first."),
)
NOT_FOUND_BY_RULE = define(
    "triage.not_found_by_rule",
    Kind.INVALID,
    gettext_noop("“%(target)s” is excluded, but the rule does not find it."),
    gettext_noop("Leave it out of the exclusions."),
)
WHY_EXCLUDED = define(
    "triage.exclusion_needs_reason",
    Kind.INVALID,
    gettext_noop("“%(target)s” is left out without a reason."),
    gettext_noop("Say why nobody needs to look at it."),
)
WHY_CHANGED = define(
    "triage.row_needs_reason",
    Kind.INVALID,
    gettext_noop("A row is added or removed without a reason."),
    gettext_noop("Say why: the frozen rule alone would say otherwise."),
)
ROW_THERE = define(
    "triage.row_there",
    Kind.CONFLICT,
    gettext_noop("“%(target)s” is already in the grid."),
    gettext_noop("Decide its cells there."),
)
ROW_NOT_THERE = define(
    "triage.row_not_there",
    Kind.NOT_FOUND,
    gettext_noop("“%(target)s” is not in the grid."),
    gettext_noop("Add the row first, with a reason."),
)


def freeze_rows(
    subject: Subject,
    case_id: str,
    *,
    rule: Mapping[str, object],
    excluded: Sequence[tuple[str, str]] = (),
    due_at: datetime | None = None,
    version: int | None = None,
) -> None:
    """Find targets by a rule and freeze rule, result and exclusions (target, reason) with the case.

    Rows that are there stay; a row removed before comes back only by `add_row`. Excluding is approved
    by the person who does this.
    """
    found = catalog.select_targets(subject, rule)
    out = dict(excluded)
    _check(frozenset(view.key for view in found), out)
    with turning(subject, "triage.rows", case_id, version=version) as (case, sheet):
        selection = Selection.objects.create(
            case=case,
            scope_id=case.scope_id,
            rule=dict(rule),
            found=[view.key for view in found],
            excluded=[
                {"target": key, "reason": reason.strip(), "approver": subject.key}
                for key, reason in out.items()
            ],
            frozen_at=clock.now(),
            by_id=subject.person_id,
        )
        added = _add(case, selection, [view.key for view in found if view.key not in out], due_at)
        facts = {
            "rule": dict(rule),
            "found": len(found),
            "excluded": len(out),
            "added": added,
            "count": len(added),
            "exclusions": selection.excluded,
            "grid": sheet.version,
        }
        write(subject, case, "triage.rows_frozen", facts)


def _check(found: frozenset[str], out: Mapping[str, str]) -> None:
    if not found:
        raise NOTHING_FOUND().at("rule")
    for key, reason in out.items():
        if key not in found:
            raise NOT_FOUND_BY_RULE(target=key).at("excluded")
        if not reason.strip():
            raise WHY_EXCLUDED(target=key).at("excluded")


def _add(case: Case, selection: Selection, keys: Sequence[str], due_at: datetime | None) -> list[str]:
    there = set(Row.objects.filter(case=case).values_list("target__key", flat=True))
    targets = dict(Target.objects.filter(key__in=keys).values_list("key", "pk"))
    new = [key for key in keys if key not in there]
    Row.objects.bulk_create(
        Row(
            case=case,
            scope_id=case.scope_id,
            target_id=targets[key],
            selection=selection,
            added_at=clock.now(),
            due_at=due_at,
        )
        for key in new
    )
    return new


def add_row(
    subject: Subject, case_id: str, *, target: str, reason: str, due_at: datetime | None = None
) -> None:
    """Ask about one more target, beside what the rule found."""
    _needs(reason)
    row = target_named(target)
    if row is None:
        raise NO_SUCH_TARGET(target=target).at("target")
    with turning(subject, "triage.rows", case_id) as (case, sheet):
        there = Row.objects.filter(case=case, target=row).first()
        if there is not None and there.removed_at is None:
            raise ROW_THERE(target=target).at("target")
        there = there or Row(case=case, scope_id=case.scope_id, target=row)
        there.added_at, there.added_reason, there.due_at = clock.now(), reason.strip(), due_at
        there.removed_at, there.removed_reason = None, ""
        there.save()
        facts = {"target": target, "reason": reason.strip(), "grid": sheet.version}
        write(subject, case, "triage.row_added", facts)


def remove_row(subject: Subject, case_id: str, *, target: str, reason: str) -> None:
    """Ask no longer about a target. Its decisions are kept with it."""
    _needs(reason)
    with turning(subject, "triage.rows", case_id) as (case, sheet):
        row = Row.objects.filter(case=case, target__key=target, removed_at__isnull=True).first()
        if row is None:
            raise ROW_NOT_THERE(target=target).at("target")
        row.removed_at, row.removed_reason = clock.now(), reason.strip()
        row.save()
        facts = {"target": target, "reason": reason.strip(), "grid": sheet.version}
        write(subject, case, "triage.row_removed", facts)


def _needs(reason: str) -> None:
    if not reason.strip():
        raise WHY_CHANGED().at("reason")
