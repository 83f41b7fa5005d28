"""Products and releases as documents. Everybody inside may read the catalogue."""

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime

from okiagari.catalog.models import FirmwareLine, Product, Release
from okiagari.flow.indexing.words import joined
from okiagari.plumbing import search
from okiagari.plumbing.search import Document
from okiagari.standards.localtext import LANGUAGES, LocalText

READ = "catalog.read"
AGELESS = datetime(1970, 1, 1, tzinfo=UTC)
"""The catalogue is not news: its entries stand behind what happened."""


def index(facts: Mapping[str, object]) -> int:
    """What one ledger line of the catalogue changed: a product, a line, or, in an import, many of both."""
    model, line = facts.get("model"), facts.get("line")
    if isinstance(model, str):
        rows = Product.objects.filter(model=model)
        shared = Release.objects.filter(line__targets__product__model=model).distinct()
        mended = search.put_many("product", _products(rows))
        return mended + search.put_many("release", _releases(shared.select_related("line")))
    if isinstance(line, str):
        return search.put_many("release", _releases(_of_line(line)), below=f"{line}/")
    return index_all()


def index_all() -> int:
    """Everything, in a constant number of queries."""
    products = search.put_many("product", _products(Product.objects.all()), below="")
    return products + search.put_many("release", _releases(_of_line("")), below="")


def _products(rows: "Iterable[Product]") -> dict[str, tuple[Document, ...]]:
    return {row.slug: (_product(row),) for row in rows}


def _product(row: Product) -> Document:
    words = joined(row.model, row.names, row.other_names, row.category, row.family)
    return Document(_called(row.model, row.names), words, READ, AGELESS)


def _called(name: str, names: LocalText) -> LocalText:
    """The model number with the name beside it, in each language there is."""
    texts = {language: f"{name} {names.exact(language)}" for language in LANGUAGES if language in names}
    return LocalText(texts or {"en": name}, names.source)


def _of_line(key: str) -> "Iterable[Release]":
    rows = Release.objects.select_related("line").prefetch_related("aliases")
    return rows.filter(line__key=key) if key else rows


def _releases(rows: "Iterable[Release]") -> dict[str, tuple[Document, ...]]:
    models: dict[int, list[str]] = {}
    lines = FirmwareLine.objects.filter(pk__in={row.line_id for row in rows})
    for line_id, model in lines.values_list("pk", "targets__product__model").order_by("pk"):
        if model:
            models.setdefault(line_id, []).append(model)
    return {f"{row.line.key}/{row.text}": (_release(row, models.get(row.line_id, [])),) for row in rows}


def _release(row: Release, models: list[str]) -> Document:
    aliases = sorted(each.text for each in row.aliases.all())
    words = joined(row.line.key, row.line.name, row.text, aliases, sorted(set(models)), row.notes)
    names = row.line.name or LocalText.of(en=row.line.key)
    texts = {language: f"{name} {row.text}" for language, name in names.texts.items()}
    return Document(LocalText(texts, names.source), words, READ, AGELESS)
