"""Page times with 10,000 cases: server side, through the whole stack, in a folder of its own.

    .venv/bin/python benchmarks/pages.py [--cases 10000] [--rounds 60]

Seeds a SQLite installation (or the one OKIAGARI_DATABASE_URL names, which must be empty), signs a team member
in and asks for each page many times. Prints median, 95th percentile and the number of queries.
"""

import argparse
import os
import random
import statistics
import tempfile
import time
from datetime import timedelta
from pathlib import Path
from typing import Any

PAGES = (
    "/", "/cases/", "/cases/?from=2500", "/cases/?level=high&sort=opened", "/cases/?text=0042",
    "/cases/{case}/", "/cases/{case}/timeline/", "/reports/", "/products/", "/advisories/",
    "/search/?q=router",
)  # fmt: skip
STEPS = ("received", "first_judgement", "investigation", "plan", "publication", "reach", "lessons")


def seed(count: int) -> str:
    """Cases with everything lists and pages read. Returns the number of one that can be seen."""
    from django.db import transaction

    from okiagari.cases.models import Case, Obligation, Task, Vulnerability
    from okiagari.catalog.models import Product
    from okiagari.desk import people
    from okiagari.desk.models import Grant, Scope
    from okiagari.desk.subjects import SYSTEM
    from okiagari.flow.models import Position, Wait
    from okiagari.plumbing import clock, ids
    from okiagari.standards.localtext import LocalText

    chance = random.Random(1)
    now = clock.now()
    team = people.make_team(SYSTEM, "psirt", kind="psirt", name=LocalText.of(ja="対策チーム", en="Team"))
    other = people.make_team(SYSTEM, "csirt", kind="csirt", name=LocalText.of(ja="CSIRT", en="CSIRT"))
    people.make_person(
        SYSTEM,
        "bench",
        name=LocalText.of(en="Bench"),
        roles=["member"],
        teams=["psirt"],
        password="bench-password",
    )
    with transaction.atomic():
        scopes = Scope.objects.bulk_create([Scope(kind="case", created_at=now) for _ in range(count)])
        mine = [scope for scope in scopes if chance.random() < 0.8]
        Grant.objects.bulk_create(
            [Grant(scope=scope, principal_id=team.principal_id, level=30, granted_at=now) for scope in mine]
            + [
                Grant(scope=scope, principal_id=other.principal_id, level=20, granted_at=now)
                for scope in scopes
            ]
        )
        cases = Case.objects.bulk_create(
            [
                Case(
                    scope=scope,
                    public_id=f"OKI-26-{number:05d}",
                    title=LocalText.of(
                        ja=f"見本の案件 {number:05d} ルーター", en=f"Sample case {number:05d} router"
                    ),
                    kinds=["product"],
                    opened_at=now - timedelta(hours=number),
                    closed_at=now if number % 3 else None,
                )
                for number, scope in enumerate(scopes)
            ]
        )
        Vulnerability.objects.bulk_create(
            [
                Vulnerability(case=case, scope=case.scope, public_id=ids.fresh("VUL", 8), title=case.title)
                for case in cases
            ]
        )
        opened = [case for case in cases if case.closed_at is None]
        Task.objects.bulk_create(
            [
                Task(
                    case=case,
                    scope=case.scope,
                    public_id=ids.fresh("TSK", 8),
                    title=case.title,
                    team=team,
                    made_at=now,
                    due_at=now + timedelta(hours=chance.randrange(-100, 500)),
                )
                for case in opened
            ]
        )
        Obligation.objects.bulk_create(
            [
                Obligation(
                    case=case,
                    scope=case.scope,
                    public_id=ids.fresh("CLK", 8),
                    rule="acknowledge_report",
                    anchor_at=now,
                    due_at=now + timedelta(hours=chance.randrange(1, 900)),
                )
                for case in opened
            ]
        )
        Position.objects.bulk_create(
            [
                Position(
                    case=case,
                    scope=case.scope,
                    step=chance.choice(STEPS) if case.closed_at is None else "closed",
                    level=chance.choice(("low", "medium", "high", "severe", "")),
                    is_open=case.closed_at is None,
                    due_at=now + timedelta(hours=chance.randrange(-100, 900))
                    if case.closed_at is None
                    else None,
                    opened_at=case.opened_at,
                    changed_at=now,
                )
                for case in cases
            ]
        )
        Wait.objects.bulk_create(
            [
                Wait(
                    scope=case.scope,
                    stream_kind="case",
                    stream_key=case.public_id,
                    principal_id=team.principal_id,
                    code="task",
                    text="%(title)s",
                    parameters={"title": case.title.to_json(), "matter": case.title.to_json()},
                    due_at=now + timedelta(hours=chance.randrange(-100, 900)),
                    since=now,
                )
                for case in opened
            ]
        )
        Product.objects.bulk_create(
            [
                Product(
                    model=f"BX-{number:04d}",
                    slug=f"bx-{number:04d}",
                    names=LocalText.of(ja=f"見本 {number}", en=f"Sample {number}"),
                )
                for number in range(2_000)
            ]
        )
    visible = {scope.pk for scope in mine}
    return next(str(case.public_id) for case in opened if case.scope_id in visible)


def measure(client: Any, path: str, rounds: int) -> tuple[float, float, int]:
    """Median and 95th percentile in milliseconds, and the number of queries."""
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    with CaptureQueriesContext(connection) as queries:
        answer = client.get(path)
    count = len(queries)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}")
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        client.get(path)
        times.append((time.perf_counter() - start) * 1000)
    times.sort()
    return statistics.median(times), times[int(len(times) * 0.95) - 1], count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--cases", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=60)
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
        start = time.perf_counter()
        case = seed(options.cases)
        print(f"{options.cases} cases seeded in {time.perf_counter() - start:.1f} s in {Path(folder).name}")
        client = Client()
        client.post("/account/login/", {"login": "bench", "password": "bench-password"})
        print(f"{'page':46} {'median':>9} {'p95':>9} {'queries':>8}")
        for page in PAGES:
            path = page.format(case=case)
            median, high, queries = measure(client, path, options.rounds)
            print(f"{path:46} {median:6.1f} ms {high:6.1f} ms {queries:8d}")


if __name__ == "__main__":
    main()
