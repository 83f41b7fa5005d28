"""Verbs of the catalogue: import a whole one, or put one thing right. Natural keys make both repeatable."""

from collections.abc import Mapping
from dataclasses import asdict, dataclass

from django.db.models import Max

from okiagari.catalog import build
from okiagari.catalog.models import FirmwareLine, Product, Release, Shipped, SupportDate
from okiagari.catalog.rules import (
    RELEASE_STATES,
    SUPPORT_KINDS,
    WRONG_CHOICE,
    AliasIn,
    TargetIn,
    read_catalogue,
)
from okiagari.desk import permits
from okiagari.desk.aggregates import STALE
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock, ledger
from okiagari.standards.partialdate import PartialDate

STREAM = ("catalog", "all")


@dataclass(frozen=True)
class Imported:
    """How much an import brought or renewed."""

    organisations: int = 0
    products: int = 0
    lines: int = 0
    releases: int = 0
    targets: int = 0


def _write(subject: Subject, verb: str, facts: Mapping[str, object]) -> None:
    ledger.append(STREAM, subject=subject, verb=verb, facts=facts)


def import_catalogue(subject: Subject, data: object) -> Imported:
    """Bring in a catalogue, or bring it up to date: all of it or nothing. Raises a Problem with its place."""
    permits.require(subject, "catalog.import")
    catalogue = read_catalogue(data)
    with ledger.action():
        for organisation in catalogue.organisations:
            build.organisation(organisation)
        for line in catalogue.lines:
            build.line(line)
        for product in catalogue.products:
            build.product(product)
        targets = sum(build.links(product) for product in catalogue.products)
        done = Imported(
            organisations=len(catalogue.organisations),
            products=len(catalogue.products),
            lines=len(catalogue.lines),
            releases=sum(len(line.releases) for line in catalogue.lines),
            targets=targets,
        )
        _write(subject, "catalog.import", asdict(done))
    return done


def put_product(subject: Subject, data: Mapping[str, object], *, version: int | None = None) -> str:
    """Make one product or change it whole, as an entry of a catalogue's ``products``."""
    permits.require(subject, "catalog.change")
    (given,) = read_catalogue({"products": [data]}).products
    with ledger.action():
        _check(Product.objects.select_for_update().filter(model=given.model).first(), version)
        build.product(given)
        build.links(given)
        _write(subject, "catalog.product", {"model": given.model})
    return given.model


def put_line(subject: Subject, data: Mapping[str, object], *, version: int | None = None) -> str:
    """Make one firmware line or change it; releases not named stay as they are."""
    permits.require(subject, "catalog.change")
    (given,) = read_catalogue({"lines": [data]}).lines
    with ledger.action():
        _check(FirmwareLine.objects.select_for_update().filter(key=given.key).first(), version)
        build.line(given)
        _write(subject, "catalog.line", {"line": given.key})
    return given.key


def _check(row: Product | FirmwareLine | None, version: int | None) -> None:
    if row is not None and version is not None and row.version != version:
        raise STALE()


def put_release(
    subject: Subject, line_key: str, data: Mapping[str, object], *, after: str | None = None
) -> str:
    """Put one release on a line: at its place if it is known, else after `after`, else as the newest."""
    permits.require(subject, "catalog.change")
    (given,) = read_catalogue({"lines": [{"key": line_key, "releases": [data]}]}).lines[0].releases
    with ledger.action():
        row = build.locked_line(line_key)
        newest = row.releases.aggregate(top=Max("position"))["top"] or 0
        place = newest + 1
        if after is not None:
            place = build.release_named(row, after).position + 1
        build.release(row, given, place)
        FirmwareLine.objects.filter(pk=row.pk).update(version=row.version + 1)
        _write(subject, "catalog.release", {"line": line_key, "text": given.text, "state": given.state})
    return given.text


def set_release_state(subject: Subject, line_key: str, text: str, *, state: str, reason: str = "") -> None:
    """Move a release on: planned, in_test, public, withdrawn."""
    permits.require(subject, "catalog.change")
    if state not in RELEASE_STATES:
        raise WRONG_CHOICE(place="state", value=state, allowed=", ".join(RELEASE_STATES))
    with ledger.action():
        row = build.locked_line(line_key)
        release = build.release_named(row, text)
        Release.objects.filter(pk=release.pk).update(state=state)
        facts = {"line": line_key, "text": release.text, "state": state, "reason": reason}
        _write(subject, "catalog.release", facts)


def put_alias(subject: Subject, line_key: str, text: str, *, alias: str, source: str = "") -> None:
    """Say that another text means this release. Reports counted under it remap at once."""
    permits.require(subject, "catalog.change")
    with ledger.action():
        row = build.locked_line(line_key)
        release = build.release_named(row, text)
        build.alias(release, AliasIn(alias, source))
        _write(subject, "catalog.alias", {"line": line_key, "text": release.text, "alias": alias})


def put_support_date(subject: Subject, model: str, *, kind: str, date: str, assumed: bool = False) -> None:
    """Set one date in a product's life."""
    permits.require(subject, "catalog.change")
    if kind not in SUPPORT_KINDS:
        raise WRONG_CHOICE(place="kind", value=kind, allowed=", ".join(SUPPORT_KINDS))
    day = PartialDate.parse(date)
    with ledger.action():
        row = build.locked_product(model)
        SupportDate.objects.update_or_create(
            product=row, kind=kind, defaults={"date": day, "assumed": assumed}
        )
        _write(subject, "catalog.support_date", {"model": model, "kind": kind, "date": str(day)})


def put_shipped(
    subject: Subject, model: str, *, date: str, units: int, source: str = "", assumed: bool = False
) -> None:
    """Say how many units had been shipped up to a date. Earlier statements stay."""
    permits.require(subject, "catalog.change")
    day = PartialDate.parse(date)
    with ledger.action():
        row = build.locked_product(model)
        Shipped.objects.update_or_create(
            product=row, date=day, source=source, defaults={"units": units, "assumed": assumed}
        )
        _write(subject, "catalog.shipped", {"model": model, "date": str(day), "units": units})


def put_target(
    subject: Subject, model: str, *, revision: str = "", line: str = "", platform: str = ""
) -> str:
    """Make sure that a target exists; returns its key."""
    permits.require(subject, "catalog.change")
    with ledger.action():
        row = build.locked_product(model)
        key = build.target(row, TargetIn(revision=revision, line=line, platform=platform))
        _write(subject, "catalog.product", {"model": model, "target": key})
    return key


def retire_product(subject: Subject, model: str, *, reason: str) -> None:
    """Take a product out of the lists. Nothing is deleted; cases that name it keep it."""
    permits.require(subject, "catalog.change")
    with ledger.action():
        row = build.locked_product(model)
        Product.objects.filter(pk=row.pk).update(retired_at=clock.now(), version=row.version + 1)
        _write(subject, "catalog.retired", {"model": model, "reason": reason})
