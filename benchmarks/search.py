"""Search over 50,000 documents, in Japanese and English: the query itself, as somebody in most scopes.

    .venv/bin/python benchmarks/search.py [--documents 50000] [--rounds 40]

Seeds a SQLite installation (or the one OKIAGARI_DATABASE_URL names, which must be empty) with documents of
the length of a case file, one scope each, a fifth of them closed to who asks. Prints median and 95th
percentile of the question to the database, and of all that the page asks for: the hits, how many there are of
each kind, the texts of those shown with what was asked for marked.
"""

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable
from typing import Any

QUERIES = (
    ("認証回避", "a Japanese word, a few hundred hits"),
    ("漏洩", "two characters"),
    ("ﾊﾞｯﾌｧｵｰﾊﾞｰﾌﾛｰ", "half-width katakana"),
    ("ＣＶＥ－２０１６－７８０６", "an id in full width"),
    ("WFS-SR01", "a model number"),
    ("認証回避 WFS-SR01", "two words"),
    ('"shipping stop"', "a phrase"),
    ("ルーター", "a word in every fifth document"),
)
COMMON = [
    "無線",
    "機器",
    "設定",
    "画面",
    "更新",
    "利用者",
    "確認",
    "版数",
    "手順",
    "通信",
    "装置",
    "管理",
    "対象",
    "製品",
    "影響",
    "調査",
    "対策",
    "公表",
    "窓口",
    "連絡",
]
RARE = ("認証回避", "漏洩", "バッファオーバーフロー", "WFS-SR01", "shipping stop")
LATIN = [
    "device",
    "setting",
    "update",
    "user",
    "firmware",
    "version",
    "network",
    "product",
    "affected",
    "fix",
    "workaround",
    "report",
]


def text(chance: random.Random, number: int) -> str:
    """About 600 characters, of both languages."""
    words = [chance.choice(COMMON if chance.random() < 0.7 else LATIN) for _ in range(150)]
    words += [word for word in RARE if chance.random() < 0.01]
    if chance.random() < 0.2:
        words.append("ルーター")
    chance.shuffle(words)
    return "".join(words[:90]) + " ".join(words[90:]) + f" CVE-2016-{number % 9000:04d}"


def seed(count: int) -> Any:
    """The documents; returns the reach of somebody who is in four scopes of five."""
    from django.db import connection, transaction

    from okiagari.desk import people
    from okiagari.desk.models import Grant, Scope
    from okiagari.desk.subjects import SYSTEM, Door, Role
    from okiagari.flow import finding
    from okiagari.plumbing import clock, search
    from okiagari.standards.localtext import LocalText

    chance, now = random.Random(1), clock.now()
    team = people.make_team(SYSTEM, "psirt", kind="psirt", name=LocalText.of(en="Team"))
    people.make_person(SYSTEM, "bench", name=LocalText.of(en="B"), roles=[Role.MEMBER], teams=["psirt"])
    with transaction.atomic():
        scopes = Scope.objects.bulk_create([Scope(kind="case", created_at=now) for _ in range(count)])
        Grant.objects.bulk_create(
            Grant(scope=scope, principal_id=team.principal_id, level=30, granted_at=now)
            for scope in scopes
            if chance.random() < 0.8
        )
        for start in range(0, count, 2000):
            things = {}
            for number, scope in list(enumerate(scopes))[start : start + 2000]:
                said = text(chance, number)
                title = LocalText.of(ja=f"見本の案件 {number}", en=f"Sample {number}")
                things[f"OKI-26-{number:05d}"] = (
                    search.Document(title, said, "cases.read", now, (scope.pk,)),
                )
            search.put_many("case", things)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return finding.reach(people.named("bench", Door.WEB))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else "")
    parser.add_argument("--documents", type=int, default=50_000)
    parser.add_argument("--rounds", type=int, default=40)
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="okiagari-bench-") as folder:
        os.environ["OKIAGARI_DATA"] = folder
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okiagari.config.settings")
        import django

        django.setup()
        from django.core.management import call_command
        from django.db import connection

        from okiagari.engines import grams
        from okiagari.plumbing import search
        from okiagari.plumbing.search import reading

        call_command("migrate", verbosity=0)
        start = time.perf_counter()
        reach = seed(options.documents)
        seconds = time.perf_counter() - start
        print(f"{options.documents} documents indexed in {seconds:.1f} s on {connection.vendor}")
        print(f"{'query':34} {'index ms':>9} {'all ms':>9} {'p95 ms':>9} {'hits':>7}")
        for query, what in QUERIES:
            asked = grams.parse(query)
            index, _ = timed(
                lambda asked=asked: reading._newest(reading._within(reach), asked), options.rounds
            )  # type: ignore[misc]
            whole, p95 = timed(lambda query=query: search.found(query, reach), options.rounds)  # type: ignore[misc]
            hits = sum(search.found(query, reach).counts.values())
            print(f"{what:34} {index:9.2f} {whole:9.2f} {p95:9.2f} {hits:7}")


def timed(act: Callable[[], object], rounds: int) -> tuple[float, float]:
    """Median and 95th percentile in milliseconds."""
    times = []
    for _ in range(rounds):
        start = time.perf_counter()
        act()
        times.append((time.perf_counter() - start) * 1000)
    times.sort()
    return statistics.median(times), times[int(len(times) * 0.95) - 1]


if __name__ == "__main__":
    main()
