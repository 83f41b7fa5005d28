"""From the approver's yes to every format live, signed: how long, on this machine, in a folder of its own?

    python benchmarks/publish.py                      1,000 advisories are out, then five more, one by one
    python benchmarks/publish.py --advisories 250 --lines 1

One advisory per firmware line goes through the real actions: the grid, the measures, the words, the approval,
the switch of the tree. The rest are their snapshots under other numbers, dates and words, laid straight into
the tables; the tree of all of them is made once. Then advisories are published and measured, and the whole
site is rendered anew with a quarter, half and all of them, which must grow linearly. SQLite. Leaves nothing
behind. `--lines 1` is the worst case: every advisory names the same eight models.
"""

import argparse
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

LIMIT_MS = 2000
REBUILD_LIMIT_S = 180
MODELS = 8
"""Models of a firmware line: so many does each advisory name."""


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--advisories", type=int, default=1000, help="public before the first measurement")
    parser.add_argument("--rounds", type=int, default=5, help="how many to publish and measure")
    parser.add_argument("--lines", type=int, default=25, help="firmware lines of eight models each")
    parser.add_argument("--unsigned", action="store_true", help="without a key")
    chosen = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="okiagari-bench-") as folder:
        stand_up(Path(folder), is_signed=not chosen.unsigned)
        maker = Maker(chosen.lines)
        for number in range(chosen.lines):
            maker.publish(maker.drafted(number))
        clone(chosen.advisories - chosen.lines)
        say(f"{chosen.advisories} advisories; the tree of all of them ...")
        with stopwatch() as first:
            refreshed()
        say(f"... {first[0] / 1000:.1f} s")
        waits, phases = rounds(maker, chosen.advisories, chosen.rounds)
        rebuilt = [rebuild(Path(folder), share) for share in (4, 2, 1)]
        return report(waits, phases, rebuilt)


def say(text: str) -> None:
    print(text, file=sys.stderr, flush=True)


def stand_up(folder: Path, *, is_signed: bool) -> None:
    """An empty installation in this folder, with a key that signs."""
    for name in [name for name in os.environ if name.startswith("OKIAGARI_")]:
        del os.environ[name]
    os.environ["OKIAGARI_DATA"] = str(folder)
    os.environ["OKIAGARI_SITE_URL"] = "https://maker.example/security"
    os.environ["OKIAGARI_KEY_PASSPHRASE"] = "only of this measurement"
    os.environ["DJANGO_SETTINGS_MODULE"] = "okiagari.config.settings"
    import django

    django.setup()
    from django.core.management import call_command

    call_command("migrate", verbosity=0)
    if is_signed:
        from okiagari.disclose.keys import installed

        installed.holder().create("Maker PSIRT <psirt@maker.example>", timedelta(days=365))


class Maker:
    """A maker with so many firmware lines, somebody who writes and somebody who approves."""

    def __init__(self, lines: int) -> None:
        from okiagari.catalog import actions as catalog
        from okiagari.desk import people
        from okiagari.desk.subjects import SYSTEM, Door, Role

        people.make_organisation(
            SYSTEM, "maker", kind="maker", name=text("製造元", "Maker"), contact="psirt@maker.example"
        )
        for key in ("psirt", "approvers"):
            people.make_team(SYSTEM, key, kind=key, name=text(key, key))
        people.make_person(SYSTEM, "writer", name=text("w", "w"), roles=[Role.MEMBER], teams=["psirt"])
        people.make_person(
            SYSTEM, "approver", name=text("a", "a"), roles=[Role.APPROVER], teams=["approvers"]
        )
        catalog.import_catalogue(SYSTEM, catalogue(lines))
        self.lines = lines
        self.writer = people.named("writer", Door.WEB)
        self.approver = people.named("approver", Door.WEB)

    def drafted(self, number: int) -> str:
        """A case of the eight models of one line, all fixed in 1.03, and its advisory, submitted."""
        from okiagari.cases import actions as cases
        from okiagari.disclose import actions as disclose
        from okiagari.standards.firmware_order import Range
        from okiagari.triage import actions as triage

        line = f"line-{number % self.lines}"
        title = text(f"脆弱性 {number}", f"Vulnerability {number}")
        case = cases.open_case(self.writer, title=title, kinds=["product"])
        flaw = cases.add_vulnerability(
            self.writer, case, title=title, description=title, impact=title, cve=f"CVE-2031-{10000 + number}"
        )
        triage.freeze_rows(self.writer, case, rule={"line": line})
        verified = {"who": "team", "on": "1.03", "how": "probe"}
        change = triage.CellChange(
            "fixed", Range.before("1.03"), fixed_in=(line, "1.03"), verification=verified
        )
        cells = [(model, flaw) for model in models(number % self.lines)]
        triage.decide(self.writer, case, cells=cells, change=change)
        advisory = disclose.draft(self.writer, cases=[case], title=title, tracking_id=f"SA-{number:04d}")
        disclose.write(self.writer, advisory, summary=title)
        disclose.submit(self.writer, advisory)
        return advisory

    def publish(self, advisory: str) -> float:
        """Approve and publish; milliseconds from the yes until everything is done."""
        from okiagari.disclose import actions as disclose
        from okiagari.disclose import queries

        seal = queries.snapshot_now(self.approver, advisory).sha256
        with stopwatch() as taken:
            disclose.approve(self.approver, advisory, snapshot=seal)
            disclose.publish(self.writer, advisory)
        return taken[0]


