"""Verbs about the component list of a line, or of a product without one."""

from okiagari.catalog import build
from okiagari.catalog.actions.frame import changing_line, changing_product, write
from okiagari.catalog.models import Component, FirmwareLine, Product
from okiagari.catalog.problems import NEEDS_REASON, NO_SUCH_COMPONENT
from okiagari.catalog.rules import ComponentIn, folded_words, read_entry
from okiagari.desk.subjects import Subject


def put_component(
    subject: Subject,
    *,
    name: str,
    component_version: str = "",
    line: str = "",
    model: str = "",
    since: str = "",
    until: str = "",
    purl: str = "",
    version: int | None = None,
) -> None:
    """Say that a line (from one release to another), or a product without one, holds a component."""
    entry = {"name": name, "version": component_version, "since": since, "until": until, "purl": purl}
    renamed = {"version": "component_version", "components": "name"}
    facts = {"name": name.strip(), "component_version": component_version.strip()}
    if line or not model:
        (given,) = read_entry({"lines": [{"key": line, "components": [entry]}]}, **renamed).lines
        with changing_line(subject, line, version) as row:
            build.components.of_line(row, given.components)
            news = _touched(row, given.components[0])
            where = {"line": line, "since": since, "until": until, "new_releases": news}
            write(subject, "catalog.component", {**facts, **where, "of": line})
        return
    (product,) = read_entry({"products": [{"model": model, "components": [entry]}]}, **renamed).products
    with changing_product(subject, model, version) as owner:
        build.components.of_product(owner, product.components)
        write(subject, "catalog.component", {**facts, "model": model, "of": model})


def _touched(row: FirmwareLine, given: ComponentIn) -> list[list[str]]:
    """The releases of which the list now says something else; decisions are looked at again there."""
    releases = list(row.releases.order_by("position").values_list("text", flat=True))
    first = releases.index(build.release_named(row, given.since).text) if given.since else 0
    last = releases.index(build.release_named(row, given.until).text) + 1 if given.until else len(releases)
    return [[row.key, text] for text in releases[first : last + 1]]


def drop_component(
    subject: Subject,
    *,
    name: str,
    component_version: str = "",
    line: str = "",
    model: str = "",
    reason: str,
    version: int | None = None,
) -> None:
    """Take a component off the list that was never in there. One that goes: put the release without it."""
    if not reason.strip():
        raise NEEDS_REASON().at("reason")
    facts = {"name": name, "component_version": component_version, "reason": reason.strip()}
    if line or not model:
        with changing_line(subject, line, version) as row:
            _drop(name, component_version, line=row)
            write(subject, "catalog.component_dropped", {**facts, "line": line, "of": line})
        return
    with changing_product(subject, model, version) as owner:
        _drop(name, component_version, product=owner)
        write(subject, "catalog.component_dropped", {**facts, "model": model, "of": model})


def _drop(
    name: str, version: str, *, line: FirmwareLine | None = None, product: Product | None = None
) -> None:
    found = Component.objects.filter(
        line=line, product=product, folded=folded_words([name]), version=version.strip()
    )
    if not found.delete()[0]:
        raise NO_SUCH_COMPONENT(name=name).at("name")
