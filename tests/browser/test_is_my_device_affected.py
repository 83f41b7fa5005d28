"""“Is my device affected?” as a customer asks it: by keyboard, under the policy, and without script."""

import functools
import http.server
import threading
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser

from okiagari.disclose.rules.content import Catalogue, Order
from okiagari.disclose.site import planning, tree
from okiagari.disclose.site.writer import Writer
from okiagari.web.middleware import POLICY
from tests.disclose.making import SITE, content, entry, product
from tests.support.browser import overflow

pytestmark = pytest.mark.chromium
ORDER = Order(line="line", releases=[["1.00"], ["1.02"], ["1.03"]])


class Strict(http.server.SimpleHTTPRequestHandler):
    """Any server of files, with the policy of ours."""

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        super().end_headers()

    def log_message(self, *_: object) -> None:
        """Nothing to say."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    out: Path = tmp_path_factory.mktemp("site") / "out"
    said = content(
        orders=[ORDER], products=[product("A-1", model_numbers=["A-1?JP"], other_names=["AirPort"])]
    )
    ended = {"end_of_sales": "2009", "end_of_security_support": "2010-06"}
    listed = [product("O-1", support=ended), product("N-1", support={"end_of_life": "2999"})]
    site = replace(SITE, catalogue=Catalogue(products=listed))
    tree.export(out, planning.plan([entry(said)], site), Writer())
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), functools.partial(Strict, directory=str(out)))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}/en/models/index.html"
    server.shutdown()
    server.server_close()


def test_the_question_is_answered_by_keyboard_and_never_guessed(browser: Browser, address: str) -> None:
    page = browser.new_page(viewport={"width": 390, "height": 844})
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(address)
    answer = page.locator("#answer[role=status]")
    page.locator("#model").fill("a-1")
    page.keyboard.press("Tab")
    page.keyboard.type("1.01")
    page.keyboard.press("Enter")
    answer.get_by_text("Unknown version: 1.01. We know these:").wait_for()
    for version, said in (("1.02", "This device is affected."), ("１.03", "No published advisory affects")):
        page.locator("#version").fill(version)
        page.keyboard.press("Enter")
        answer.locator(".sum", has_text=said).wait_for()
    assert overflow(page) == []
    page.locator("#model").fill("<img src=x>")
    page.keyboard.press("Enter")
    answer.get_by_text("No advisory names “<img src=x>”.").wait_for()
    assert answer.locator("img").count() == 0
    assert errors == []
    page.close()


@pytest.mark.parametrize(
    ("model", "version", "said"),
    [
        ("A-1XJP", "1.02", "This device is affected."),  # as the label has it
        ("Ａ１", "Ver.1.02", "This device is affected."),  # without the hyphen; as a screen shows it
        ("airport", "firmware version v1.03", "No published advisory affects"),
        ("A-1XXJP", "1.02", "No advisory names “A-1XXJP”."),
    ],
)
def test_a_device_is_known_by_what_stands_on_its_label_and_screen(
    browser: Browser, address: str, model: str, version: str, said: str
) -> None:
    page = browser.new_page()
    page.goto(f"{address}?model={quote(model)}&version={quote(version)}")
    page.locator("#answer", has_text=said).wait_for()
    is_known = "No advisory" not in said
    assert page.locator("#answer p.note", has_text="A-1 · Router").count() == is_known
    page.close()


@pytest.mark.parametrize(
    ("model", "said"),
    [
        ("O-1", "It gets no more security fixes: its support ended 2010-06."),
        ("N-1", "It gets security fixes until 2999."),
    ],
)
def test_a_product_that_no_advisory_names_says_how_long_it_gets_fixes(
    browser: Browser, address: str, model: str, said: str
) -> None:
    page = browser.new_page()
    page.goto(f"{address}?model={model}")
    page.locator("#answer", has_text=said).wait_for()
    page.close()


def test_without_script_the_list_leads_to_the_page_of_the_model(browser: Browser, address: str) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(address)
    assert not page.locator("#ask").is_visible()
    page.locator("ul.models a").first.click()
    assert page.locator("h1").inner_text() == "A-1"
    context.close()
