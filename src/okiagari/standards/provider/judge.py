"""Judges a provider requirement by requirement (OASIS CSAF 2.0, 2.1: 7.1), for a claimed role (7.2).

In: a source (folder or network), where to begin, the role. Out: a report. Never raises for what it finds: a
broken tree is a finding. It asks only for what the provider's own files name, and keeps no document.
"""

from collections.abc import Callable
from datetime import datetime

from okiagari.standards.provider import documents_check, feeds_check, finding_it, keys_check, lists_check
from okiagari.standards.provider.answers import Source
from okiagari.standards.provider.findings import DRAFT, TITLES, Report, Role, lacking
from okiagari.standards.provider.one_document import Examiner, one_by_one
from okiagari.standards.provider.visit import REDIRECTS, TLS, Visit, nobody

AGENTS = ("curl/8.0", "python-requests/2.31", "Go-http-client/2.0")
"""What programs call themselves; 7.1.24 of 2.1: none of them is turned away."""


def judge(
    source: Source,
    start: str,
    role: Role,
    *,
    now: datetime,
    most: int = 0,
    advance: Callable[[int, int], None] = nobody,
    examiner: Examiner = one_by_one,
) -> Report:
    """`most`: documents to read, the newest first; 0 for all. `examiner`: who goes through them."""
    visit = Visit(source, start.rstrip("/"), now, advance=advance)
    finding_it.find(visit, role)
    keys_check.read_keys(visit)
    finding_it.judge_signature(visit)
    feeds_check.read_feeds(visit)
    lists_check.read_lists(visit)
    for url in source.listed() if not visit.named else ():
        documents_check.name_if_document(visit, url)
    known = documents_check.read_documents(visit, most, examiner)
    feeds_check.compare(visit)
    lists_check.compare(visit)
    _serving(visit)
    numbers = [each for each in TITLES if each not in DRAFT or visit.version == "2.1"]
    results = {number: visit.sheet.result(number) for number in numbers}
    missing, unseen = lacking(results, role)
    return Report(
        visit.metadata_url or start,
        visit.version,
        role,
        tuple(results.values()),
        len(visit.documents),
        known,
        missing,
        unseen,
    )


def _serving(visit: Visit) -> None:
    """What only a server shows: TLS, redirects, headers."""
    if not visit.source.is_network:
        for number in (TLS, REDIRECTS, *DRAFT):
            visit.sheet.unchecked(number, "a folder does not show how it is served")
        return
    if not visit.has_answer:
        for number in (TLS, REDIRECTS, *DRAFT):
            visit.sheet.unchecked(number, "nobody answered")
        return
    visit.sheet.found(TLS, "https with a certificate that is trusted here")
    visit.sheet.found(REDIRECTS, "none, or by HTTP header only")
    if visit.version == "2.1":
        _agents(visit)
        _cors(visit)


def _agents(visit: Visit) -> None:
    for agent in AGENTS:
        answer = visit.source.get(visit.metadata_url, agent=agent)
        if not answer.is_there:
            visit.sheet.error(24, visit.metadata_url, f"answers “{agent}” with {answer.why}")
    visit.sheet.found(24, f"{len(AGENTS)} names of programs were answered")


def _cors(visit: Visit) -> None:
    for url in [visit.metadata_url, *list(visit.documents)[:3]]:
        said = visit.get(url).headers.get("access-control-allow-origin", "")
        if said != "*":
            visit.sheet.error(25, url, f"Access-Control-Allow-Origin is “{said}”, not *")
    visit.sheet.found(25, "Access-Control-Allow-Origin: *")
