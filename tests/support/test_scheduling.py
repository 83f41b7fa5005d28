"""Tests that share a served house are dealt to one process."""

from tests.support.scheduling import HouseByHouse


def test_files_stay_together_and_so_does_the_house() -> None:
    kept = HouseByHouse.__new__(HouseByHouse)
    assert kept._split_scope("tests/api/test_reach.py::test_a") == "tests/api/test_reach.py"
    scopes = {kept._split_scope(f"tests/browser/{name}.py::test_a") for name in ("test_one", "test_two")}
    assert len(scopes) == 1
