"""The rows of the grid: what a search rule found, frozen with its exclusions; later changes say why."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from okiagari.catalog import queries as catalog
from okiagari.catalog.models import Target
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock
from okiagari.problems import Kind, define, gettext_noop
from okiagari.triage.actions.common import (
    NO_SUCH_TARGET,
    ROW_NOT_THERE,
    target_named,
    targets_named,
    write,
)
from okiagari.triage.actions.groups import take_over
from okiagari.triage.actions.newcomers import bring
from okiagari.triage.actions.sheet import turning
from okiagari.triage.actions.templates import template_named
from okiagari.triage.actions.writing import Deed
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
NO_RULE = define(
    "triage.no_rule",
    Kind.INVALID,
    gettext_noop("It is not said which products to look for."),
    gettext_noop("Give a search rule, or name a saved one."),
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


def freeze_rows(
    subject: Subject,
    case_id: str,
    *,
    rule: Mapping[str, object] | None = None,
    template: str = "",
    excluded: Sequence[tuple[str, str]] = (),
    due_at: datetime | None = None,
    version: int | None = None,
) -> None:
    """Find targets by a rule and freeze rule, result and exclusions (target, reason) with the case.

    The rule is given, or that of a saved `template`. Rows that are there stay; a row removed before comes
    back only by `add_row`. Excluding is approved by the person who does this.
    """
    rule, named = _rule(rule, template)
    found = catalog.select_targets(subject, rule)
    out = dict(excluded)
    _check(frozenset(view.key for view in found), out)
    with turning(subject, "triage.rows", case_id, version=version) as (case, sheet):
        selection = Selection.objects.create(
            case=case,
            scope_id=case.scope_id,
            rule=dict(rule),
            template=named,
            found=[view.key for view in found],
            excluded=[
                {"target": key, "reason": reason.strip(), "approver": subject.key}
                for key, reason in out.items()
            ],
            frozen_at=clock.now(),
            by_id=subject.person_id,
        )
        deed = Deed(subject, case, sheet)
        keys = [view.key for view in found if view.key not in out]
        added = _add(deed, keys, selection=selection, due_at=due_at)
        facts = {
            "rule": dict(rule),
            "template": named,
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


def _rule(rule: Mapping[str, object] | None, template: str) -> tuple[Mapping[str, object], str]:
    """The rule, and the template with its version. Raises NO_RULE, NO_SUCH_TEMPLATE."""
    if rule is not None:
        return rule, ""
    if not template:
        raise NO_RULE().at("rule")
    row = template_named(template)
    return dict(row.rule), f"{row.key} {row.version}"


def _add(
    deed: Deed,
    keys: Sequence[str],
    *,
    selection: Selection | None = None,
    reason: str = "",
    due_at: datetime | None = None,
) -> list[str]:
    """New rows; they follow the groups they belong to, and what carried over to them stands in them."""
    there = set(Row.objects.filter(case=deed.case).values_list("target__key", flat=True))
    new = [key for key in keys if key not in there]
    targets = Target.objects.filter(key__in=new).select_related("line", "product__team")
    by_key = {target.key: target for target in targets}
    rows = [
        Row(
            case=deed.case,
            scope_id=deed.case.scope_id,
            target=by_key[key],
            selection=selection,
            added_at=clock.now(),
            added_reason=reason,
            due_at=due_at,
        )
        for key in new
    ]
    Row.objects.bulk_create(rows)
    take_over(deed, rows)
    bring(deed, rows)
    return new


def add_rows(
    subject: Subject,
    case_id: str,
    *,
    targets: Sequence[str],
    reason: str,
    due_at: datetime | None = None,
    version: int | None = None,
) -> list[str]:
    """Ask about more targets: what the frozen rule finds now and did not then. Returns the new ones."""
    _needs(reason)
    wanted = [target.key for target in targets_named(targets)]
    with turning(subject, "triage.rows", case_id, version=version) as (case, sheet):
        gone = Row.objects.filter(case=case, target__key__in=wanted, removed_at__isnull=False)
        back = sorted(gone.values_list("target__key", flat=True))
        gone.update(
            removed_at=None,
            removed_reason="",
            added_at=clock.now(),
            added_reason=reason.strip(),
            due_at=due_at,
        )
        added = _add(Deed(subject, case, sheet), wanted, reason=reason.strip(), due_at=due_at) + back
        if not added:
            raise ROW_THERE(target=", ".join(wanted[:5])).at("targets")
        facts = {"target": added[:8], "count": len(added), "added": added, "reason": reason.strip()}
        write(subject, case, "triage.row_added", {**facts, "grid": sheet.version})
    return added


def add_row(
    subject: Subject, case_id: str, *, target: str, reason: str, due_at: datetime | None = None
) -> None:
    """Ask about one more target, beside what the rule found."""
    _needs(reason)
    if target_named(target) is None:
        raise NO_SUCH_TARGET(target=target).at("target")
    add_rows(subject, case_id, targets=[target], reason=reason, due_at=due_at)


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
