"""The API's document says of every door what it takes, and says it of the right one."""

from collections.abc import Iterator

from ninja import Schema

from okiagari.api.app import api


def _shapes(of: type[Schema] = Schema) -> Iterator[type[Schema]]:
    for each in of.__subclasses__():
        if each.__module__.startswith("okiagari.api."):
            yield each
        yield from _shapes(each)


def test_no_two_shapes_of_one_name_overwrite_one_another_in_the_document() -> None:
    api.get_openapi_schema()  # all rooms are loaded
    by_name: dict[str, set[str]] = {}
    for shape in _shapes():
        by_name.setdefault(shape.__name__, set()).add(shape.__module__)
    assert {name: rooms for name, rooms in by_name.items() if len(rooms) > 1} == {}
    assert len(by_name) > 60


def test_the_document_says_of_each_operation_the_fields_its_own_shape_has() -> None:
    document = api.get_openapi_schema()["components"]["schemas"]
    known = {shape.__name__: shape for shape in _shapes()}
    told = {name: set(each.get("properties", {})) for name, each in document.items() if name in known}
    assert told == {name: set(known[name].model_fields) for name in told}
    assert len(told) > 60
