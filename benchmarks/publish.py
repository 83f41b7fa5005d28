"""From the approver's yes to every format live: how long, on this machine, in a folder of its own?

    python benchmarks/publish.py                     30 advisories are public already, then one more
    python benchmarks/publish.py --advisories 200

Everything goes through the real actions: the grid, the measures, the words, the approval, the switch of
the tree. Afterwards the whole site is rendered anew, which must grow linearly. SQLite, one process.
Leaves nothing behind.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

LIMIT_MS = 2000


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--advisories", type=int, default=30, help="public before the first measurement")
    parser.add_argument("--rounds", type=int, default=5, help="how many to publish and measure")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="okiagari-bench-") as folder:
        stand_up(Path(folder))
        maker = Maker()
        for number in range(chosen.advisories):
            maker.publish(maker.drafted(number))
            print(f"\r{number + 1} public", end="", file=sys.stderr)
        print(file=sys.stderr)
        first = chosen.advisories
        waits = [maker.publish(maker.drafted(first + number)) for number in range(chosen.rounds)]
        rebuilt = rebuild(Path(folder) / "out")
    return report(chosen.advisories + chosen.rounds, waits, rebuilt)


def stand_up(folder: Path) -> None:
    """An empty installation in this folder."""
    for name in [name for name in os.environ if name.startswith("OKIAGARI_")]:
        del os.environ[name]
    os.environ["OKIAGARI_DATA"] = str(folder)
    os.environ["DJANGO_SETTINGS_MODULE"] = "okiagari.config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)


class Maker:
    """A maker with one router, somebody who writes and somebody who approves."""

    def __init__(self) -> None:
        from okiagari.catalog import actions as catalog
        from okiagari.desk import people
        from okiagari.desk.subjects import SYSTEM, Door, Role

        people.make_organisation(
            SYSTEM, "maker", kind="maker", name=self.text("製造元", "Maker"), contact="psirt@maker.example"
        )
        for key in ("psirt", "approvers"):
            people.make_team(SYSTEM, key, kind=key, name=self.text(key, key))
        people.make_person(SYSTEM, "writer", name=self.text("w", "w"), roles=[Role.MEMBER], teams=["psirt"])
        people.make_person(
            SYSTEM, "approver", name=self.text("a", "a"), roles=[Role.APPROVER], teams=["approvers"]
        )
        catalog.import_catalogue(SYSTEM, self.catalogue())
        self.writer = people.named("writer", Door.WEB)
        self.approver = people.named("approver", Door.WEB)

    @staticmethod
    def text(ja: str, en: str) -> Any:
        from okiagari.standards.localtext import LocalText

        return LocalText.of(ja=ja, en=en)

    @staticmethod
    def catalogue() -> dict[str, object]:
        releases = [
            {"text": "1.02"},
            {"text": "1.03", "url": "https://maker.example/103.zip", "sha256": "ab" * 32},
        ]
        line = {
            "key": "router",
            "how_to_apply": {"ja": "設定画面から更新", "en": "On the settings page"},
            "releases": releases,
        }
        return {"lines": [line], "products": [{"model": f"R-{n}", "line": "router"} for n in range(8)]}

    def drafted(self, number: int) -> str:
        """A case of eight products, all fixed in 1.03, and its advisory, complete and submitted."""
        from okiagari.cases import actions as cases
        from okiagari.disclose import actions as disclose
        from okiagari.standards.firmware_order import Range
        from okiagari.triage import actions as triage

        title = self.text(f"脆弱性 {number}", f"Vulnerability {number}")
        case = cases.open_case(self.writer, title=title, kinds=["product"])
        flaw = cases.add_vulnerability(
            self.writer, case, title=title, description=title, impact=title, cve=f"CVE-2031-{1000 + number}"
        )
        triage.freeze_rows(self.writer, case, rule={"line": "router"})
        verified = {"who": "team", "on": "1.03", "how": "probe"}
        change = triage.CellChange(
            "fixed", Range.before("1.03"), fixed_in=("router", "1.03"), verification=verified
        )
        cells = [(f"R-{n}", flaw) for n in range(8)]
        triage.decide(self.writer, case, cells=cells, change=change)
        advisory = disclose.draft(self.writer, cases=[case], title=title, tracking_id=f"SA-{number:04d}")
        disclose.write(self.writer, advisory, summary=title)
        disclose.submit(self.writer, advisory)
        return advisory

    def publish(self, advisory: str) -> float:
        """Approve and publish; milliseconds from the yes to the switch."""
        from okiagari.disclose import actions as disclose
        from okiagari.disclose import queries

        seal = queries.snapshot_now(self.approver, advisory).sha256
        with stopwatch() as taken:
            disclose.approve(self.approver, advisory, snapshot=seal)
            disclose.publish(self.writer, advisory)
        return taken[0]


def rebuild(out: Path) -> float:
    from okiagari.disclose import site

    with stopwatch() as taken:
        site.build(out)
    return taken[0]


@contextmanager
def stopwatch() -> Iterator[list[float]]:
    taken: list[float] = []
    start = time.perf_counter()
    yield taken
    taken.append((time.perf_counter() - start) * 1000)


def report(public: int, waits: list[float], rebuilt: float) -> int:
    worst = max(waits)
    print(f"approve -> every format live: median {statistics.median(waits):.0f} ms, worst {worst:.0f} ms")
    print(
        f"whole site of {public} advisories rendered anew: {rebuilt:.0f} ms, {rebuilt / public:.1f} ms each"
    )
    return 0 if worst < LIMIT_MS else 1


if __name__ == "__main__":
    sys.exit(main())
