"""Finding parts faster finds the same parts in the same order, and a faster schema refuses the same."""

import json
import sys
from typing import Any

import jsonpath
import pytest
from hypothesis import given
from hypothesis import strategies as st

from okiagari.standards.csaf import judge, library, swift
from tests.standards.test_csaf_check import MINIMAL

KEYS = st.sampled_from(["a", "b", "c_1", "product"])
VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.integers(0, 3) | st.sampled_from(["", "x"]),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3),
    max_leaves=12,
)
STEPS = st.one_of(KEYS.map(lambda key: f".{key}"), KEYS.map(lambda key: f"..{key}"), st.just("[*]"))
PATHS = st.lists(STEPS, min_size=1, max_size=4).map(lambda steps: "$" + "".join(steps))


def _never(path: str, document: Any) -> Any:
    raise AssertionError(path)


@given(PATHS, VALUES)
def test_the_same_parts_are_found_in_the_same_order(path: str, document: Any) -> None:
    found = [(str(each.path), each.value) for each in swift.find(path, document, _never)]
    assert found == [(each.path, each.value) for each in jsonpath.finditer(path, document)]


@pytest.mark.parametrize("path", ["$.a[0]", "$.a[?@.b]", "$['a']", "a", "$.a,b"])
def test_other_forms_are_left_to_the_library(path: str) -> None:
    assert swift.find(path, {}, lambda given, document: (given, document)) == (path, {})


@pytest.mark.parametrize(
    ("place", "value"),
    [("status", "finished"), ("current_release_date", "yesterday"), ("revision_history", []), ("id", "")],
)
def test_what_the_schema_refuses_is_told_in_the_words_of_the_library(place: str, value: Any) -> None:
    broken = json.loads(json.dumps(MINIMAL))
    broken["document"]["tracking"][place] = value
    findings = judge(broken).findings
    assert findings
    assert {(each.test, each.location.startswith("/document/tracking")) for each in findings} == {
        ("schema", True)
    }


@pytest.mark.parametrize("draft", ["", *library.DRAFTS])
def test_the_library_still_has_the_parts_that_are_replaced(draft: str) -> None:
    """They are private: an update that moves them would only be slower, and nobody would notice."""
    module = sys.modules[library.validator(draft).__module__]
    rules = f"{module.__name__.rpartition('.')[0]}.rules."
    loaded = {name.removeprefix(rules): each for name, each in sys.modules.items() if name.startswith(rules)}
    searching = {name for name, each in loaded.items() if hasattr(each, "_jpath_to_pointer")}
    assert searching == {"mandatory._document_meta", "mandatory._ids_and_tree"}
    for name in searching:
        finditer = loaded[name].jsonpath.finditer
        assert finditer.__module__ == loaded[name]._jpath_to_pointer.__module__ == swift.__name__
        found = next(iter(finditer("$.a", {"a": 1})))
        assert (found.value, loaded[name]._jpath_to_pointer(found.path)) == (1, "/a")
    assert any(isinstance(getattr(each, "_jsonschema", None), swift.Schemas) for each in loaded.values())
    # 2.0 asks its schema in Python, so it is asked in Rust before; the drafts ask in Rust themselves
    is_replaced = module._validate_schema.__module__ == swift.__name__
    assert (is_replaced, hasattr(module, "_rs_validator")) == (not draft, bool(draft))


def test_a_module_that_looks_otherwise_is_left_as_it_is() -> None:
    from types import ModuleType

    module = ModuleType("csaf.csaf.v99._validator")
    swift.hurry(module)
    assert set(vars(module)) == set(vars(ModuleType("csaf.csaf.v99._validator")))
