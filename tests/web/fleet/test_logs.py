"""Logs of update servers on the web: rules tried before they count, a log looked at before it is counted."""

from django.core.files.uploadedfile import SimpleUploadedFile

from okiagari.fleet.logs import queries
from tests.factories import House
from tests.fleet.logs.making import RULES, check, line
from tests.web.cases.conftest import Enter

LOG = "\n".join((check("SN1", "1.02"), line("/fw/wng54-1.03.bin"), line("/favicon.ico"))) + "\n"


def upload(content: str = LOG) -> SimpleUploadedFile:
    return SimpleUploadedFile("access.log", content.encode())


def test_rules_are_tried_and_then_put_in_force(fleet: House, enter: Enter) -> None:
    browser = enter(fleet.developer)
    assert "No rules are in force yet." in browser.get("/fleet/logs/").text
    page = browser.get("/fleet/logs/rules/").text
    assert "kind: check" in page
    page = browser.post("/fleet/logs/rules/", {"rules": RULES, "lines": LOG, "try": "1"}).text
    assert "3 lines were looked at; nothing was counted." in page
    assert "1 fits no rule." in page
    assert "203.0.113.7" not in page.split('id="trial"')[1].split("</section>")[0]
    assert queries.logs(fleet.member).versions == ()
    wrong = browser.post("/fleet/logs/rules/", {"rules": "rules: []", "adopt": "1"})
    assert (wrong.status_code, "The rules cannot be read" in wrong.text, "rules: []" in wrong.text) == (
        422,
        True,
        True,
    )
    done = browser.post("/fleet/logs/rules/", {"rules": RULES, "adopt": "1", "reason": "先頭"})
    assert done.headers["Location"] == "/fleet/logs/"
    page = browser.get("/fleet/logs/").text
    assert "Version 1 of the rules" in page
    assert "No log was read by these rules yet." in page


def test_a_log_is_looked_at_first_and_counted_once(fleet: House, enter: Enter) -> None:
    browser = enter(fleet.member)
    missing = browser.post("/fleet/logs/read/", {"file": upload(), "try": "1"})
    assert (missing.status_code, "No rules say yet" in missing.text) == (409, True)
    browser.post("/fleet/logs/rules/", {"rules": RULES, "adopt": "1"})
    page = browser.post("/fleet/logs/read/", {"file": upload(), "try": "1"}).text
    assert "Choose the file once more to count it" in page
    assert queries.logs(fleet.member).lines == 0
    page = browser.post("/fleet/logs/read/", {"file": upload(), "count": "1"}).text
    assert "3 lines: 1 new observations, 1 new claims." in page
    page = browser.post("/fleet/logs/read/", {"file": upload(), "count": "1"}).text
    assert "3 lines were read before." in page
    page = browser.get("/fleet/logs/").text
    assert "3 lines, of which 1 (33.3 %) fit no rule." in page
    assert "Completed downloads (claims)" in page
    empty = browser.post("/fleet/logs/read/", {"file": upload("\n"), "count": "1"})
    assert empty.status_code == 422


def test_whoever_may_only_look_reads_nothing_in(fleet: House, enter: Enter) -> None:
    browser = enter(fleet.support)
    assert browser.get("/fleet/logs/").status_code == 200
    assert "Read a log" not in browser.get("/fleet/logs/").text
    assert browser.get("/fleet/logs/read/").status_code == 403
    assert browser.get("/fleet/logs/rules/").status_code == 403
