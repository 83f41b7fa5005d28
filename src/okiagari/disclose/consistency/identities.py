"""Names for programs do not contradict what is said of versions: CPE in CSAF documents and CVE records.

In: finished files and the content. Out: findings. A CPE names one version or every one of a product and knows
nothing of the maker's order: beside a range it may name no single version outside of it, nor every version
where not every one is affected.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from okiagari.disclose.consistency import normal
from okiagari.disclose.consistency.approved import product_name
from okiagari.disclose.consistency.files import File
from okiagari.disclose.consistency.findings import Finding
from okiagari.disclose.rules.content import Content, Product
from okiagari.disclose.rules.standing import CONCERNED
from okiagari.disclose.rules.verdicts import order_of
from okiagari.problems import Problem, gettext_noop
from okiagari.standards import cpe
from okiagari.standards.firmware_order import Line

Json = Mapping[str, Any]
OUTSIDE = gettext_noop("%(cpe)s names version %(version)s, and the file says %(range)s of %(product)s there.")
EVERY = gettext_noop("%(cpe)s names every version, and the file says %(range)s of %(product)s there.")
UNREADABLE = gettext_noop("%(cpe)s is not a CPE 2.3 name.")
SHARED = gettext_noop("%(cpe)s stands for %(first)s and for %(second)s, of which different things are said.")


def check(content: Content, files: Sequence[File]) -> Iterator[Finding]:
    yield from _shared(content)
    lines = {each.line: order_of(content, each.line) for each in content.products}
    products = {product_name(each): each for each in content.products}
    for file in files:
        if file.format.startswith("csaf"):
            yield from _csaf(file, products, lines)
        elif file.format.startswith("cve-"):
            yield from _cve(file, products, lines)


def _shared(content: Content) -> Iterator[Finding]:
    """One CPE for two products that stand differently tells a scanner nothing true."""
    said: dict[str, list[tuple[str, str]]] = {}
    for product in content.products:
        verdicts = {
            each.vulnerability: (each.state in CONCERNED, each.range)
            for each in content.statuses
            if each.product == product.key and each.state != "investigating"
        }
        for text in filter(None, (product.firmware_cpe if product.kind == "device" else product.cpe,)):
            said.setdefault(text, []).append((product_name(product), repr(sorted(verdicts.items(), key=str))))
    for text, told in said.items():
        first, *rest = told
        other = next((each for each in rest if each[1] != first[1]), None)
        if other:
            names = {"cpe": text, "first": first[0], "second": other[0]}
            yield Finding("cpe_shared", SHARED, "CPE", "", parameters=names, is_error=False)


def _csaf(file: File, products: Mapping[str, Product], lines: Mapping[str, Line]) -> Iterator[Finding]:
    document = json.loads(file.content)
    models = {normal.name(each.model): each for each in products.values()}
    for place, steps, product in _branches(
        document.get("product_tree", {}).get("branches", ()), "/product_tree"
    ):
        text = product.get("product_identification_helper", {}).get("cpe", "")
        if not text:
            continue
        name = steps.get("product_name", "")
        versions = normal.specifier(steps.get("product_version_range", steps.get("product_version", "")))
        known = _known(name, versions, products, models)
        is_hardware = known is not None and normal.name(product["product_id"]) == normal.name(known.key)
        said = normal.EVERY if is_hardware or not versions else normal.unspaced(versions)
        line = lines.get(known.line) if known else None
        at = f"{place}/product/product_identification_helper/cpe"
        yield from _judged(file, at, text, (name, said), line)


def _known(
    name: str, version: str, products: Mapping[str, Product], models: Mapping[str, Product]
) -> Product | None:
    """The product whose firmware, hardware or application a branch is."""
    whole = normal.name(f"{name} {version}")
    plain = normal.name(name)
    found = products.get(whole) or products.get(plain) or models.get(plain)
    if found:
        return found
    longest = sorted((each for each in products if each in plain), key=len, reverse=True)
    return products[longest[0]] if longest else None


def _branches(
    branches: Sequence[Json], place: str, above: Mapping[str, str] | None = None
) -> Iterator[tuple[str, Mapping[str, str], Json]]:
    for index, branch in enumerate(branches):
        here = f"{place}/branches/{index}"
        steps = {**(above or {}), branch["category"]: branch["name"]}
        if "product" in branch:
            yield here, steps, branch["product"]
        yield from _branches(branch.get("branches", ()), here, steps)


def _cve(file: File, products: Mapping[str, Product], lines: Mapping[str, Line]) -> Iterator[Finding]:
    document = json.loads(file.content)
    is_whole = "containers" in document
    base = "/containers/cna/affected" if is_whole else "/cnaContainer/affected"
    container = document["containers"]["cna"] if is_whole else document["cnaContainer"]
    for index, said in enumerate(container["affected"]):
        name = normal.name(" ".join([said["product"], *said.get("platforms", ())]))
        known = products.get(name)
        ranges = [_range(each) for each in said.get("versions", ()) if each["status"] == "affected"]
        affected = "|".join(ranges) or normal.EVERY
        for row, text in enumerate(said.get("cpes", ())):
            if _names_a_version(text):
                line = lines.get(known.line) if known else None
                yield from _judged(file, f"{base}/{index}/cpes/{row}", text, (name, affected), line)


def _names_a_version(text: str) -> bool:
    """Of software: what stands there for hardware is its revision."""
    try:
        known = cpe.parse(text)
    except Problem:
        return True
    return known.part != "h" and not known.is_of_any_version


def _range(line: Json) -> str:
    low = "" if line["version"] == "0" else line["version"]
    if "lessThan" in line:
        return normal.between(low, line["lessThan"], is_open=True)
    if "lessThanOrEqual" in line:
        return normal.between(low, "" if line["lessThanOrEqual"] == "*" else line["lessThanOrEqual"])
    return normal.plain(line["version"])


def _judged(
    file: File, place: str, text: str, about: tuple[str, str], line: Line | None
) -> Iterator[Finding]:
    """`about`: the product and what is said of its versions there."""
    name, said = about
    try:
        known = cpe.parse(text)
    except Problem:
        yield Finding("cpe_unreadable", UNREADABLE, file.label, file.path, place, {"cpe": text})
        return
    told = {"cpe": text, "product": name, "range": said}
    if known.is_of_any_version:
        if said != normal.EVERY:
            yield Finding("cpe_every", EVERY, file.label, file.path, place, told)
    elif not _within(known.version, said, line):
        version = known.version.replace("\\", "")
        yield Finding("cpe_outside", OUTSIDE, file.label, file.path, place, {**told, "version": version})


def _within(version: str, said: str, line: Line | None) -> bool:
    """Does a range, as it is written, hold this version of a CPE?"""
    if said == normal.EVERY:
        return True
    if said[0] not in "<>":
        return cpe.quote(said) == version
    texts = [each for release in line.releases for each in release.texts] if line else []
    text = next((each for each in texts if cpe.quote(each) == version), None)
    if text is None or line is None:
        return False
    return all(_holds(line, text, part) for part in said.split("|"))


def _holds(line: Line, text: str, part: str) -> bool:
    sign = part[:2] if part[1:2] == "=" else part[:1]
    end = part.removeprefix(sign)
    if line.resolve(end) is None:
        return False
    place, edge = line.position(text), line.position(end)
    return {"<": place < edge, "<=": place <= edge, ">=": place >= edge}.get(sign, False)