def text(ja: str, en: str) -> Any:
    from okiagari.standards.localtext import LocalText

    return LocalText.of(ja=ja, en=en)


def models(line: int) -> list[str]:
    return [f"R{line:02d}-{number}" for number in range(MODELS)]


def catalogue(lines: int) -> dict[str, object]:
    releases = [
        {"text": "1.02"},
        {"text": "1.03", "url": "https://maker.example/103.zip", "sha256": "ab" * 32},
    ]
    how = {"ja": "設定画面から更新", "en": "On the settings page"}
    made = [{"key": f"line-{n}", "how_to_apply": how, "releases": releases} for n in range(lines)]
    products = [{"model": model, "line": f"line-{n}"} for n in range(lines) for model in models(n)]
    return {"lines": made, "products": products}


def clone(count: int) -> None:
    """So many more that are out: the snapshots of the real ones with other numbers, words, dates."""
    from django.db import transaction

    from okiagari.disclose.models import Publication

    real = list(Publication.objects.select_related("advisory", "snapshot"))
    with transaction.atomic():
        for number in range(count):
            lay(real[number % len(real)], number)


def lay(row: Any, number: int) -> None:
    from okiagari.disclose.models import Advisory, Publication, Snapshot
    from okiagari.disclose.rules import content
    from okiagari.standards.csaf import file_name

    advisory, snapshot = row.advisory, row.snapshot
    said = dict(snapshot.content, tracking_id=f"SB-{number:04d}")
    title = {"ja": f"以前の脆弱性 {number}", "en": f"Older vulnerability {number}"}
    said["words"] = dict(said["words"], title=title)
    cve = f"CVE-2030-{10000 + number}"
    said["vulnerabilities"] = [dict(each, cve=cve) for each in said["vulnerabilities"]]
    at = row.published_at - timedelta(days=1 + number)
    fields = {"scope": advisory.scope, "title": text(title["ja"], title["en"]), "state": "published"}
    names = {"tracking_id": said["tracking_id"], "file_name": file_name(said["tracking_id"])}
    copy = Advisory.objects.create(**fields, **names, kind=advisory.kind, made_at=at)
    sealed = Snapshot.objects.create(
        advisory=copy,
        content=said,
        sha256=content.sha256(content.read(said)),
        renderer=snapshot.renderer,
        made_at=at,
    )
    out = {"state": "published", "number": 1, "planned_at": at, "published_at": at, "summary": row.summary}
    Publication.objects.create(advisory=copy, snapshot=sealed, **out)


def refreshed() -> Any:
    from okiagari.disclose import site

    return site.refresh()


