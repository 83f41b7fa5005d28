"""Finds the provider metadata as clients do: well-known address, security.txt, DNS (7.1.7 to 7.1.10)."""

from ipaddress import ip_address

from okiagari.standards import openpgp
from okiagari.standards.openpgp import OpenPgpError, UnknownSignerError
from okiagari.standards.provider import layout, metadata_check, security_txt
from okiagari.standards.provider.answers import SMALL_LIMIT
from okiagari.standards.provider.findings import Role
from okiagari.standards.provider.values import decoded, split, text
from okiagari.standards.provider.visit import Visit

METADATA, TEXT, WELL_KNOWN, DNS = 7, 8, 9, 10
_ROLE_OF = {
    Role.PUBLISHER: ("csaf_publisher", "csaf_provider", "csaf_trusted_provider"),
    Role.PROVIDER: ("csaf_provider", "csaf_trusted_provider"),
    Role.TRUSTED_PROVIDER: ("csaf_trusted_provider",),
}


def find(visit: Visit, role: Role) -> None:
    """Fills in `metadata_url` and `metadata`, and judges the ways that lead there."""
    ways = _ways(visit)
    for url in ways:
        answer = visit.get(url)
        document = decoded(answer.data) if answer.is_there else None
        if document is not None and "metadata_version" in document:
            visit.metadata_url, visit.metadata = url, document
            break
    if not visit.metadata:
        tried = ", ".join(ways)
        visit.sheet.error(METADATA, visit.start, f"no provider-metadata.json at any of {tried}")
    else:
        _judge_metadata(visit, role)
    _judge_text(visit)
    _judge_well_known(visit)
    _judge_dns(visit)


def _ways(visit: Visit) -> list[str]:
    """Addresses to try, in this order, each once."""
    if visit.start.endswith(f"/{layout.METADATA}"):
        return [visit.start]
    found = [f"{visit.start}/{layout.WELL_KNOWN}", f"{visit.origin}/{layout.WELL_KNOWN}"]
    found += [f"{visit.start}/{layout.V2_0.root}/{layout.METADATA}", f"{visit.start}/{layout.METADATA}"]
    for place in (visit.origin, visit.start):
        answer = visit.get(f"{place}/{layout.SECURITY_TXT}", limit=SMALL_LIMIT)
        if answer.is_there:
            found += security_txt.read(answer.data).values("CSAF")
    return list(dict.fromkeys(found))


def _judge_metadata(visit: Visit, role: Role) -> None:
    url = visit.metadata_url
    for fault in metadata_check.faults(visit.metadata):
        visit.sheet.error(METADATA, url, f"{fault.location} {fault.message}")
    said = text(visit.metadata, "role")
    if said not in _ROLE_OF[role]:
        visit.sheet.error(METADATA, url, f"says it is a “{said}”, which is less than the claimed {role}")
    canonical = text(visit.metadata, "canonical_url")
    if canonical and canonical != url:
        same = decoded(visit.get(canonical).data)
        if same != visit.metadata:
            visit.sheet.error(METADATA, url, f"names {canonical}, which does not hold the same")
    visit.sheet.found(METADATA, f"{said}, CSAF {visit.version}, at {url}")


def _judge_text(visit: Visit) -> None:
    """RFC 9116, with a CSAF field that leads to the metadata."""
    url = f"{visit.origin}/{layout.SECURITY_TXT}"
    answer = visit.get(url, limit=SMALL_LIMIT)
    if not answer.is_there:
        visit.sheet.error(TEXT, url, answer.why)
        return
    said = security_txt.read(answer.data)
    addresses = said.values("CSAF")
    if not addresses:
        visit.sheet.error(TEXT, url, "has no CSAF field")
    for each in addresses:
        found = decoded(visit.get(each).data)
        if found is None or "metadata_version" not in found:
            visit.sheet.error(TEXT, each, "is named in security.txt and is no provider metadata")
        if not each.lower().startswith("https://"):
            visit.sheet.error(TEXT, url, f"CSAF: {each} does not begin with https://")
    if not said.values("Contact"):
        visit.sheet.warn(TEXT, url, "has no Contact field (RFC 9116, 2.5.3)")
    for line in said.strange[:5]:
        visit.sheet.warn(TEXT, url, f"has a line that is no field: {line[:80]}")
    _judge_end(visit, url, said)
    visit.sheet.found(TEXT, ", ".join(addresses))


def _judge_end(visit: Visit, url: str, said: security_txt.Read) -> None:
    if said.expires is None:
        visit.sheet.warn(
            TEXT, url, "has not exactly one Expires field with a date and time (RFC 9116, 2.5.5)"
        )
    elif said.expires <= visit.now:
        visit.sheet.error(TEXT, url, f"expired on {said.expires:%Y-%m-%d} and must not be used (RFC 9116)")


def judge_signature(visit: Visit) -> None:
    """Of security.txt, by the keys that are read by now: it may have none, or be of a key of somebody else in
    the house; one that is of a listed key must hold (RFC 9116, 2.3)."""
    url = f"{visit.origin}/{layout.SECURITY_TXT}"
    answer = visit.get(url, limit=SMALL_LIMIT)
    if not answer.is_there or not security_txt.is_signed(answer.data):
        return
    try:
        _, key = openpgp.verify_text(answer.data.replace(b"\r\n", b"\n"), visit.keys)
    except UnknownSignerError as error:
        visit.sheet.warn(TEXT, url, f"cannot be checked: {error}, a key that the metadata does not list")
    except OpenPgpError as error:
        visit.sheet.error(TEXT, url, f"has a signature that does not hold: {error}")
    else:
        visit.sheet.add(TEXT, f"signed by {key}")


def _judge_well_known(visit: Visit) -> None:
    url = f"{visit.origin}/{layout.WELL_KNOWN}"
    answer = visit.get(url)
    if not answer.is_there:
        visit.sheet.error(WELL_KNOWN, url, answer.why)
        return
    document = decoded(answer.data)
    if document is None or any(metadata_check.faults(document)):
        visit.sheet.error(WELL_KNOWN, url, "is no valid provider metadata")
    visit.sheet.found(WELL_KNOWN, url)


def _judge_dns(visit: Visit) -> None:
    """The name is asked only where there can be one, and a name that nobody knows proves nothing."""
    host = split(visit.origin).hostname or ""
    if not visit.source.is_network:
        visit.sheet.unchecked(DNS, "a folder has no name in the DNS")
        return
    if _has_no_domain(host):
        visit.sheet.unchecked(DNS, f"{host} is no domain of the DNS")
        return
    url = f"https://csaf.data.security.{host.removeprefix('www.')}"
    answer = visit.source.get(url, limit=SMALL_LIMIT)
    if not answer.status:
        visit.sheet.unchecked(DNS, f"{url}: {answer.why}")
        return
    document = decoded(answer.data) if answer.is_there else None
    if document is None or "metadata_version" not in document:
        visit.sheet.error(DNS, url, "does not hold the provider metadata")
    visit.sheet.found(DNS, url)


def _has_no_domain(host: str) -> bool:
    try:
        ip_address(host)
    except ValueError:
        return "." not in host or host.endswith((".localhost", ".invalid"))
    return True
