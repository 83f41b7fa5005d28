"""The product tree (OASIS CSAF 2.0 and 2.1, 3.1.2 branches, 3.2.2 product tree).

In: hardware, software and installations. Out: branches vendor > (family) > product name > version or
range of versions, and one `installed_on` relationship (in 2.1: product path) per installation. It never
orders versions: a range is written as the specification's “vers-like specifier” (3.1.2.3.2), because a
`vers` would claim an order of texts that the maker's list does not have; only “all versions” is
`vers:all/*`.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from urllib.parse import quote

from okiagari.standards.firmware_order import Form, Range

from .model import Hardware, Installation, Product, Software
from .parts import Json, helper, pruned

_RANGE_NAMES: Mapping[Form, str] = {
    Form.ALL: "vers:all/*",
    Form.UP_TO: "<={high}",
    Form.BEFORE: "<{high}",
    Form.FROM: ">={low}",
    Form.BETWEEN: ">={low}|<={high}",
    Form.EXACTLY: "{low}",
}
_SPACE = re.compile(r"\s+")


@dataclass
class _Branch:
    """A node while the tree grows: children by category and name, products that end here."""

    children: "dict[tuple[str, str], _Branch]" = field(default_factory=dict)
    products: list[Json] = field(default_factory=list)

    def grow(self, path: Iterable[tuple[str, str]], product: Json) -> None:
        branch = self
        for step in path:
            branch = branch.children.setdefault(step, _Branch())
        branch.products.append(product)

    def render(self) -> list[Json]:
        """A branch holds either branches or one product, so one name may stand several times."""
        rendered: list[Json] = []
        for (category, name), child in self.children.items():
            rendered += [
                {"category": category, "name": name, "product": product} for product in child.products
            ]
            if child.children:
                rendered.append({"branches": child.render(), "category": category, "name": name})
        return rendered


def range_name(versions: Range) -> str:
    """The name of a `product_version_range` branch, or of a `product_version` one for a single release."""
    return _RANGE_NAMES[versions.form].format(low=versions.low, high=versions.high)


def product_names(products: Iterable[Product], language: str) -> dict[str, str]:
    """What each product id is called in the document; an installation by both its parts."""
    names: dict[str, str] = {}
    installations: list[Installation] = []
    for product in products:
        if isinstance(product, Installation):
            installations.append(product)
        else:
            names[product.id] = product.name or _own_name(product, language)
    both = "{hardware}（{software}）" if language.lower().startswith("ja") else "{software} on {hardware}"
    for product in installations:
        parts = {"software": product.software_id, "hardware": product.hardware_id}
        names[product.id] = product.name or both.format(
            **{part: names.get(product_id, product_id) for part, product_id in parts.items()}
        )
    return names


def _own_name(product: Hardware | Software, language: str) -> str:
    last = product.revision if isinstance(product, Hardware) else product.versions.words(language)
    return " ".join(part for part in (product.vendor, product.product, last) if part)


def product_tree(products: Iterable[Product], language: str, *, version: str = "2.0") -> Json:
    """The tree of all products, in the order given; empty if there are none."""
    known = tuple(products)
    names = product_names(known, language)
    root = _Branch()
    installed: list[Json] = []
    for product in known:
        made = pruned(
            name=names[product.id],
            product_id=product.id,
            product_identification_helper=helper(product.helper, version=version),
        )
        if not isinstance(product, Installation):
            root.grow(_path(product, version), made)
        elif version == "2.1":
            installed.append(_product_path(product, made))
        else:
            installed.append(_installed_on(product, made))
    return pruned(
        branches=root.render(), **{"product_paths" if version == "2.1" else "relationships": installed}
    )


def _path(product: Hardware | Software, version: str) -> list[tuple[str, str]]:
    path = [("vendor", product.vendor)]
    if product.family:
        path.append(("product_family", product.family))
    path.append(("product_name", product.product))
    if isinstance(product, Hardware):
        return [*path, ("product_version", product.revision)] if product.revision else path
    if product.versions.form is Form.UNKNOWN:
        return path
    category = "product_version" if product.versions.form is Form.EXACTLY else "product_version_range"
    name = range_name(product.versions)
    return [*path, (category, _vls(name) if version == "2.1" and category.endswith("range") else name)]


def _vls(name: str) -> str:
    """2.1 refuses white space in a range (6.1.50): percent-encoded, as a `vers` has it."""
    return _SPACE.sub(lambda found: quote(found[0]), name)


def _product_path(installation: Installation, product: Json) -> Json:
    step = {"category": "installed_on", "next_product_reference": installation.hardware_id}
    return {
        "beginning_product_reference": installation.software_id,
        "full_product_name": product,
        "subpaths": [step],
    }


def _installed_on(installation: Installation, product: Json) -> Json:
    return {
        "category": "installed_on",
        "full_product_name": product,
        "product_reference": installation.software_id,
        "relates_to_product_reference": installation.hardware_id,
    }