@dataclass
class Phases:
    """Wall and processor time spent in named functions; each is wrapped where it is looked up.

    A phase holds what it calls: `plan` holds digests, formats, verify and sign.
    """

    wall: dict[str, float] = field(default_factory=dict)
    processor: dict[str, float] = field(default_factory=dict)

    def watch(self, name: str, holder: Any, function: str) -> None:
        inner: Callable[..., Any] = getattr(holder, function)

        def timed(*args: Any, **kwargs: Any) -> Any:
            wall, processor = time.perf_counter(), time.process_time()
            try:
                return inner(*args, **kwargs)
            finally:
                self.add(name, time.perf_counter() - wall, time.process_time() - processor)

        setattr(holder, function, timed)

    def so_far(self) -> "Phases":
        return Phases(dict(self.wall), dict(self.processor))

    def add(self, name: str, wall: float, processor: float) -> None:
        self.wall[name] = self.wall.get(name, 0) + wall
        self.processor[name] = self.processor.get(name, 0) + processor


def rounds(maker: Maker, first: int, count: int) -> tuple[list[tuple[float, float, float]], Phases]:
    """Publishes so many one by one: yes to the switch, yes to all done, processor time, in ms; and where."""
    from okiagari.disclose import publisher
    from okiagari.disclose.site import formats, planning, tree, verify
    from okiagari.disclose.site.before import Before

    phases = Phases()
    switched: list[float] = []
    turn = tree.switch

    def switch(*args: Any) -> None:
        turn(*args)
        switched.append(time.perf_counter())

    tree.switch = switch
    for name, holder, function in (
        ("entries", publisher, "entries"),
        ("plan", planning, "plan"),
        ("formats", formats, "published"),
        ("digests", Before, "look_over"),
        ("verify", verify, "look"),
        ("sign", planning._Making, "provider"),
        ("write", tree, "write"),
        ("prune", tree, "prune"),
    ):
        phases.watch(name, holder, function)
    waits = []
    for number in range(count):
        advisory = maker.drafted(first + number)
        start, processor = time.perf_counter(), time.process_time()
        whole = maker.publish(advisory)
        used = (time.process_time() - processor) * 1000
        waits.append(((switched[-1] - start) * 1000, whole, used))
        say(f"published: {waits[-1][0]:.0f} ms to the switch, {whole:.0f} ms in all, processor {used:.0f} ms")
    return waits, phases.so_far()


def rebuild(folder: Path, share: int) -> tuple[int, float, float]:
    """All in a folder of its own, or a half or a quarter of them: how many, seconds, processor seconds."""
    from okiagari.disclose import publisher, site

    everything = publisher.entries
    publisher.entries = lambda *args: everything(*args)[::share]
    wall, used = time.perf_counter(), _processor()
    built = site.build(folder / f"out-{share}")
    publisher.entries = everything
    say(f"rebuilt {built.advisories}: {time.perf_counter() - wall:.1f} s")
    return built.advisories, time.perf_counter() - wall, _processor() - used


def _processor() -> float:
    """Of this process and those it started and saw end."""
    taken = os.times()
    return taken.user + taken.system + taken.children_user + taken.children_system


@contextmanager
def stopwatch() -> Iterator[list[float]]:
    taken: list[float] = []
    start = time.perf_counter()
    yield taken
    taken.append((time.perf_counter() - start) * 1000)


def report(
    waits: list[tuple[float, float, float]], phases: Phases, rebuilt: list[tuple[int, float, float]]
) -> int:
    switch, whole = [each[0] for each in waits], [each[1] for each in waits]
    print(f"yes -> every format live: median {statistics.median(switch):.0f} ms, worst {max(switch):.0f} ms")
    used = statistics.median(each[2] for each in waits)
    print(f"yes -> old trees gone, row marked: {statistics.median(whole):.0f} ms, processor {used:.0f} ms")
    print("per publication, ms (wall / processor):")
    for name, wall in phases.wall.items():
        print(f"  {name:8} {wall * 1000 / len(waits):7.0f} {phases.processor[name] * 1000 / len(waits):7.0f}")
    print("the whole site rendered anew:")
    for count, wall, processor in rebuilt:
        each = wall * 1000 / count
        print(f"  {count:5} advisories {wall:6.1f} s, {each:.1f} ms each; processor {processor:.1f} s")
    is_fast = statistics.median(switch) < LIMIT_MS and rebuilt[-1][1] < REBUILD_LIMIT_S
    return 0 if is_fast else 1


if __name__ == "__main__":
    sys.exit(main())
