"""Public queries ask for the subject first and hand out values: no model, no QuerySet leaves a room."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.source import Module, modules

LAZY = frozenset({"QuerySet", "Manager", "BaseManager", "RawQuerySet"})


def is_models(name: str) -> bool:
    return "models" in name.split(".")[2:3]


def model_classes(house: list[Module]) -> set[str]:
    """The names of all classes that modules of models define."""
    return {
        node.name
        for module in house
        if is_models(module.name)
        for node in module.tree.body
        if isinstance(node, ast.ClassDef)
    }


def faults(module: Module, models: set[str]) -> Iterator[str]:
    own = {node.name for node in module.tree.body if isinstance(node, ast.ClassDef)}
    for node in module.tree.body:
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) or node.name.startswith("_"):
            continue
        arguments = [*node.args.posonlyargs, *node.args.args]
        if not arguments or arguments[0].arg != "subject":
            yield f"{module.where(node)} {node.name}: the first argument is `subject`"
        if node.returns is None:
            yield f"{module.where(node)} {node.name}: says nothing of what it returns"
            continue
        for said in names(node.returns):
            full = module.meaning(said)
            last = full.rpartition(".")[2]
            leaks = last in LAZY or is_models(full) or (last in models and full == last and last not in own)
            if leaks:
                yield f"{module.where(node)} {node.name}: hands out {full}"


def names(annotation: ast.expr) -> Iterator[ast.expr]:
    """Each name in an annotation, also in one written as a text."""
    if isinstance(annotation, ast.Name | ast.Attribute):
        yield annotation
    elif isinstance(annotation, ast.Constant) and isinstance(annotation.value, str):
        yield from names(ast.parse(annotation.value, mode="eval").body)
    else:
        for child in ast.iter_child_nodes(annotation):
            if isinstance(child, ast.expr):
                yield from names(child)


def test_queries_ask_for_the_subject_and_hand_out_values() -> None:
    house = modules()
    models = model_classes(house)
    found = [fault for module in house if "queries" in module.parts for fault in faults(module, models)]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(
    ("line", "word"),
    [
        ("def rows(subject: int) -> list[Case]: ...", "hands out okiagari.cases.models.Case"),
        (
            "def rows(subject: int) -> 'dict[str, models.Case | None]': ...",
            "hands out okiagari.cases.models.Case",
        ),
        ("def rows(subject: int) -> QuerySet[int]: ...", "hands out django.db.models.QuerySet"),
        ("def rows(case: int) -> list[int]: ...", "the first argument"),
        ("def rows() -> int: ...", "the first argument"),
        ("def rows(*, subject: int) -> int: ...", "the first argument"),
        ("def rows(subject: int): ...", "says nothing"),
    ],
)
def test_a_leak_is_noticed(line: str, word: str) -> None:
    head = (
        "from django.db.models import QuerySet\nfrom okiagari.cases import models\nfrom .models import Case\n"
    )
    module = Module("okiagari.cases.queries", Path("queries.py"), head + line)
    assert any(word in fault for fault in faults(module, {"Case"}))


def test_values_of_the_same_name_may_leave() -> None:
    text = "class Case: ...\ndef cases(subject: int) -> tuple[Case, ...]: ...\ndef _rows(): ...\n"
    module = Module("okiagari.cases.queries", Path("queries.py"), text)
    assert not list(faults(module, {"Case"}))
