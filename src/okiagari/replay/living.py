"""The units of the demo go on living: they check in at the device door, and take a fix once it is published.

In: the fleet that the replays left behind, the published site. Out: check-ins over HTTP, as any unit sends
them. It starts no Django, writes no row itself and knows nothing that is not public; only `okiagari demo`
runs it. A unit that had fallen silent stays silent.
"""

import json
import random
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, timedelta
from pathlib import Path

from okiagari.fleet import keys
from okiagari.fleet.stores import Store, open_store
from okiagari.plumbing import clock

PAUSE_SECONDS = 4.0
PATIENCE_SECONDS = 5.0
AT_ONCE = 6
STILL_SEEN = timedelta(days=8)


@dataclass(frozen=True)
class Offer:
    """A product, the advisory (file name on the site) that tells of its fix, and the version that fixes it.

    `taking`: the share of those that check in which update by then.
    """

    product: str
    seed: int
    units: int
    advisory: str
    fixed: str
    taking: float


OFFERS = (
    Offer("SN-2", 3, 240, "sample-sa-sn2", "sn2_1.1.0", 0.8),
    Offer("WFS-SR01", 1, 900, "sample-sa-2016-005", "V1.11", 0.15),
    Offer("TS-WRLP", 5, 420, "sample-sa-2017-010", "ts-1.02.00", 0.25),
)


@dataclass
class Herd:
    """The units of one offer that are still heard of, with what each runs."""

    offer: Offer
    running: dict[str, str] = field(default_factory=dict)

    def step(self, chance: random.Random, *, is_published: bool) -> Iterator[dict[str, str]]:
        """What a handful of units say now; some of them have taken the fix since they were last heard."""
        names = sorted(self.running)
        for name in chance.sample(names, min(AT_ONCE, len(names))):
            if is_published and chance.random() < self.offer.taking:
                self.running[name] = self.offer.fixed
            yield {"unit": name, "product": self.offer.product, "version": self.running[name]}


def herd(store: Store, offer: Offer, today: date) -> Herd:
    """The units that the replay of this offer made and that were seen lately."""
    found = Herd(offer)
    for number in range(offer.units):
        name = f"{offer.product.replace('/', '-')}-{offer.seed:02d}{number:05d}"
        unit = store.unit(name, today=today)
        if unit is not None and today - unit.last_seen.date() <= STILL_SEEN:
            found.running[name] = unit.bucket.version
    return found


def is_published(site: Path, offer: Offer) -> bool:
    """Whether owners can read of the fix."""
    return any(
        (site / "current" / language / f"{offer.advisory}.html").is_file() for language in ("ja", "en")
    )


def live(address: str, key: bytes, herds: Iterable[Herd], site: Path) -> None:
    """Check in, rest, check in again, until ended."""
    chance = random.Random()  # noqa: S311 - units of a demo, not a secret
    told = list(herds)
    while True:
        for each in told:
            for said in each.step(chance, is_published=is_published(site, each.offer)):
                send(address, keys.token_for(key, said["unit"], 1), said)
        time.sleep(PAUSE_SECONDS)


def send(address: str, token: str, said: dict[str, str]) -> bool:
    """One check-in. A door that does not answer is tried again by the next one."""
    request = urllib.request.Request(  # noqa: S310 - our own door on loopback
        address,
        data=json.dumps(said).encode(),
        headers={"Authorization": f"TargetToken {token}", "Content-Type": "application/json"},
    )
    try:
        with urllib.request.urlopen(request, timeout=PATIENCE_SECONDS) as answer:  # noqa: S310
            return bool(answer.status == 202)
    except (urllib.error.URLError, OSError):
        return False


def main(place: str, key_file: str, site: str, address: str) -> None:
    """Bring the demo's units to life, as the supervisor of a demo asks."""
    store = open_store(place)
    try:
        herds = [herd(store, offer, clock.now().date()) for offer in OFFERS]
    finally:
        store.close()
    live(address, keys.read_key(Path(key_file)), herds, Path(site))


if __name__ == "__main__":
    main(*sys.argv[1:])
