"""OpenEoX Core of every product whose support dates an advisory told, and the index that names them.

In: entries, the newest first. Out: files of the whole site: the newest snapshot that names a product says
its dates. The Core itself names no product, so the index does.
"""

import hashlib
from collections.abc import Iterable, Iterator
from datetime import datetime

from okiagari.disclose.rules.content import Product
from okiagari.disclose.site import saying
from okiagari.disclose.site.entries import Entry, Site
from okiagari.disclose.site.made import Made
from okiagari.problems import Problem
from okiagari.standards import openeox
from okiagari.standards.csaf import file_name
from okiagari.standards.documents import to_bytes
from okiagari.standards.openeox import Life
from okiagari.standards.partialdate import PartialDate

INDEX = "openeox/index.json"


def documents(entries: Iterable[Entry], site: Site) -> tuple[Made, ...]:
    """A document per model, those that contradict themselves held back."""
    return tuple(_made(product, at, site) for product, at in _products(entries).values())


def files(entries: Iterable[Entry], site: Site) -> Iterator[tuple[str, bytes]]:
    """What goes into the tree: the documents and the index, nothing where no date is known."""
    products = _products(entries)
    listed: list[dict[str, object]] = []
    for product, at in products.values():
        made = _made(product, at, site)
        if made.problems:
            continue
        yield made.path, made.content
        names = {language: text for language, text in product.names.items() if text}
        vendor = saying.in_language(product.brand, "en") or saying.in_language(site.publisher.name, "en")
        listed.append(
            {"core": f"{site.url}/{made.path}", "model": product.model, "names": names, "vendor": vendor}
        )
    if listed:
        yield INDEX, to_bytes({"products": sorted(listed, key=lambda each: str(each["model"]))})


def _products(entries: Iterable[Entry]) -> dict[str, tuple[Product, datetime]]:
    found: dict[str, tuple[Product, datetime]] = {}
    for entry in entries:
        for product in entry.content.products:
            if product.support and not entry.is_withdrawn:
                found.setdefault(product.model, (product, entry.last_at))
    return found


def _made(product: Product, at: datetime, site: Site) -> Made:
    name = _slug(product.model)
    label, path = f"OpenEoX {product.model}", f"openeox/{name}.json"
    try:
        known = {kind: PartialDate.parse(text) for kind, text in product.support.items()}
        life = Life(at, **{kind: day for kind, day in known.items() if kind in Life.__dataclass_fields__})
        built = openeox.build(life, site.zone)
    except Problem as problem:
        return Made(f"openeox-{name}", label, path, problems=(problem,))
    return Made(f"openeox-{name}", label, path, to_bytes(built.document), "", built.losses)


def _slug(model: str) -> str:
    """A file name of its own for every model, also for two that differ in what a file name cannot hold."""
    plain = file_name(model).removesuffix(".json")
    if plain == model.lower() and plain != "index":
        return plain
    return f"{plain.strip('_')}-{hashlib.sha256(model.encode()).hexdigest()[:6]}".lstrip("-")
