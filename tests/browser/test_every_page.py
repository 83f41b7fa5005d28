"""Every main page: no complaint of the browser, nothing in the way of assistive technology, fits a phone.

Both languages, light and dark, wide and narrow. What axe-core finds serious or critical is a failure.
It takes longer than the page, so each look is taken once: wide and dark in English, narrow in Japanese.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.support.browser import HEIGHTS, PHONE, Numbers, Windows, overflow

pytestmark = pytest.mark.chromium

MEMBER = {
    "desk": "/",
    "reports": "/reports/",
    "report": "/reports/{n.report}/",
    "report entered": "/reports/new/",
    "cases": "/cases/",
    "case": "/cases/{n.severe}/",
    "judgement": "/cases/{n.severe}/judgement/",
    "grid": "/cases/{n.many}/products/",
    "choosing products": "/cases/{n.severe}/products/choose/",
    "measures": "/cases/{n.severe}/measures/",
    "planning a measure": "/cases/{n.severe}/measures/new/",
    "tasks": "/tasks/",
    "clocks": "/clocks/",
    "all messages": "/messages/",
    "messages": "/cases/{n.closed}/messages/",
    "advisory of a case": "/cases/{n.closed}/advisory/",
    "reach": "/cases/{n.closed}/reach/",
    "lessons": "/cases/{n.closed}/lessons/",
    "timeline": "/cases/{n.closed}/timeline/",
    "advisories": "/advisories/",
    "editor": "/advisories/{n.unapproved}/",
    "formats": "/advisories/{n.unapproved}/formats/",
    "briefings": "/advisories/sheets/",
    "sheet for the press": "/advisories/{n.unapproved}/sheets/{language}/press/",
    "archive of an address": "/archive/?address=ja/index.html",
    "archive": "/archive/",
    "archived addresses": "/archive/addresses/?text=csaf",
    "what changed": "/advisories/{n.published}/changes/?before=1&after=2",
    "do formats agree": "/advisories/{n.unapproved}/consistency/",
    "what is really out": "/advisories/site/",
    "plan of publication": "/advisories/{n.published}/plan/",
    "withdrawing": "/advisories/{n.published}/withdraw/",
    "jvn": "/cases/{n.stopped}/jvn/",
    "cve": "/cases/{n.stopped}/cve/",
    "imported documents": "/documents/",
    "importing a document": "/documents/new/",
    "products": "/products/",
    "product": "/products/sr-100/",
    "line": "/lines/sr-100/",
    "fleet": "/fleet/",
    "search": "/search/?q=SR-100",
    "account": "/me/",
}
OTHERS = {
    "": {
        "login": "/account/login/",
        "report form": "/report/",
        "published site": "/security/{language}/",
        "published advisory": "/security/{language}/sample-sa-2017-010.html",
        "published model": "/security/{language}/models/np-bbrs.html",
        "is my device affected": "/security/{language}/models/index.html",
        "ends of support": "/security/{language}/support.html",
    },
    "sample-approver": {"review": "/advisories/{n.unapproved}/"},
    "sample-executive": {"executive judgement": "/cases/{n.severe}/judgement/"},
    "sample-auditor": {"audit": "/audit/"},
    "sample-administrator": {"people": "/people/", "signing keys": "/keys/", "targets": "/targets/"},
    "sample-support": {
        "empty desk": "/cases/",
        "briefing": "/advisories/{n.published}/sheets/{language}/briefing/",
    },
}


@dataclass(frozen=True)
class Stop:
    """A page as one of them sees it."""

    who: str
    name: str
    address: str


STOPS = [Stop("sample-member", name, address) for name, address in MEMBER.items()]
STOPS += [Stop(who, name, address) for who, pages in OTHERS.items() for name, address in pages.items()]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("stop", STOPS, ids=lambda stop: stop.name.replace(" ", "-"))
def test_a_page_is_for_everybody(windows: Windows, number: Numbers, stop: Stop, language: str) -> None:
    page = windows.window(stop.who, language=language)
    answer = page.goto(stop.address.format(n=number, language=language))
    assert answer is not None
    assert answer.status == 200, f"{page.url} answers {answer.status}"
    assert page.locator("html").get_attribute("lang") == language
    assert not windows.complaints, "\n".join(windows.complaints)
    if language == "en":
        assert not barriers(page), f"{stop.name}, light"
        page.emulate_media(color_scheme="dark")
        assert not barriers(page, rules=["color-contrast"]), f"{stop.name}, dark"
    page.set_viewport_size({"width": PHONE, "height": HEIGHTS[PHONE]})
    assert not overflow(page), f"{stop.name} on a phone"
    if language == "ja":
        assert not barriers(page), f"{stop.name} on a phone"
    windows.complaints.clear()  # what axe wanted to put into the page was refused, as it should be


def barriers(page: Page, rules: list[str] | None = None) -> list[str]:
    """What axe finds serious or critical, with the element it found it on."""
    options: Mapping[str, Any] = {"resultTypes": ["violations"], "preload": False}
    if rules:
        options = {**options, "runOnly": {"type": "rule", "values": rules}}
    found = Axe().run(page, options=dict(options)).response["violations"]
    return [
        f"{each['id']}: {node['html'][:160]} {node['failureSummary'][:200]}"
        for each in found
        if each["impact"] in ("serious", "critical")
        for node in each["nodes"]
    ]


def test_a_barrier_and_a_wide_page_are_noticed(windows: Windows) -> None:
    page = windows.window("", width=PHONE)
    page.set_content(
        '<html lang="en"><title>x</title><main><img src="data:,">'
        '<p class="wide">Words that nobody can read</p></main></html>'
    )
    page.add_style_tag(content=".wide { width: 900px; color: #ddd }")
    found = "\n".join(barriers(page))
    assert "image-alt" in found
    assert "color-contrast" in found
    assert [each for each in overflow(page) if "wide" in each]
