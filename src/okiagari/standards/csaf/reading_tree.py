"""The product tree of a document of somebody else (OASIS CSAF 2.0 and 2.1, 3.1.2 branches, 3.2.2).

In: the `product_tree` while it is read. Out: what each product id means, as the branches say it, and what
was put together from others. A range that is none of ours is kept in words. It walks branches without
recursion and never compares versions.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import unquote

from okiagari.problems import Problem
from okiagari.standards.documents import Reading, Unread
from okiagari.standards.firmware_order import Range

from .model import FileHashes, Helper

VERSION, VERSIONS = "product_version", "product_version_range"
_RANGE = re.compile(r"(?:(?P<since>>=)(?P<low>[^|]+)(?:\|<=(?P<last>.+))?|<=(?P<upto>.+)|<(?P<below>[^=].*))")
_SPACE = re.compile(r"%(?:20|09|0[ABCDabcd]|C2%A0|E3%80%80)", re.IGNORECASE)


@dataclass(frozen=True)
class Named:
    """A product of the tree. `path`: (category, name) of every branch above it, the outermost first."""

    id: str
    name: str
    path: tuple[tuple[str, str], ...] = ()
    helper: Helper | None = None

    def branch(self, category: str) -> str:
        """The name of the innermost branch of this category, "" without one."""
        return next((name for kind, name in reversed(self.path) if kind == category), "")

    @property
    def vendor(self) -> str:
        return self.branch("vendor")

    @property
    def family(self) -> str:
        return self.branch("product_family")

    @property
    def product(self) -> str:
        return self.branch("product_name")

    @property
    def version(self) -> str:
        """The version, or the range of versions, as it is written."""
        return self.branch(VERSION) or self.branch(VERSIONS)

    @property
    def versions(self) -> Range | None:
        """None where there is no version, or where it is no range of ours: then `version` says it."""
        if self.branch(VERSION):
            return Range.exactly(self.branch(VERSION))
        return range_of(self.branch(VERSIONS))


@dataclass(frozen=True)
class Joined:
    """A product made of others: `first` together with each of `steps` (category such as installed_on, id)."""

    id: str
    name: str
    first: str
    steps: tuple[tuple[str, str], ...]
    helper: Helper | None = None


@dataclass(frozen=True)
class Tree:
    """`groups`: the product ids that a group stands for."""

    products: tuple[Named | Joined, ...]
    groups: Mapping[str, tuple[str, ...]]


def range_of(text: str) -> Range | None:
    """The range a branch names (3.1.2.3.2), None where it is none of ours."""
    plain = _SPACE.sub(lambda found: unquote(found[0]), text).strip()
    if plain == "vers:all/*":
        return Range.all()
    found = _RANGE.fullmatch(plain)
    try:
        if found is None:
            return None
        if found["since"]:
            low, last = found["low"], found["last"]
            return Range.between(low, last) if last else Range.since(low)
        return Range.up_to(found["upto"]) if found["upto"] else Range.before(found["below"])
    except Problem:
        return None


def tree(reading: Reading, unread: list[Unread]) -> Tree:
    """Read a product tree of either version to its end."""
    products: list[Named | Joined] = [*_branches(reading, unread)]
    products += [_named(each, ()) for each in reading.parts("full_product_names")]
    steps: tuple[tuple[str, str], ...]
    for each in reading.parts("relationships"):
        steps = ((each.text("category"), each.text("relates_to_product_reference")),)
        products.append(_joined(each, each.text("product_reference"), steps))
    for each in reading.parts("product_paths"):
        steps = tuple(_step(step) for step in each.parts("subpaths"))
        products.append(_joined(each, each.text("beginning_product_reference"), steps))
    groups = {}
    for each in reading.parts("product_groups"):
        name = each.text("group_id")
        groups[name] = each.texts("product_ids")
        each.done()  # its summary says what no product is called
    reading.done()
    return Tree(tuple(products), groups)


def _branches(reading: Reading, unread: list[Unread]) -> Iterator[Named]:
    """Every product below the branches, in the order of the document."""
    left = [(each, ()) for each in reversed(reading.parts("branches"))]
    steps: tuple[tuple[str, str], ...]
    while left:
        branch, above = left.pop()
        steps = (*above, (branch.text("category"), branch.text("name")))
        if isinstance(branch.raw("product"), dict):
            product = _named(branch.part("product"), steps)
            kind, text = steps[-1]
            if kind == VERSIONS and product.versions is None:
                unread.append(Unread(f"{branch.location}/name", text))
            yield product
        left += [(each, steps) for each in reversed(branch.parts("branches"))]  # type: ignore[misc]
        branch.done()


def _step(reading: Reading) -> tuple[str, str]:
    step = (reading.text("category"), reading.text("next_product_reference"))
    reading.done()
    return step


def _named(reading: Reading, path: tuple[tuple[str, str], ...]) -> Named:
    made = Named(reading.text("product_id"), reading.text("name"), path, _helper(reading))
    reading.done()
    return made


def _joined(reading: Reading, first: str, steps: tuple[tuple[str, str], ...]) -> Joined:
    product = reading.part("full_product_name")
    made = Joined(product.text("product_id"), product.text("name"), first, steps, _helper(product))
    product.done()
    reading.done()
    return made


def _helper(product: Reading) -> Helper | None:
    if not isinstance(product.raw("product_identification_helper"), dict):
        return None
    reading = product.part("product_identification_helper")
    purls = reading.raw("purls")
    purl = reading.text("purl")
    if not purl and isinstance(purls, list) and len(purls) == 1 and isinstance(purls[0], str):
        purl = reading.texts("purls")[0]
    made = Helper(
        cpe=reading.text("cpe"),
        purl=purl,
        model_numbers=reading.texts("model_numbers"),
        skus=reading.texts("skus"),
        serial_numbers=reading.texts("serial_numbers"),
        sbom_urls=reading.texts("sbom_urls"),
        files=tuple(_hashes(each) for each in reading.parts("hashes")),
        uris=tuple(_uri(each) for each in reading.parts("x_generic_uris")),
    )
    reading.done()
    return made


def _hashes(reading: Reading) -> FileHashes:
    found = []
    for each in reading.parts("file_hashes"):
        found.append((each.text("algorithm"), each.text("value")))
        each.done()
    made = FileHashes(reading.text("filename"), tuple(found))
    reading.done()
    return made


def _uri(reading: Reading) -> tuple[str, str]:
    made = (reading.text("namespace"), reading.text("uri"))
    reading.done()
    return made
