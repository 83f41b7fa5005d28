"""Browsers at a served house: one window per person, language, width and colour scheme.

Whatever the browser complains about (errors in the console, refused by the content security policy, an
answer above 399 that nobody expected) is collected and must be empty at the end.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, Response, sync_playwright

from tests.support.served import PASSWORD, Served

ARGUMENTS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
PHONE, DESKTOP = 390, 1440
HEIGHTS = {PHONE: 844, DESKTOP: 900}
PATIENCE = 15_000
REFUSED = (409, 412, 422)
"""A form that comes back with a word about why. The browser calls that an error; we do not."""


@contextmanager
def launched(executable: Path) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(executable), args=list(ARGUMENTS))
        try:
            yield browser
        finally:
            browser.close()


@dataclass
class Windows:
    """Opens windows and remembers who is signed in."""

    browser: Browser
    served: Served
    complaints: list[str] = field(default_factory=list)
    _cookies: dict[str, Any] = field(default_factory=dict)
    _contexts: list[BrowserContext] = field(default_factory=list)

    def window(
        self,
        who: str = "",
        *,
        language: str = "en",
        width: int = DESKTOP,
        scheme: str = "light",
        script: bool = True,
    ) -> Page:
        """A window of this person; of a stranger without one."""
        context = self.browser.new_context(
            base_url=self.served.address,
            viewport={"width": width, "height": HEIGHTS[width]},
            color_scheme=scheme,  # type: ignore[arg-type]
            locale=language,
            java_script_enabled=script,
            reduced_motion="reduce",
            storage_state=self._signed_in(who) if who else None,
        )
        context.add_cookies([{"name": "okiagari_language", "value": language, "url": self.served.address}])
        context.set_default_timeout(PATIENCE)
        self._contexts.append(context)
        page = context.new_page()
        page.on("console", lambda said: self._hear(page, said.type, said.text))
        page.on("pageerror", lambda error: self._note(page, str(error)))
        page.on("response", lambda answer: self._look(page, answer))
        return page

    def _signed_in(self, who: str) -> Any:
        if who not in self._cookies:
            context = self.browser.new_context(base_url=self.served.address, locale="en")
            page = context.new_page()
            sign_in(page, who)
            self._cookies[who] = context.storage_state()
            context.close()
        return self._cookies[who]

    def _hear(self, page: Page, kind: str, text: str) -> None:
        if kind == "error" and not any(f"status of {status}" in text for status in REFUSED):
            self._note(page, text)

    def _note(self, page: Page, text: str) -> None:
        self.complaints.append(f"{page.url}: {text}")

    def _look(self, page: Page, answer: Response) -> None:
        if answer.status >= 500:
            self._note(page, f"{answer.url} answers {answer.status}")

    def close(self) -> None:
        for context in self._contexts:
            context.close()
        self._contexts.clear()


def sign_in(page: Page, who: str) -> None:
    page.goto("/account/login/")
    page.fill("[name=login]", who)
    page.fill("[name=password]", PASSWORD)
    page.click("main [type=submit]")
    page.wait_for_url("**/")


@dataclass(frozen=True)
class Numbers:
    """The public numbers of the sample house: the closed case of 2015, the two of this week, the stories that
    run now (many products; stopped shipping)."""

    closed: str
    severe: str
    waiting: str
    published: str
    unapproved: str
    report: str
    many: str
    stopped: str


def numbers(windows: Windows) -> Numbers:
    """As the desk's own lists say them."""
    page = windows.window("sample-member")

    def found(address: str, title: str) -> str:
        page.goto(address)
        row = page.locator("tr", has_text=title).first
        return row.locator("a.is-title").get_attribute("href").strip("/").rsplit("/", 1)[-1]  # type: ignore[union-attr]

    return Numbers(
        closed=found("/cases/?state=all", "SSDP"),
        severe=found("/cases/", "SR-100"),
        waiting=found("/cases/", "SN-2"),
        published=found("/advisories/", "SAMPLE-SA-2015-001"),
        unapproved=found("/advisories/", "SAMPLE-SA-SN2"),
        report=found("/reports/", "ルーターが勝手に再起動する"),
        many=found("/cases/", "KRACK"),
        stopped=found("/cases/", "pocket-router"),
    )


def overflow(page: Page) -> list[str]:
    """What stands out beyond the right edge of the window, if the page scrolls sideways."""
    return page.evaluate(  # type: ignore[no-any-return]
        """() => {
          const width = document.documentElement.clientWidth;
          if (document.documentElement.scrollWidth <= width) return [];
          return [...document.querySelectorAll("body *")]
            .filter((each) => each.getBoundingClientRect().right > width + 1)
            .slice(0, 6)
            .map((each) => each.outerHTML.slice(0, 120));
        }"""
    )
