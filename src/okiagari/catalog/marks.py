"""What tells products apart for programs and on labels, as one list: CPE, package URLs, numbers, files.

Enters: nothing. Leaves: each such text with the targets it speaks of. It compares nothing.
"""

from collections.abc import Iterator

from okiagari.catalog.models import Release, Target
from okiagari.catalog.values import Mark
from okiagari.desk import permits
from okiagari.desk.subjects import Subject


def marks(subject: Subject) -> tuple[Mark, ...]:
    """All of the catalogue, those of retired products too, in two queries."""
    permits.require(subject, "catalog.read")
    rows = list(Target.objects.select_related("product", "variant", "line").order_by("key"))
    found: dict[tuple[str, str, bool], list[str]] = {}
    on_line: dict[int, list[str]] = {}
    for row in rows:
        for kind, text, is_of_line in _of_target(row):
            if text:
                found.setdefault((kind, text, is_of_line), []).append(row.key)
        if row.line_id is not None:
            on_line.setdefault(row.line_id, []).append(row.key)
    files = Release.objects.filter(line__in=on_line).exclude(sha256="").order_by("pk")
    for line_id, sha256 in files.values_list("line_id", "sha256"):
        found.setdefault(("sha256", sha256, True), []).extend(on_line[line_id])
    return tuple(
        Mark(kind, text, tuple(dict.fromkeys(targets)), is_of_line)
        for (kind, text, is_of_line), targets in found.items()
    )


def _of_target(row: Target) -> Iterator[tuple[str, str, bool]]:
    yield "purl", row.product.purl, False
    yield "cpe", (row.variant and row.variant.cpe) or row.product.cpe, False
    if row.variant is not None:
        for text in row.variant.serial_numbers:
            yield "serial", text, False
        for text in row.variant.model_numbers:
            yield "model", text, False
    if row.line is not None:
        yield "cpe", row.line.cpe, True
        yield "purl", row.line.purl, True
