"""A provider over the network: judged over TLS on loopback, its tricks survived."""

import gzip
from collections.abc import Iterator
from dataclasses import replace

import pytest

from okiagari.engines.provider_sources import HttpSource
from okiagari.plumbing import clock
from okiagari.standards.provider.findings import Report, Role, Verdict
from okiagari.standards.provider.judge import AGENTS, judge
from tests.support.provider import PUBLIC, Counting, Host, Reply, publish, serving, two


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Host]:
    """The tree of a trusted provider, served."""
    folder = tmp_path_factory.mktemp("served")
    with serving(folder) as host:
        site = replace(PUBLIC, url=f"{host.url}/security", has_csaf_2_1=True)
        host.root = publish(folder / "site", two(), Counting().signing(), site).resolve()
        yield host


@pytest.fixture
def host(served: Host) -> Iterator[Host]:
    """The same, and whatever a test put into it is gone afterwards."""
    headers = dict(served.headers)
    yield served
    served.special.clear()
    served.asked.clear()
    served.headers = headers


def judged(host: Host, path: str = "", role: Role = Role.TRUSTED_PROVIDER, *, most: int = 0) -> Report:
    with HttpSource(host.ca, seconds=5) as source:
        return judge(source, host.url + path, role, now=clock.now(), most=most)


def verdict(report: Report, number: int) -> Verdict:
    return next(each.verdict for each in report.results if each.number == number)


def test_a_tree_on_a_plain_server_is_that_of_a_trusted_provider(host: Host) -> None:
    report = judged(host)
    assert report.holds, report
    assert report.unseen == ()
    assert {each.verdict for each in report.results if each.number != 10} == {Verdict.MET}
    assert verdict(report, 10) is Verdict.NOT_CHECKED
    assert not [each for result in report.results for each in result.findings]


def test_the_draft_asks_for_no_less(host: Host) -> None:
    start = "/security/csaf-2.1/provider-metadata.json"
    report = judged(host, start)
    assert report.holds, report
    assert verdict(report, 24) is verdict(report, 25) is Verdict.MET
    assert set(AGENTS) <= {agent for _, agent in host.asked}
    host.headers.clear()
    host.special[start] = lambda agent: (403, {}, b"") if "python" in agent else host_file(host, start)
    report = judged(host, start)
    assert report.missing == ("24", "25")


def host_file(host: Host, path: str) -> Reply:
    assert host.root is not None
    return 200, host.headers, (host.root / path.removeprefix("/security/")).read_bytes()


def test_a_certificate_that_nobody_trusts_is_a_finding(host: Host) -> None:
    with HttpSource(seconds=5) as source:
        report = judge(source, host.url, Role.PUBLISHER, now=clock.now())
    assert "3" in report.missing
    assert (
        "certificate" in next(each for each in report.results if each.number == 3).findings[0].message.lower()
    )


def test_what_is_not_https_is_a_finding_and_asks_nobody() -> None:
    with HttpSource(seconds=1) as source:
        report = judge(source, "http://127.0.0.1:9/", Role.PUBLISHER, now=clock.now())
    assert "3" in report.missing


DOCUMENT = "/security/csaf/2015/sa-1.json"


def moved(to: str) -> Reply:
    return 302, {"Location": to}, b""


def test_a_redirect_on_the_same_host_is_followed_and_noted(host: Host) -> None:
    host.special[DOCUMENT] = lambda agent: moved("/elsewhere.json")
    host.special["/elsewhere.json"] = lambda agent: host_file(host, DOCUMENT)
    report = judged(host)
    assert report.holds
    (note,) = next(each for each in report.results if each.number == 6).findings
    assert (note.is_error, note.place) == (False, host.url + DOCUMENT)


@pytest.mark.parametrize(
    "to",
    ["http://127.0.0.1:9/x", "https://127.0.0.1:9/x", "file:///etc/passwd", "https://localhost/x", DOCUMENT],
)
def test_a_redirect_inside_somebodys_network_or_in_circles_is_not_followed(host: Host, to: str) -> None:
    host.special[DOCUMENT] = lambda agent: moved(to)
    report = judged(host, role=Role.PROVIDER)
    assert {"1", "6"} <= set(report.missing)
    assert len([path for path, _ in host.asked if path == DOCUMENT]) < 10


def test_no_more_is_read_than_the_limit_packed_or_not(host: Host) -> None:
    with HttpSource(host.ca, seconds=5) as source:
        host.special["/large"] = lambda agent: (200, {}, b"x" * 5000)
        bomb = gzip.compress(b"0" * 50_000_000)
        host.special["/bomb"] = lambda agent: (200, {"Content-Encoding": "gzip"}, bomb)
        for path in ("/large", "/bomb"):
            answer = source.get(host.url + path, limit=1000)
            assert (answer.is_there, answer.data) == (False, b"")
            assert "larger than 1,000 bytes" in answer.why


def test_what_is_protected_is_told_from_what_is_missing(host: Host) -> None:
    host.special[DOCUMENT] = lambda agent: (401, {}, b"")
    assert "4" in judged(host, role=Role.PUBLISHER).missing


def test_only_the_newest_documents_are_read_where_somebody_says_how_many(host: Host) -> None:
    report = judged(host, most=1)
    assert (report.documents, report.documents_known) == (1, 3)


@pytest.mark.parametrize("start", ["https://127.0.0.1:9", "https://[::1", "https://"])
def test_an_address_where_nobody_answers_is_a_finding(start: str) -> None:
    with HttpSource(seconds=1) as source:
        report = judge(source, start, Role.PUBLISHER, now=clock.now())
    assert not report.holds
