"""Contents by hand, for rules and renderers: small, and different in one thing from test to test."""

from datetime import UTC, datetime
from typing import Any

from okiagari.disclose.rules.content import (
    Content,
    Measure,
    Product,
    Publisher,
    Release,
    Score,
    Status,
    Successor,
    Vulnerability,
    Words,
)
from okiagari.disclose.site.entries import Edition, Entry, Site

AT = datetime(2015, 8, 18, 1, 0, tzinfo=UTC)
SITE = Site(
    "https://maker.example/security",
    "Asia/Tokyo",
    Publisher(key="maker", name={"ja": "製造元", "en": "Maker"}, website="https://maker.example/"),
)


def both(ja: str, en: str = "") -> dict[str, str]:
    return {"ja": ja, "en": en or ja}


def content(**changes: Any) -> Content:
    """One product, one flaw, affected in all versions, fixed in 1.03, complete in both languages."""
    given: dict[str, Any] = {
        "tracking_id": "SA-2015-001",
        "languages": ["ja", "en"],
        "publisher": SITE.publisher,
        "words": Words(
            title=both("題名", "Title"),
            summary=both("要約", "Summary"),
            description=both("説明", "Description"),
            impact=both("影響", "Impact"),
            contact=both("窓口", "Desk"),
        ),
        "products": [product("A-1")],
        "vulnerabilities": [flaw()],
        "statuses": [status("A-1", "fixed", range={"form": "before", "high": "1.03"}, fixed_in="1.03")],
        "releases": [release("1.03")],
    }
    return Content(**{**given, **changes})


def product(key: str, **more: Any) -> Product:
    return Product(**{"key": key, "model": key, "line": "line", "names": both("ルーター", "Router"), **more})


def flaw(number: int = 1, **more: Any) -> Vulnerability:
    score = Score(
        system="cvss",
        version="2.0",
        vector="AV:N/AC:L/Au:N/C:N/I:N/A:P",
        value="5.0",
        severity="medium",
        source="jvn",
    )
    return Vulnerability(
        **{
            "id": f"VUL-{number}",
            "title": both("欠陥", "Flaw"),
            "scores": [score],
            "cve": "CVE-2015-2984",
            **more,
        }
    )


def status(key: str, state: str, **more: Any) -> Status:
    return Status(**{"product": key, "vulnerability": "VUL-1", "state": state, **more})


def release(text: str, **more: Any) -> Release:
    return Release(
        **{
            "line": "line",
            "text": text,
            "url": "https://maker.example/1.zip",
            "sha256": "ab" * 32,
            "how_to_apply": both("更新", "Update"),
            **more,
        }
    )


def measure(kind: str, *keys: str, **more: Any) -> Measure:
    return Measure(
        **{
            "id": f"MEA-{kind}",
            "kind": kind,
            "text": both("お願い", "Please"),
            "products": list(keys),
            **more,
        }
    )


def successor(model: str, **more: Any) -> Successor:
    return Successor(**{"model": model, "names": both("後継", "Next"), "is_not_affected": True, **more})


def entry(said: Content | None = None, *, editions: int = 1, withdrawn: bool = False) -> Entry:
    said = said or content()
    known = [
        Edition(number, AT, both(f"第{number}版", f"Edition {number}"), tuple(said.languages))
        for number in range(1, editions + 1)
    ]
    if withdrawn:
        known.append(
            Edition(
                editions + 1, AT, both("取り下げ", "Withdrawn"), tuple(said.languages), is_withdrawal=True
            )
        )
    return Entry(said, tuple(known))
