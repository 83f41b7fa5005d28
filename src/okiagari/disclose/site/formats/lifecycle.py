"""OpenEoX Core of every product whose support dates are told, and the index that names them.

In: entries, the newest first, and the site with its catalogue. Out: files of the whole site: the catalogue,
else the newest snapshot whose dates of a product do not contradict themselves, says them. The Core itself
names no product, so the index does.
"""

import hashlib
from collections.abc import Iterable, Iterator, Sequence
from datetime import UTC, datetime

from okiagari.disclose.rules.content import Product
from okiagari.disclose.site import saying
from okiagari.disclose.site.entries import Entry, Site
from okiagari.disclose.site.made import Made
from okiagari.disclose.site.models import lives
from okiagari.problems import Problem
from okiagari.standards import openeox
from okiagari.standards.csaf import file_name
from okiagari.standards.documents import to_bytes
from okiagari.standards.openeox import Life
from okiagari.standards.partialdate import PartialDate

INDEX = "openeox/index.json"
NEVER = datetime(1970, 1, 1, tzinfo=UTC)
_LABEL = "OpenEoX "


def documents(entries: Iterable[Entry], site: Site) -> tuple[Made, ...]:
    """A document per model, those that contradict themselves held back."""
    found: dict[str, Made] = {}
    for product, at in _told(entries, site):
        known = found.get(product.model)
        if product.support and (known is None or known.problems):
            made = _made(product, at, site)
            found[product.model] = made if known is None or not made.problems else known
    return tuple(found.values())


def _told(entries: Iterable[Entry], site: Site) -> Iterator[tuple[Product, datetime]]:
    """Every product with the time since when its dates are those."""
    valid = [entry for entry in entries if not entry.is_withdrawn]
    told: dict[str, tuple[Product, datetime]] = {}
    for entry in valid:
        for product in entry.content.products:
            told.setdefault(product.model, (product, entry.last_at))
    for product in site.catalogue.products:
        at = _moment(site.catalogue.support_at.get(product.model, ""))
        then, at_then = told.get(product.model, (product, at))
        yield lives.with_told(product, then), max(at, at_then)
    every = [(product, entry.last_at) for entry in valid for product in entry.content.products]
    yield from (each for each in every if any(each[0].support.get(kind) for kind in lives.ENDS))
    yield from every


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text) if text else NEVER


def index(entries: Sequence[Entry], site: Site) -> tuple[Made, ...]:
    """The list of all of them by product, nothing where no date is known."""
    products = {each.model: each for entry in reversed(entries) for each in entry.content.products}
    products |= {each.model: each for each in reversed(site.catalogue.products)}
    listed = []
    for made in documents(entries, site):
        product = products[made.label.removeprefix(_LABEL)]
        if not made.problems:
            names = {language: text for language, text in product.names.items() if text}
            vendor = saying.in_language(product.brand or site.publisher.name, "en")
            core = f"{site.url}/{made.path}"
            listed.append({"core": core, "model": product.model, "names": names, "vendor": vendor})
    if not listed:
        return ()
    content = to_bytes({"products": sorted(listed, key=lambda each: str(each["model"]))})
    return (Made("openeox", "OpenEoX", INDEX, content),)


def files(entries: Sequence[Entry], site: Site) -> Iterator[tuple[str, bytes]]:
    """What goes into the tree."""
    for made in (*documents(entries, site), *index(entries, site)):
        if not made.problems:
            yield made.path, made.content


def _made(product: Product, at: datetime, site: Site) -> Made:
    name = _slug(product.model)
    label, path = f"{_LABEL}{product.model}", f"openeox/{name}.json"
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
