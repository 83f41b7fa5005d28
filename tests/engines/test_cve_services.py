"""The account of a CNA, against services that speak their real interface on loopback."""

from collections.abc import Iterator

import pytest
from cvelib.cve_api import CveApi

from okiagari.engines.cve_services import problems as cve_services
from okiagari.engines.cve_services.client import Account, Services
from okiagari.engines.cve_services.public import PublicRecords
from okiagari.engines.guarded_http import GuardedHttp
from okiagari.engines.outside import NOT_ALLOWED, UNREACHABLE
from okiagari.problems import Definition, Problem
from tests.support.cve_services import KEY, ORG, OTHER, USER, Desk, services

CONTAINER = {
    "affected": [{"vendor": "Maker", "product": "WN-G54", "defaultStatus": "affected"}],
    "descriptions": [{"lang": "en", "value": "UPnP answers from the Internet side."}],
    "references": [{"url": "https://maker.example/security/en/sa-1.html"}],
}
BODY = {"cnaContainer": CONTAINER}
REASONS = {"cnaContainer": {"rejectedReasons": [{"lang": "en", "value": "It was no flaw."}]}}


@pytest.fixture(scope="module")
def served() -> Iterator[Desk]:
    with services() as desk:
        yield desk


@pytest.fixture
def desk(served: Desk) -> Iterator[Desk]:
    yield served
    for each in (served.ids, served.records, served.asked, served.fail, served.bodies):
        each.clear()  # type: ignore[attr-defined]
    served.quota, served.lose = 20, 0


@pytest.fixture
def account(desk: Desk) -> Iterator[Services]:
    with Services(Account(desk.url, ORG, USER, KEY), seconds=5) as client:
        yield client


def refused(definition: Definition) -> "pytest.RaisesExc[Problem]":
    return pytest.raises(Problem, check=lambda problem: problem.definition is definition)


def test_an_id_goes_from_reserved_over_published_to_rejected(account: Services, desk: Desk) -> None:
    (cve,) = (each.cve for each in account.reserve(1, 2026).held)
    assert account.find(cve).state == "RESERVED"  # type: ignore[union-attr]
    assert account.container(cve) is None
    account.publish(cve, BODY)
    assert account.find(cve).state == "PUBLISHED"  # type: ignore[union-attr]
    account.update(cve, {"cnaContainer": {**CONTAINER, "title": "second"}})
    assert account.container(cve)["title"] == "second"  # type: ignore[index]
    account.reject(cve, REASONS, has_record=True)
    assert account.find(cve).state == "REJECTED"  # type: ignore[union-attr]


def test_ids_are_reserved_side_by_side_or_apart_and_count_against_the_quota(
    account: Services, desk: Desk
) -> None:
    beside = account.reserve(3, 2026)
    numbers = [int(each.cve.split("-")[2]) for each in beside.held]
    assert numbers == list(range(numbers[0], numbers[0] + 3))
    assert beside.remaining == 17
    apart = account.reserve(2, 2026, is_sequential=False)
    assert len({int(each.cve.split("-")[2]) for each in apart.held}) == 2
    assert (account.quota().reserved, account.quota().available) == (5, 15)
    listed = list(account.ids(year=2026, state="RESERVED"))
    assert [each.cve for each in listed] == [each.cve for each in (*beside.held, *apart.held)], "every page"
    assert {each.user for each in listed} == {USER}
    assert list(account.ids(year=2025)) == []


def test_what_the_services_refuse_is_said_by_its_reason(account: Services, desk: Desk) -> None:
    desk.quota = 1
    with refused(cve_services.NO_QUOTA):
        account.reserve(2, 2026)
    desk.put("CVE-2026-1000", owner=OTHER)
    assert account.find("CVE-2026-1000") is None, "who has reserved it is not told to others"
    with refused(cve_services.NOT_OWNER):
        account.publish("CVE-2026-1000", BODY)
    (held,) = account.reserve(1, 2026).held
    with refused(cve_services.INVALID) as caught:
        account.publish(held.cve, {"cnaContainer": {**CONTAINER, "affected": []}})
    assert "/affected" in str(caught.value)
    with refused(cve_services.REFUSED):
        account.update(held.cve, BODY)
    desk.fail = [429, 503, 302]
    with refused(cve_services.BUSY):
        account.quota()
    for _ in range(2):
        with refused(cve_services.UNCLEAR):
            account.quota()
    assert ("GET", "/api/elsewhere") not in desk.asked, "no redirect takes the key along"


def test_the_key_stands_in_its_header_and_nowhere_else(desk: Desk) -> None:
    wrong = Account(desk.url, ORG, USER, "wrong-key")
    assert "wrong-key" not in repr(wrong)
    with Services(wrong) as client, refused(cve_services.KEY_REFUSED) as caught:
        client.quota()
    assert "wrong-key" not in f"{caught.value!r} {caught.value} {caught.value.parameters}"
    assert all("key" not in path.lower() for _, path in desk.asked)


def test_a_lost_answer_is_told_from_a_refusal(account: Services, desk: Desk) -> None:
    desk.lose = 1
    with refused(UNREACHABLE):
        account.reserve(1, 2026)
    assert len(desk.ids) == 1, "the id is reserved all the same"


def test_anybody_sees_which_records_are_public(account: Services, desk: Desk) -> None:
    (held,) = account.reserve(1, 2026).held
    with PublicRecords(desk.url) as public:
        assert public.find(held.cve) is None
        account.publish(held.cve, BODY)
        seen = public.find(held.cve)
    assert seen is not None
    assert seen.state == "PUBLISHED"
    assert seen.at is not None


def test_the_library_of_the_programme_works_against_the_same_services(desk: Desk) -> None:
    theirs = CveApi(USER, ORG, KEY, url=f"{desk.url}/")
    made = theirs.reserve(4, random=False, year="2026")
    cve = made["cve_ids"][0]["cve_id"]
    theirs.publish(cve, dict(CONTAINER))
    theirs.update_published(cve, dict(CONTAINER))
    theirs.reject(made["cve_ids"][1]["cve_id"], dict(REASONS["cnaContainer"]))
    states = [each["state"] for each in theirs.list_cves(year="2026")]
    assert states == ["PUBLISHED", "REJECTED", "RESERVED", "RESERVED"]
    assert theirs.quota()["available"] == 18
    assert theirs.show_cve_record(cve)["containers"]["cna"]["affected"] == CONTAINER["affected"]


@pytest.mark.parametrize("address", ["http://cveawg.mitre.org/api", "http://10.0.0.1/api"])
def test_nothing_is_asked_without_tls_but_on_this_very_machine(address: str) -> None:
    with refused(NOT_ALLOWED):
        GuardedHttp(address)


def test_a_name_that_leads_into_the_own_network_is_not_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def looked_up(*_: object, **__: object) -> list[tuple[object, ...]]:
        return [(2, 1, 6, "", ("8.8.8.8", 443)), (2, 1, 6, "", ("169.254.169.254", 443))]

    monkeypatch.setattr("socket.getaddrinfo", looked_up)
    with GuardedHttp("https://cveawg.example/api") as http, refused(NOT_ALLOWED):
        http.send("GET", "cve/CVE-2026-1000")


def test_no_more_is_read_than_the_limit(desk: Desk) -> None:
    desk.put("CVE-2026-1000")
    with GuardedHttp(desk.url, limit=20) as http, refused(UNREACHABLE):
        http.send("GET", "org/maker")
