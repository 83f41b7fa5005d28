"""What matching needs of the catalogue: products with names and targets, components, orders of lines."""

from collections.abc import Iterable, Mapping

from okiagari.catalog import queries as catalog
from okiagari.catalog.models import Target
from okiagari.desk.subjects import SYSTEM, Subject
from okiagari.flow.importing.matching import Known
from okiagari.standards.localtext import LocalText
from okiagari.triage.rules.cells import Place

EVERY = 100_000


def known(subject: Subject) -> tuple[Known, ...]:
    """Every product with what it is called; retired ones too, as an old advisory may be about them."""
    page = catalog.products(subject, limit=EVERY, include_retired=True, is_brief=True)
    return tuple(
        Known(
            each.model,
            (*each.names.texts.values(), *each.other_names, *_branded(each.brand, each.model)),
            tuple((target.key, target.revision or target.platform) for target in each.targets),
        )
        for each in page.items
    )


def _branded(brand: LocalText, model: str) -> Iterable[str]:
    return (f"{name} {model}" for name in brand.texts.values())


def components(subject: Subject) -> tuple[tuple[str, str], ...]:
    """Every component by name and package URL, each once."""
    found = dict.fromkeys((each.name, each.purl) for each in catalog.components(subject))
    return tuple(found)


def places(targets: Iterable[str]) -> Mapping[str, Place]:
    """The order of the line of each target, as deciding needs it."""
    rows = Target.objects.filter(key__in=list(targets)).select_related("line")
    keys = {row.key: row.line.key if row.line else "" for row in rows}
    lines = catalog.lines_named(SYSTEM, sorted({key for key in keys.values() if key}))
    return {
        key: Place(key, line, lines[line].order() if line in lines else None) for key, line in keys.items()
    }
