"""What the rules of the CVE programme say against a record (CNA Operational Rules 4.1, section 5.1).

In: a `Record`. Out: problems with what to do about each; none if it may be published. The form is the
business of `check`; whether the words are good is nobody's but the reader's.
"""

from collections.abc import Iterator
from urllib.parse import urlsplit

from okiagari.problems import Kind, Problem, define, gettext_noop
from okiagari.standards import ids

from .model import Record, Status

NEEDS_PRODUCT = define(
    "cve.needs_product",
    Kind.INVALID,
    gettext_noop("%(cve)s names no product that is affected, or of which it is not known."),
    gettext_noop("Decide at least one product: a record where everything is unaffected is to be rejected."),
)
NEEDS_ENGLISH = define(
    "cve.needs_english",
    Kind.INVALID,
    gettext_noop("%(cve)s has no description in English."),
    gettext_noop("Write what the problem is in English; a Japanese text may stand beside it."),
)
NEEDS_REFERENCE = define(
    "cve.needs_reference",
    Kind.INVALID,
    gettext_noop("%(cve)s has no public reference other than its own record."),
    gettext_noop("Give the address of the advisory: it must be public when the record is."),
)
NEEDS_VERSIONS = define(
    "cve.needs_versions",
    Kind.INVALID,
    gettext_noop("%(cve)s does not say which versions of %(product)s are affected."),
    gettext_noop("Decide the range, or say that it is not known yet."),
)
TOO_EARLY = define(
    "cve.too_early",
    Kind.INVALID,
    gettext_noop("%(cve)s would be public before the advisory (%(public)s)."),
    gettext_noop("Publish the advisory first, or both at the same moment."),
)

_OWN_PAGES = ("cve.org", "cve.mitre.org", "nvd.nist.gov")


def problems(record: Record) -> tuple[Problem, ...]:
    """Everything against publishing it. An id that is none is among them."""
    return tuple(_problems(record))


def _problems(record: Record) -> Iterator[Problem]:
    try:
        ids.parse(record.cve, ids.System.CVE)
    except Problem as problem:
        yield problem
    if not any(_counts(record)):
        yield NEEDS_PRODUCT(cve=record.cve)
    for product in record.products:
        if product.otherwise is None and not product.versions:
            yield NEEDS_VERSIONS(cve=record.cve, product=product.product)
    if not any(_is_english(each.language) and each.text.strip() for each in record.descriptions):
        yield NEEDS_ENGLISH(cve=record.cve)
    if not any(_is_elsewhere(each.url, record.cve) for each in record.references):
        yield NEEDS_REFERENCE(cve=record.cve)
    if record.public_at and record.updated_at and record.updated_at < record.public_at:
        yield TOO_EARLY(cve=record.cve, public=record.public_at.isoformat())


def _counts(record: Record) -> Iterator[bool]:
    """Whether a product, or some version of it, is affected or unknown."""
    wanted = {Status.AFFECTED, Status.UNKNOWN}
    for product in record.products:
        yield product.otherwise in wanted or any(each.status in wanted for each in product.versions)


def _is_english(language: str) -> bool:
    return language.partition("-")[0].lower() == "en"


def _is_elsewhere(url: str, cve: str) -> bool:
    """A web page that is not the record of this very id."""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
    except ValueError:
        return False
    is_own = any(host == name or host.endswith(f".{name}") for name in _OWN_PAGES) and cve in url
    return parts.scheme in {"http", "https"} and bool(host) and not is_own
