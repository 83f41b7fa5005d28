"""A whole catalogue at once: all of it or nothing."""

from dataclasses import asdict, dataclass

from okiagari.catalog import build
from okiagari.catalog.actions.frame import write
from okiagari.catalog.actions.news import News
from okiagari.catalog.actions.products import lines_of
from okiagari.catalog.rules import read_catalogue
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.plumbing import ledger


@dataclass(frozen=True)
class Imported:
    """How much an import brought or renewed."""

    organisations: int = 0
    products: int = 0
    lines: int = 0
    releases: int = 0
    targets: int = 0


def import_catalogue(subject: Subject, data: object) -> Imported:
    """Bring in a catalogue, or bring it up to date: all of it or nothing. Raises a Problem with its place."""
    permits.require(subject, "catalog.import")
    catalogue = read_catalogue(data)
    build.steps.keep_all(catalogue)
    with ledger.action():
        seen = News(
            [
                *(line.key for line in catalogue.lines),
                *(key for each in catalogue.products for key in lines_of(each)),
            ]
        )
        for organisation in catalogue.organisations:
            build.organisation(organisation)
        for line in catalogue.lines:
            build.components.of_entry(build.line(line), line)
        for product in catalogue.products:
            build.components.of_product(build.product(product), product.components)
        targets = sum(build.links(product) for product in catalogue.products)
        done = Imported(
            organisations=len(catalogue.organisations),
            products=len(catalogue.products),
            lines=len(catalogue.lines),
            releases=sum(len(line.releases) for line in catalogue.lines),
            targets=targets,
        )
        write(subject, "catalog.import", {**asdict(done), **seen.facts()})
    return done
