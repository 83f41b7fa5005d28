"""The grid at 200 products x 10 vulnerabilities: opening it and setting every cell, through the whole stack.

    .venv/bin/python benchmarks/grid.py [--products 200] [--vulnerabilities 10] [--rounds 12]

Makes a maker's catalogue (lines of four models each, components, five teams), a case with the rows of a
frozen rule, groups by firmware line, and severity per product; signs a member in and asks for the page
as a browser does. Prints medians by the clock and of the processor, and how many queries each takes.
"""

import argparse
import os
import statistics
import tempfile
import time
from collections.abc import Callable
from typing import Any

ANSWERS = {
    "reach": "internet", "success": "always", "data": "none", "others": "none", "exposure": "shipped",
}  # fmt: skip


def seed(products: int, vulnerabilities: int) -> str:
    """A case with its grid. Returns its number."""
    from okiagari.cases import actions as cases
    from okiagari.catalog import actions as catalog
    from okiagari.desk import people
    from okiagari.desk.subjects import SYSTEM, Door
    from okiagari.standards.localtext import LocalText
    from okiagari.triage import actions as triage

    for key, kind in (("psirt", "psirt"), *((f"team-{number}", "development") for number in range(5))):
        people.make_team(SYSTEM, key, kind=kind, name=LocalText.of(ja=key, en=key))
    name = LocalText.of(en="Bench")
    people.make_person(
        SYSTEM, "bench", name=name, roles=["member"], teams=["psirt"], password="bench-password"
    )
    lines = max(1, products // 4)
    catalog.import_catalogue(
        SYSTEM,
        {
            "lines": [
                {
                    "key": f"line-{number}",
                    "releases": [{"text": f"1.{release:02}"} for release in range(6)],
                    "components": [{"name": "wpa_supplicant", "version": "2.4"}],
                }
                for number in range(lines)
            ],
            "products": [
                {
                    "model": f"WN-{number:04}",
                    "names": {"ja": f"無線ルータ {number}", "en": f"Wireless router {number}"},
                    "family": f"WN-{number // 8}",
                    "category": "router",
                    "team": f"team-{number % 5}",
                    "targets": [{"line": f"line-{number % lines}"}],
                }
                for number in range(products)
            ],
        },
    )
    member = people.named("bench", Door.WEB)
    case = cases.open_case(member, title=LocalText.of(ja="WPA2の脆弱性", en="WPA2"), kinds=("product",))
    for number in range(vulnerabilities):
        title = LocalText.of(ja=f"鍵の再設定 {number}", en=f"Key reinstallation {number}")
        cases.add_vulnerability(member, case, title=title, cve=f"CVE-2017-{13077 + number}")
    triage.freeze_rows(member, case, rule={"component": "wpa_supplicant"})
    triage.judge(member, case, stage="final", answers=ANSWERS, level="severe", reason="x")
    quiet = [f"WN-{number:04}" for number in range(0, products, 3)]
    triage.judge(member, case, stage="final", answers=ANSWERS, level="low", reason="x", targets=quiet)
    return case


def timed(call: Callable[[], Any], rounds: int) -> tuple[float, float]:
    """Medians in milliseconds: by the clock on the wall, and of the processor."""
    walls, works = [], []
    for _ in range(rounds):
        begun, worked = time.perf_counter(), time.process_time()
        call()
        works.append((time.process_time() - worked) * 1000)
        walls.append((time.perf_counter() - begun) * 1000)
    return statistics.median(walls), statistics.median(works)


def counted(call: Callable[[], Any]) -> int:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        call()
    return len(queries)


def report(client: Any, case: str, rounds: int) -> None:
    from okiagari.desk import people
    from okiagari.desk.subjects import Door
    from okiagari.triage import actions as triage
    from okiagari.triage import queries

    member = people.named("bench", Door.WEB)
    page = f"/cases/{case}/products/"

    def opened() -> Any:
        answer = client.get(page)
        assert answer.status_code == 200, answer.status_code
        return answer

    def shown(what: str, call: Callable[[], Any], many: int = rounds) -> None:
        wall, work = timed(call, many)
        print(f"{what:58} {wall:8.1f} ms {work:8.1f} ms {counted(call):6d} queries")

    size = len(opened().content)
    shown("the page, all undecided", opened)
    cells = list(queries.grid(member, case).cells)
    states = iter(("investigating", "not_affected") * (rounds + 9))

    def set_all() -> None:
        answer = client.post(
            f"{page}decide/",
            {
                "cells": [f"{target}|{flaw}" for target, flaw in cells],
                "state": next(states),
                "justification": "component_not_present",
                "reason": "looked",
                "version": queries.grid_version(member, case),
            },
        )
        assert answer.status_code == 302, answer.content[:2000]

    shown(f"{len(cells)} cells set in one request", set_all, min(rounds, 6))
    shown("the page, all decided", opened)
    triage.group_rows(member, case, by="line")
    shown("the page, rows in groups by firmware line", opened)
    shown("the page, filtered to one team's undecided", lambda: client.get(f"{page}?team=team-1&state=open"))
    version = queries.grid_version(member, case)
    shown(
        "asking whether anything changed (nothing did)", lambda: client.get(f"{page}changes/?since={version}")
    )
    shown("the grid as CSV", lambda: client.get(f"{page}table/"))
    print(f"the page has {size / 1000:.0f} kB before compression")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--products", type=int, default=200)
    parser.add_argument("--vulnerabilities", type=int, default=10)
    parser.add_argument("--rounds", type=int, default=12)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="okiagari-bench-") as folder:
        os.environ["OKIAGARI_DATA"] = folder
        os.environ["OKIAGARI_HOSTS"] = "testserver"
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okiagari.config.settings")
        import django

        django.setup()
        from django.core.management import call_command
        from django.test import Client

        call_command("migrate", verbosity=0)
        call_command("collectstatic", interactive=False, verbosity=0)
        case = seed(options.products, options.vulnerabilities)
        client = Client()
        client.post("/account/login/", {"login": "bench", "password": "bench-password"})
        print(f"{options.products} x {options.vulnerabilities}{'wall':>58} {'processor':>11}")
        report(client, case, options.rounds)


if __name__ == "__main__":
    main()
