"""What the fleet shows to those who may see figures: curves, distributions, units and their past."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.engines.fleet import Bucket, Rollup
from okiagari.fleet import access
from okiagari.fleet.stores import Store
from okiagari.fleet.stores.base import Count, Observation, Unit, UnitFilter
from okiagari.plumbing import clock

MAX_PAGE = 1_000


@dataclass(frozen=True)
class Standing:
    """Units at the end of a day, by what they say they are. Silent units stay where they last were."""

    day: date
    counts: tuple[Count, ...]

    @property
    def total(self) -> int:
        return sum(count.present for count in self.counts)

    @property
    def silent(self) -> int:
        return sum(count.silent for count in self.counts)

    @property
    def versions(self) -> Mapping[str, int]:
        """Units per version text, over all products and hardware asked for."""
        sums: Counter[str] = Counter()
        for count in self.counts:
            sums[count.bucket.version] += count.present
        return sums


@dataclass(frozen=True)
class Seen:
    """One product or all of them today. `heard`: how many units gave their latest sign on which day, oldest
    first."""

    standing: Standing
    heard: tuple[tuple[date, int], ...]
    silence: int


@dataclass(frozen=True)
class Page:
    """Which part of a list: `limit` rows that follow the row `after`."""

    after: str = ""
    limit: int = 100


@dataclass(frozen=True)
class UnitPage:
    """Units in the order of their ids; `next` asks for the rows that follow, None at the end."""

    units: tuple[Unit, ...]
    next: Page | None


@dataclass(frozen=True)
class UnitHistory:
    """A unit and every observation of it, oldest first."""

    unit: Unit
    observations: tuple[Observation, ...]


def curve(
    subject: Subject,
    products: Sequence[str],
    *,
    since: date,
    until: date | None = None,
    source: str = "",
) -> tuple[Standing, ...]:
    """How the units of these products stood at the end of each day. Ends today at the latest: what is
    known of tomorrow is only who would be silent by then. With `source` as if only that one had spoken;
    then the observations are counted anew, which takes about as long as reading them."""
    permits.require(subject, "fleet.read")
    store = access.store()
    today = _today(store)
    last = min(until or today, today)
    if last < since:
        return ()
    if source:
        return _summed(store.rollup_of(products, source), since, last)
    days = store.curve(products, since, last)
    return tuple(Standing(day, tuple(counts)) for day, counts in days.items())


def _summed(rollup: Rollup, since: date, last: date) -> tuple[Standing, ...]:
    """The end of each day from counters, kept or counted anew."""
    changes: dict[int, list[tuple[Bucket, list[int]]]] = {}
    for (day, bucket), counts in rollup.items():
        changes.setdefault(max(day, since.toordinal()), []).append((bucket, counts))
    sums: dict[Bucket, list[int]] = {}
    standings = []
    for day in range(since.toordinal(), last.toordinal() + 1):
        for bucket, counts in changes.get(day, ()):
            pair = sums.setdefault(bucket, [0, 0])
            pair[0] += counts[0]
            pair[1] += counts[1]
        counted = tuple(Count(bucket, *pair) for bucket, pair in sorted(sums.items()) if any(pair))
        standings.append(Standing(date.fromordinal(day), counted))
    return tuple(standings)


def failed(subject: Subject, products: Sequence[str]) -> Mapping[date, Mapping[Bucket, int]]:
    """Units that said that their update failed, as noted by day."""
    permits.require(subject, "fleet.read")
    return access.store().failed(products)


def sources(subject: Subject, products: Sequence[str]) -> Mapping[str, int]:
    """Who spoke last of how many units."""
    permits.require(subject, "fleet.read")
    return access.store().sources(products)


def standing(subject: Subject, products: Sequence[str]) -> Standing:
    """How the units of these products stand now."""
    permits.require(subject, "fleet.read")
    store = access.store()
    return _standing(store, products, _today(store))


def overview(subject: Subject) -> Seen:
    """Everything that was ever seen: how it stands now, and when its units gave their latest sign."""
    permits.require(subject, "fleet.read")
    store = access.store()
    names = sorted({bucket.product for bucket in store.buckets()})
    now = _standing(store, names, _today(store))
    return Seen(now, tuple(store.heard(names).items()), store.settings().silence)


def seen(subject: Subject, product: str) -> Seen:
    """The distribution of one product now, and when its units were last seen."""
    permits.require(subject, "fleet.read")
    store = access.store()
    now = _standing(store, [product], _today(store))
    return Seen(now, tuple(store.heard([product]).items()), store.settings().silence)


def units(
    subject: Subject,
    product: str,
    *,
    version: str | None = None,
    silent: bool | None = None,
    page: Page | None = None,
) -> UnitPage:
    """Units of a product, of one version text or of all, silent or not or both."""
    permits.require(subject, "fleet.read")
    store, page = access.store(), page or Page()
    limit = min(max(page.limit, 1), MAX_PAGE)
    wanted = UnitFilter([product], version=version, is_silent=silent, after=page.after, limit=limit + 1)
    found = tuple(store.units(wanted, today=_today(store)))
    following = Page(found[limit - 1].unit, limit) if len(found) > limit else None
    return UnitPage(found[:limit], following)


def unit_history(subject: Subject, unit: str) -> UnitHistory:
    """A unit with its past. Raises NOTHING_HERE."""
    permits.require(subject, "fleet.read")
    store = access.store()
    found = store.unit(unit, today=_today(store))
    if found is None:
        raise permits.NOTHING_HERE()
    return UnitHistory(found, tuple(store.history(unit)))


def products(subject: Subject) -> tuple[str, ...]:
    """Every product text ever reported."""
    permits.require(subject, "fleet.read")
    return tuple(sorted({bucket.product for bucket in access.store().buckets()}))


def unknown_versions(subject: Subject, is_known: Callable[[Bucket], bool]) -> tuple[Count, ...]:
    """Texts the catalogue does not know, with the units that stand there now, the most first."""
    permits.require(subject, "fleet.read")
    store = access.store()
    now = _standing(store, sorted({bucket.product for bucket in store.buckets()}), _today(store))
    return tuple(sorted(_unknown(now.counts, is_known), key=lambda count: (-count.present, count.bucket)))


def _unknown(counts: Iterable[Count], is_known: Callable[[Bucket], bool]) -> list[Count]:
    return [count for count in counts if not is_known(count.bucket)]


def _standing(store: Store, products: Sequence[str], day: date) -> Standing:
    return Standing(day, tuple(store.curve(products, day, day)[day]))


def _today(store: Store) -> date:
    return clock.today(ZoneInfo(store.settings().zone))
