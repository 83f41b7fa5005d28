"""What programs send to triage, and how its values are written for them."""

from collections.abc import Mapping
from typing import Any

from ninja import Schema
from pydantic import AwareDatetime

from okiagari.plumbing.plain import plain
from okiagari.standards.firmware_order import Range
from okiagari.standards.localtext import LocalText
from okiagari.standards.partialdate import PartialDate
from okiagari.triage.queries import CellView, CriteriaView, Grid, GridRow, JudgementView
from okiagari.triage.rules.cells import CellChange
from okiagari.triage.rules.criteria import to_json

Texts = dict[str, str]


class AdoptIn(Schema):
    """`content` in the form in which the criteria are handed out."""

    content: dict[str, Any]
    next_review: str = ""


class CriteriaReviewIn(Schema):
    """Without `next_review` the next one comes after the usual time."""

    reason: str
    next_review: str = ""


class AskIn(Schema):
    teams: list[str]
    due_at: AwareDatetime


class JudgeIn(Schema):
    """`stage`: first, final, executive. No `level` means as proposed; another one needs a reason.

    `targets`: the products it is about, where the severity differs.
    """

    stage: str
    answers: dict[str, str]
    level: str = ""
    reason: str = ""
    assumed_use: Texts = {}
    team: str | None = None
    vulnerability: str | None = None
    target: str | None = None
    targets: list[str] = []


class ScoreIn(Schema):
    """`source`: own, jvn, nvd, supplier, finder. `version` only where the vector does not say it."""

    vector: str
    source: str
    version: str | None = None
    targets: list[str] = []


class SsvcIn(Schema):
    """`points`: E, U, TI and PSI with the letter of each value."""

    points: dict[str, str]
    source: str = "own"


class ExclusionIn(Schema):
    target: str
    reason: str


class RowsIn(Schema):
    """`rule`: models, family, category, brand, component, line, kind, team, sold_since, supported_until;
    `any` and `all` hold a list of rules. Or the key of a saved rule as `template`.
    """

    rule: dict[str, Any] | None = None
    template: str = ""
    excluded: list[ExclusionIn] = []
    due_at: AwareDatetime | None = None


class RowIn(Schema):
    target: str
    reason: str
    due_at: AwareDatetime | None = None


class CellIn(Schema):
    target: str
    vulnerability: str


class RangeIn(Schema):
    """`form`: all, up_to, before, from, between, exactly, unknown."""

    form: str
    low: str = ""
    high: str = ""


class FixedReleaseIn(Schema):
    line: str
    release: str


class VerificationIn(Schema):
    who: str = ""
    on: str = ""
    how: str = ""


class ChangeIn(Schema):
    """`state`: investigating, affected, not_affected, fixed; undecided takes a decision back."""

    state: str
    range: RangeIn | None = None
    condition: Texts = {}
    justification: str = ""
    note: Texts = {}
    fixed_in: FixedReleaseIn | None = None
    verification: VerificationIn | None = None
    planned: str = ""
    planned_confidence: str = ""
    planned_wording: Texts = {}
    cannot_fix: Texts = {}

    def change(self) -> CellChange:
        return CellChange(
            self.state,
            range=Range.from_json(self.range.dict()) if self.range else None,
            condition=LocalText(self.condition),
            justification=self.justification,
            note=LocalText(self.note),
            fixed_in=(self.fixed_in.line, self.fixed_in.release) if self.fixed_in else None,
            verification=self.verification.dict() if self.verification else {},
            planned=PartialDate.parse(self.planned),
            planned_confidence=self.planned_confidence,
            planned_wording=LocalText(self.planned_wording),
            cannot_fix=LocalText(self.cannot_fix),
        )


class CellsDecisionIn(Schema):
    cells: list[CellIn]
    change: ChangeIn
    reason: str = ""


def criteria(view: CriteriaView) -> dict[str, Any]:
    """Version 0 is the shipped starting point."""
    return {
        "key": view.key,
        "version": view.version,
        "valid_from": plain(view.valid_from),
        "next_review": plain(view.next_review),
        "content": to_json(view.rules),
    }


def judgement(view: JudgementView) -> dict[str, Any]:
    """Without the questions in words; the criteria of its version hold them."""
    written: dict[str, Any] = plain(view)
    del written["parts"]
    return written | {"state": view.state, "deviates": view.deviates}


def cell(view: CellView) -> dict[str, Any]:
    written: dict[str, Any] = plain(view)
    del written["sheet"]
    written["fixed_in"] = (
        dict(zip(("line", "release"), view.fixed_in, strict=True)) if view.fixed_in else None
    )
    return written


def row(view: GridRow) -> dict[str, Any]:
    target = view.target
    return {
        "target": target.key,
        "kind": target.kind,
        "model": target.model,
        "names": plain(target.names),
        "line": target.line,
        "team": view.team,
        "is_handed_over": view.is_handed_over,
        "group": view.group,
        "due_at": plain(view.due_at),
        "added_at": plain(view.added_at),
        "added_reason": view.added_reason,
        "removed_at": plain(view.removed_at),
        "removed_reason": view.removed_reason,
    }


def grid(view: Grid) -> dict[str, Any]:
    """Undecided cells are left out; each decided one is named by target and vulnerability."""
    shared: dict[int, Mapping[str, Any]] = {}
    return {
        "case": view.case_id,
        "version": view.version,
        "rows": [row(each) for each in view.rows],
        "columns": [plain(column) for column in view.columns],
        "groups": [plain(group) for group in view.groups.values()],
        "cells": [
            {"target": target, "vulnerability": flaw, **shared.setdefault(id(each), cell(each))}
            for (target, flaw), each in view.cells.items()
            if each.state != "undecided"
        ],
    }
