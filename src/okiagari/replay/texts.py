"""Finds texts of a replay that speak a language nobody knows: a comma without quotation marks makes them.

In: the data of a replay. Out: where in it. `{en: Stock of shops, warehouses}` is YAML for two languages, one
of them called "warehouses".
"""

from collections.abc import Hashable, Iterator

from okiagari.standards.localtext import LANGUAGES


def strange(value: object, path: tuple[Hashable, ...] = ()) -> Iterator[tuple[Hashable, ...]]:
    """The path to every key beside a language that is none."""
    if isinstance(value, list):
        for number, each in enumerate(value):
            yield from strange(each, (*path, number))
    if isinstance(value, dict):
        if any(language in value for language in LANGUAGES):
            yield from ((*path, name) for name in value if name not in LANGUAGES)
        for name, each in value.items():
            yield from strange(each, (*path, name))
