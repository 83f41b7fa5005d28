"""The frame of every change to the catalogue: who may, one transaction, the row and its version, one line."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from okiagari.catalog import build
from okiagari.catalog.models import FirmwareLine, Product
from okiagari.catalog.problems import UNKNOWN_REFERENCE
from okiagari.catalog.rules import at_field
from okiagari.desk import permits
from okiagari.desk.aggregates import STALE
from okiagari.desk.subjects import Subject
from okiagari.plumbing import ledger
from okiagari.problems import Problem

STREAM = ("catalog", "all")


def write(subject: Subject, verb: str, facts: Mapping[str, object]) -> None:
    ledger.append(STREAM, subject=subject, verb=verb, facts=facts)


def check(row: Product | FirmwareLine | None, version: int | None) -> None:
    """Raises STALE where the caller has seen another version, or one of something that is not there."""
    if version is not None and (row is None or row.version != version):
        raise STALE()


@contextmanager
def changing_product(subject: Subject, model: str, version: int | None) -> Iterator[Product]:
    """Raises NO_SUCH_PRODUCT, STALE. The version counts up when the block ends well."""
    permits.require(subject, "catalog.change")
    with ledger.action():
        row = build.locked_product(model)
        check(row, version)
        yield row
        Product.objects.filter(pk=row.pk).update(version=row.version + 1)


@contextmanager
def changing_line(subject: Subject, key: str, version: int | None) -> Iterator[FirmwareLine]:
    """Raises NO_SUCH_LINE, STALE. The version counts up when the block ends well."""
    permits.require(subject, "catalog.change")
    with ledger.action():
        row = build.locked_line(key)
        check(row, version)
        yield row
        FirmwareLine.objects.filter(pk=row.pk).update(version=row.version + 1)


@contextmanager
def naming_fields() -> Iterator[None]:
    """Inside, a reference to what is not there is told at the field of the form."""
    try:
        yield
    except Problem as problem:
        if problem.definition is not UNKNOWN_REFERENCE:
            raise
        raise at_field(problem) from None


def differences(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, object]:
    """What changed: names of fields, what they were and what they are."""
    names = sorted(name for name in after if before.get(name) != after[name])
    return {
        "fields": names,
        "old": {name: before[name] for name in names if name in before},
        "new": {name: after[name] for name in names},
    }
