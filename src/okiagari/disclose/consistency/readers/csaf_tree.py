"""The product tree of CSAF read back: what each product id means (3.2.2, in 2.1 with product paths)."""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, replace
from typing import Any

from okiagari.disclose.consistency import normal
from okiagari.disclose.consistency.fields import Field
from okiagari.disclose.consistency.statement import Told

Json = Mapping[str, Any]


@dataclass(frozen=True)
class Item:
    """A product id: which product, in which versions, and where it stands.

    `models`, `serials`, `hashes`: (place, value). `named`: by CPE and package URL. `is_part`: software that
    stands there to be installed on something.
    """

    product: str
    versions: str
    place: str
    models: tuple[tuple[str, str], ...] = ()
    serials: tuple[tuple[str, str], ...] = ()
    hashes: tuple[tuple[str, str], ...] = ()
    named: tuple[tuple[Field, str, str], ...] = ()
    is_part: bool = False


def items(tree: Json, names: AbstractSet[str]) -> dict[str, Item]:
    """By product id. Software installed on hardware is the hardware, in the versions of the software.

    `names`: of the products looked for. A version beside a name is the revision of a device where the two
    make such a name, else the version of software: the tree itself tells them apart nowhere.
    """
    found = dict(_walk(tree.get("branches", ()), "/product_tree", (), names))
    parts: set[str] = set()
    for _place, product_id, software, hardware in _installed(tree):
        base, soft = found.get(hardware), found.get(software)
        if base and soft:
            parts.add(software)
            found[product_id] = replace(
                base, versions=soft.versions, hashes=soft.hashes, named=soft.named, models=(), serials=()
            )
    return {key: replace(item, is_part=key in parts) for key, item in found.items()}


def told(found: Mapping[str, Item]) -> Iterator[Told]:
    """The products themselves: names and model numbers, and hashes of single versions."""
    for item in found.values():
        if item.is_part:
            continue
        yield Told(Field.PRODUCT, item.product, item.place)
        for place, value in item.hashes:
            yield Told(Field.HASH, value, place, item.product, item.versions)
        for place, text in item.models:
            yield Told(Field.NUMBERS, normal.plain(text), place, item.product)
        for place, text in item.serials:
            yield Told(Field.SERIAL, normal.plain(text), place, item.product)
        for kind, place, text in item.named:
            yield Told(kind, text, place, item.product)


Steps = tuple[tuple[str, str, str], ...]
"""Category, name and place of each branch on the way."""


def _walk(branches: Any, place: str, path: Steps, names: AbstractSet[str]) -> Iterator[tuple[str, Item]]:
    for index, branch in enumerate(branches):
        here = f"{place}/branches/{index}"
        steps = (*path, (branch["category"], branch["name"], f"{here}/name"))
        if "product" in branch:
            yield branch["product"]["product_id"], _item(branch["product"], here, steps, names)
        yield from _walk(branch.get("branches", ()), here, steps, names)


def _item(product: Json, here: str, steps: Steps, names: AbstractSet[str]) -> Item:
    said = {kind: (text, place) for kind, text, place in steps}
    name, place = said.get("product_name", ("", here))
    version = said.get("product_version", ("", ""))[0]
    whole = normal.name(f"{name} {version}")
    if "product_version_range" in said:
        versions = normal.unspaced(normal.specifier(said["product_version_range"][0]))
    elif version and whole not in names:
        versions = normal.plain(version)
    else:
        versions, name = normal.EVERY, whole
    helper, at = (
        product.get("product_identification_helper", {}),
        f"{here}/product/product_identification_helper",
    )
    return Item(
        product=normal.name(name),
        versions=versions,
        place=place,
        models=_listed(helper, "model_numbers", at),
        serials=_listed(helper, "serial_numbers", at),
        hashes=tuple(_hashes(helper, at)),
        named=tuple(_named(helper, at)),
    )


def _listed(helper: Json, name: str, at: str) -> tuple[tuple[str, str], ...]:
    return tuple((f"{at}/{name}/{index}", text) for index, text in enumerate(helper.get(name, ())))


def _named(helper: Json, at: str) -> Iterator[tuple[Field, str, str]]:
    if "cpe" in helper:
        yield Field.CPE, f"{at}/cpe", normal.cpe(helper["cpe"])
    if "purl" in helper:
        yield Field.PURL, f"{at}/purl", normal.purl(helper["purl"])
    for index, text in enumerate(helper.get("purls", ())):
        yield Field.PURL, f"{at}/purls/{index}", normal.purl(text)


def _hashes(helper: Json, at: str) -> Iterator[tuple[str, str]]:
    for index, file in enumerate(helper.get("hashes", ())):
        for row, each in enumerate(file["file_hashes"]):
            if each["algorithm"] == "sha256":
                yield f"{at}/hashes/{index}/file_hashes/{row}/value", each["value"].lower()


def _installed(tree: Json) -> Iterator[tuple[str, str, str, str]]:
    """Place, product id, software, hardware."""
    for index, each in enumerate(tree.get("relationships", ())):
        product_id = each["full_product_name"]["product_id"]
        place = f"/product_tree/relationships/{index}"
        yield place, product_id, each["product_reference"], each["relates_to_product_reference"]
    for index, each in enumerate(tree.get("product_paths", ())):
        product_id = each["full_product_name"]["product_id"]
        hardware = each["subpaths"][0]["next_product_reference"]
        yield (
            f"/product_tree/product_paths/{index}",
            product_id,
            each["beginning_product_reference"],
            hardware,
        )
