"""A table that hangs on a case says what becomes of it when cases are joined: none is forgotten."""

import pytest
from django.apps import apps
from django.db import models

from okiagari.cases.models import Case
from okiagari.flow.actions import merge
from tests.factories import House
from tests.flow.merging.making import matter, told

STAY = {
    "cases.Case": "the merged case itself, which leads on",
    "cases.Embargo": "what was said of it stays; what binds is said anew of the joined case",
    "cases.Party": "one that the joined case has already is not named twice",
    "cases.Part": "its stream is read on with the merged case; its rows went to the part of the same team",
    "cases.Incident": "one for each case: the joined one's stands, with what it lacked",
    "triage.Sheet": "the version of a grid that has no cells any more",
    "triage.Row": "a row that the joined case has already; its decisions are there",
    "triage.Judgement": "the copy of one that the joined case has already",
    "disclose.QuietEnd": "the choice to end without a word was made of its own facts",
    "disclose.VendorStatement": "the joined case has one of its own, which stands",
    "disclose.Outstanding": "a projection",
    "reach.Settlement": "the end of a watch over its own products",
    "flow.Position": "a projection of the closed case",
    "flow.CaseTrait": "a projection",
    "flow.Escalation": "what was told of the merged case, once",
    "flow.Transfer": "what was moved, from where and to where",
}
"""Tables of which rows may go on naming a merged case, and why."""


def hanging() -> list[type[models.Model]]:
    """Every table of the house with a key to a case."""
    return [
        model
        for model in apps.get_models()
        if model.__module__.startswith("okiagari.")
        and any(field.related_model is Case for field in model._meta.get_fields() if field.concrete)
    ]


@pytest.mark.django_db
def test_after_a_merge_only_tables_with_a_reason_still_name_the_merged_case(house: House) -> None:
    """A new table fails here until its room moves it (`<room>/moving`) or its reason to stay stands above."""
    one, other = matter(house, "一つ目"), matter(house, "二つ目")
    for each in (one, other):
        told(house, each)
    merge(house.member, one.case, into=other.case, reason="同じです。")
    row = Case.objects.get(public_id=one.case)
    left = {
        model._meta.label
        for model in hanging()
        for field in model._meta.get_fields()
        if field.concrete and field.related_model is Case
        if model._default_manager.filter(**{field.name: row}).exists()
    }
    assert left <= set(STAY), f"{left - set(STAY)} stayed behind"
    seen = {
        model._meta.label
        for model in apps.get_models()
        if model.__module__.startswith("okiagari.") and "scope" in {each.name for each in model._meta.fields}
        if model._default_manager.filter(scope_id=row.scope_id).exists()
    }
    assert seen <= {*STAY, "desk.Grant"}, f"{seen - set(STAY)} can be read by who saw the merged case"


@pytest.mark.django_db
def test_every_table_that_hangs_on_a_case_is_filled_by_the_sample_or_has_a_reason(house: House) -> None:
    """Otherwise the test above would find nothing to complain of."""
    told(house, matter(house, "見本"))
    empty = {
        model._meta.label
        for model in hanging()
        if model._meta.label not in STAY and not model._default_manager.exists()
    }
    assert empty <= {"triage.Selection", "disclose.AdvisoryCase", "cases.Answer"}, (
        f"the sample has no {empty}"
    )
