"""The public keys that the metadata lists (7.1.20): there, whole, the ones that are named, still valid."""

from okiagari.standards import openpgp
from okiagari.standards.openpgp import Key, OpenPgpError
from okiagari.standards.provider.answers import SMALL_LIMIT
from okiagari.standards.provider.values import items, text
from okiagari.standards.provider.visit import Visit

KEY = 20


def read_keys(visit: Visit) -> None:
    """Fills in `keys`."""
    listed = items(visit.metadata, "public_openpgp_keys")
    for each in listed:
        url, fingerprint = text(each, "url"), text(each, "fingerprint")
        if url:
            _read(visit, url, fingerprint.upper())
    if not listed:
        visit.sheet.error(KEY, visit.metadata_url or visit.start, "no public OpenPGP key is listed")
        return
    if not any(_is_valid(visit, key) for key in visit.keys):
        visit.sheet.error(KEY, visit.metadata_url, "no key that is listed is valid today")
    visit.sheet.found(KEY, ", ".join(key.fingerprint for key in visit.keys))


def _read(visit: Visit, url: str, fingerprint: str) -> None:
    answer = visit.get(url, limit=SMALL_LIMIT)
    if not answer.is_there:
        visit.sheet.error(KEY, url, answer.why)
        return
    try:
        found = openpgp.public_keys(answer.data)
    except OpenPgpError as error:
        visit.sheet.error(KEY, url, f"is no OpenPGP key: {error}")
        return
    for key in found:
        if fingerprint and key.fingerprint != fingerprint:
            visit.sheet.error(KEY, url, f"holds {key.fingerprint}, not {fingerprint}")
        elif not _is_valid(visit, key):
            visit.sheet.warn(
                KEY, url, "is revoked" if key.is_revoked else f"expired on {key.expires:%Y-%m-%d}"
            )
        visit.keys.append(key)


def _is_valid(visit: Visit, key: Key) -> bool:
    return not key.is_revoked and (key.expires is None or key.expires > visit.now)
