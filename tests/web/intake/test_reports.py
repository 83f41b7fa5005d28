"""The list and the page of a report, as those see them who may."""

import csv
import io
from collections.abc import Callable

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from okiagari.desk.subjects import Role
from okiagari.intake import actions, queries
from tests import factories
from tests.factories import House, text

Enter = Callable[..., Client]


def several(house: House, count: int) -> list[str]:
    return [
        actions.receive(house.member, source="own", title=f"Report {number:03d}", text="x")
        for number in range(count)
    ]


@pytest.mark.parametrize("language", ["ja", "en"])
@pytest.mark.parametrize("path", ["/reports/", "/reports/new/", "/reports/{id}/"])
def test_every_page_opens_in_both_languages(
    house: House, enter: Enter, report_id: str, language: str, path: str
) -> None:
    response = enter(house.member, language).get(path.format(id=report_id))
    assert response.status_code == 200
    assert f'<html lang="{language}"' in response.content.decode()


@pytest.mark.parametrize(
    "deed",
    ["acknowledge", "answer", "assess", "accept", "defer", "close", "amend", "attach", "reporter", "erase"],
)
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_deed_has_its_page(
    house: House, enter: Enter, report_id: str, deed: str, language: str
) -> None:
    response = enter(house.member, language).get(f"/reports/{report_id}/{deed}/")
    assert response.status_code == 200
    assert 'name="version" value="1"' in response.content.decode()
    assert enter(house.second).get(f"/reports/{report_id}/{deed}/").status_code == 404


def test_the_list_asks_as_little_for_many_as_for_few(house: House, enter: Enter, report_id: str) -> None:
    client = enter(house.member)
    client.get("/reports/")
    with CaptureQueriesContext(connection) as few:
        client.get("/reports/")
    several(house, 30)
    with CaptureQueriesContext(connection) as many:
        response = client.get("/reports/")
    assert "Report 029" in response.content.decode()
    assert len(few) == len(many) <= 12


def test_the_address_holds_filter_order_and_page(house: House, enter: Enter) -> None:
    several(house, 60)
    client = enter(house.member)
    first = client.get("/reports/?sort=title&source=own").content.decode()
    assert "Report 000" in first
    assert "Report 050" not in first
    following = first.split('rel="next" href="')[1].split('"')[0].replace("&amp;", "&")
    second = client.get(f"/reports/{following}").content.decode()
    assert "Report 050" in second
    assert "Report 000" not in second
    assert "after=tampered" not in second
    assert "Report 000" in client.get("/reports/?sort=title&after=tampered").content.decode()
    assert "No report matches." in client.get("/reports/?state=closed").content.decode()


def test_an_unknown_filter_is_told(house: House, enter: Enter) -> None:
    assert enter(house.member).get("/reports/?state=gone").status_code == 422


def test_the_export_holds_what_the_list_holds_and_no_formulas(house: House, enter: Enter) -> None:
    actions.receive(house.member, source="own", title='=HYPERLINK("http://x")', text="x")
    response = enter(house.member).get("/reports/reports.csv?source=own")
    content = b"".join(response.streaming_content).decode()  # type: ignore[attr-defined]
    rows = list(csv.reader(io.StringIO(content.removeprefix("\ufeff"))))
    assert len(rows) == 2
    assert rows[1][1].startswith("'=HYPERLINK")
    assert response["Content-Disposition"] == 'attachment; filename="reports.csv"'


def test_those_who_may_not_see_it_find_nothing(house: House, enter: Enter, report_id: str) -> None:
    for subject in (house.developer, house.second, house.partner, house.administrator):
        client = enter(subject)
        assert client.get(f"/reports/{report_id}/").status_code == 404
        assert report_id not in client.get("/reports/").content.decode()
    assert Client().get(f"/reports/{report_id}/").status_code == 302


def test_an_administrator_has_no_list_of_reports(house: House, enter: Enter) -> None:
    assert enter(house.administrator).get("/reports/").status_code == 403
    assert enter(house.administrator).get("/reports/reports.csv").status_code == 403


def test_support_sees_its_report_and_cannot_work_on_it(house: House, enter: Enter, report_id: str) -> None:
    page = enter(house.support).get(f"/reports/{report_id}/").content.decode()
    assert "taro@example.jp" in page
    assert "/acknowledge/" not in page
    assert "/erase/" not in page
    answer = enter(house.support).post(f"/reports/{report_id}/assess/", {"finding": "valid", "reason": "x"})
    assert answer.status_code == 403


def test_a_colleague_at_the_same_desk_does_not_learn_who_reported(
    house: House, enter: Enter, report_id: str
) -> None:
    colleague = factories.person("colleague", Role.SUPPORT, teams=("support",))
    page = enter(colleague).get(f"/reports/{report_id}/").content.decode()
    assert "SSDP に応答する" in page
    assert "taro@example.jp" not in page
    assert "見本" not in page


def test_a_file_leaves_only_as_a_download_no_browser_opens(
    house: House, enter: Enter, report_id: str
) -> None:
    client = enter(house.member)
    view = queries.report(house.member, report_id).attachments[0]
    page = client.get(f"/reports/{report_id}/").content.decode()
    assert "Open them only on a machine made for that." in page
    assert view.sha256 in page
    response = client.get(f"/reports/{report_id}/files/{view.id}/")
    assert response.content == b"<script>alert(1)</script>"
    assert response["Content-Type"] == "application/octet-stream"
    assert response["X-Content-Type-Options"] == "nosniff"
    assert response["Content-Disposition"].startswith("attachment; filename*=UTF-8''%E8%A8%BC")
    assert "sandbox" in response["Content-Security-Policy"]
    assert enter(house.second).get(f"/reports/{report_id}/files/{view.id}/").status_code == 404


def test_what_a_stranger_wrote_is_text_and_nothing_else(house: House, enter: Enter) -> None:
    report_id = actions.receive(
        house.member, source="own", title="<script>x</script>", text="<img src=x onerror=alert(1)>"
    )
    client = enter(house.member)
    for path in ("/reports/", f"/reports/{report_id}/"):
        page = client.get(path).content.decode()
        assert "<script>x" not in page
        assert "<img src=x" not in page


def test_the_page_of_a_report_says_what_is_next(house: House, enter: Enter, report_id: str) -> None:
    client = enter(house.member)
    for deed in (
        lambda: actions.acknowledge(house.member, report_id, answer=text("受領")),
        lambda: actions.assess(house.member, report_id, valid=True, reason="x"),
        lambda: actions.accept(house.member, report_id),
    ):
        page = client.get(f"/reports/{report_id}/").content.decode()
        assert page.count("o-button is-now") == 1
        deed()
    assert "o-button is-now" not in client.get(f"/reports/{report_id}/").content.decode()
