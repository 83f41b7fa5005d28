"""One product at a time: whole, a date, a count, a target, in and out of the lists."""

from typing import Any

import pytest

from okiagari.catalog import actions, queries
from okiagari.desk.aggregates import STALE
from okiagari.desk.permits import NOT_YOURS
from okiagari.plumbing import ledger
from okiagari.problems import Problem
from tests.factories import House


def product(house: House, model: str = "HDL-TC1") -> queries.ProductView:
    return queries.product(house.member, model)


def last(house: House) -> Any:
    return ledger.entries([actions.STREAM])[0]


def test_a_product_is_changed_whole_and_keeps_its_dates_counts_and_targets(catalogue: House) -> None:
    before = product(catalogue)
    entry = {"model": "HDL-TC1", "names": {"ja": "新しい名前"}, "team": "router-dev"}
    actions.put_product(catalogue.developer, entry, version=before.version)
    after = product(catalogue)
    assert (after.version, after.team, after.category, after.successor) == (2, "router-dev", "", "")
    assert (after.support, after.shipped, after.targets[0].key) == (before.support, before.shipped, "HDL-TC1")
    facts = last(catalogue).facts
    assert last(catalogue).verb == "catalog.product"
    assert facts["old"]["successor"] == "HDL-T2WH"
    assert set(facts["fields"]) >= {"names", "team", "successor"}


def test_a_product_is_added_once(catalogue: House) -> None:
    actions.put_product(catalogue.member, {"model": "WN-G54/R2", "line": "hdl-t"}, is_new=True)
    view = product(catalogue, "WN-G54/R2")
    assert (view.slug, view.targets[0].line, view.version) == ("wn-g54-r2", "hdl-t", 1)
    with pytest.raises(Problem) as raised:
        actions.put_product(catalogue.member, {"model": "WN-G54/R2"}, is_new=True)
    assert (raised.value.code, raised.value.field) == ("catalog.there_already", "model")


def test_no_product_takes_the_address_of_a_page(catalogue: House) -> None:
    for model in ("new", "Import", "ルータ"):
        actions.put_product(catalogue.member, {"model": model})
    assert [product(catalogue, model).slug for model in ("new", "Import", "ルータ")] == [
        "new-2",
        "import-2",
        "product",
    ]


def test_a_product_does_not_follow_itself(catalogue: House) -> None:
    for successor in ("HDL-TC1", "nothing"):
        with pytest.raises(Problem) as raised:
            actions.put_product(catalogue.member, {"model": "HDL-TC1", "successor": successor})
        assert raised.value.code == "catalog.unknown_reference"
    assert product(catalogue).successor == "HDL-T2WH"


def test_every_deed_counts_as_a_version_and_refuses_an_older_one(catalogue: House) -> None:
    subject, model = catalogue.member, "HDL-TC1"
    deeds = [
        lambda version: actions.put_support_date(
            subject, model, kind="end_of_life", date="late 2031-03", assumed=True, version=version
        ),
        lambda version: actions.put_shipped(subject, model, date="2026", units=3000, version=version),
        lambda version: actions.put_target(subject, model, revision="C1", line="hdl-t", version=version),
        lambda version: actions.retire_product(subject, model, reason="Sold out.", version=version),
        lambda version: actions.restore_product(subject, model, reason="It was not.", version=version),
    ]
    for number, deed in enumerate(deeds, start=1):
        deed(number)
        assert product(catalogue).version == number + 1
        with pytest.raises(Problem) as raised:
            deed(number)
        assert raised.value.definition is STALE
    view = product(catalogue)
    assert str(view.support["end_of_life"]) == "late 2031-03"
    assert "end_of_life" in view.assumed_support
    assert [(str(each.date), each.units) for each in view.shipped][-1] == ("2026", 3000)
    assert [target.key for target in view.targets] == ["HDL-TC1", "HDL-TC1 C1"]
    assert not view.is_retired


def test_a_retired_product_leaves_the_lists_and_keeps_its_page(catalogue: House) -> None:
    with pytest.raises(Problem) as raised:
        actions.retire_product(catalogue.member, "HDL-TC1", reason=" ")
    assert raised.value.field == "reason"
    actions.retire_product(catalogue.member, "HDL-TC1", reason="Sold out.")
    assert "HDL-TC1" not in queries.models(catalogue.member)
    assert "HDL-TC1" not in {target.model for target in queries.targets(catalogue.member)}
    assert queries.products(catalogue.member, include_retired=True).total == 3
    assert product(catalogue).is_retired
    assert queries.targets(catalogue.member, ["HDL-TC1"])[0].model == "HDL-TC1"


def test_wrong_words_are_told_at_the_field_of_the_form(catalogue: House) -> None:
    subject, model = catalogue.member, "HDL-TC1"
    wrong = [
        (lambda: actions.put_support_date(subject, model, kind="eos", date="2010"), "kind"),
        (lambda: actions.put_support_date(subject, model, kind="end_of_life", date="soon"), "date"),
        (lambda: actions.put_shipped(subject, model, date="2010", units=-1), "units"),
        (lambda: actions.put_shipped(subject, model, date="2010", units=2**31), "units"),
        (lambda: actions.put_target(subject, model, line="nothing"), "line"),
        (lambda: actions.put_product(subject, {"model": model, "page": "javascript:x"}), "page"),
    ]
    for deed, field in wrong:
        with pytest.raises(Problem) as raised:
            deed()
        assert (raised.value.field or "").rpartition(".")[2] == field
    assert product(catalogue).version == 1


def test_support_reads_the_catalogue_and_changes_nothing_in_it(catalogue: House) -> None:
    assert queries.product(catalogue.support, "HDL-TC1").model == "HDL-TC1"
    for deed in (
        lambda: actions.put_product(catalogue.support, {"model": "X"}),
        lambda: actions.put_shipped(catalogue.support, "HDL-TC1", date="2010", units=1),
        lambda: actions.put_line(catalogue.support, {"key": "x"}),
        lambda: actions.put_alias(catalogue.support, "hdl-t", "1.21", alias="x"),
    ):
        with pytest.raises(Problem) as raised:
            deed()
        assert raised.value.definition is NOT_YOURS
    with pytest.raises(Problem) as raised:
        queries.products(catalogue.partner)
    assert raised.value.definition is NOT_YOURS
