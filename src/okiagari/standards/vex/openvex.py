"""OpenVEX 0.2.0 documents (openvex.dev/ns/v0.2.0): one statement per vulnerability and thing to say.

In: a `model.Document`. Out: its JSON value, the same for the same input, and a `Loss` for each thing
OpenVEX has no place for: ranges of versions (the product's address and the notes name them), scores,
weaknesses, credits. Products of which the same is said share a statement. It never adds a reason or an
action of its own: `faults` says where one is missing, and such a document must not be published.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from urllib.parse import quote

from packageurl import PackageURL

from okiagari.problems import gettext_noop
from okiagari.standards import cpe
from okiagari.standards.csaf.terms import Justification
from okiagari.standards.csaf.tree import range_name
from okiagari.standards.documents import Fault, Json, Loss, instant, kept, moment, pruned, unique, uri
from okiagari.standards.firmware_order import Form, Range

from .model import Built, Document, Product, Statement, Status, Vulnerability

CONTEXT = "https://openvex.dev/ns/v0.2.0"
NO_RANGE = gettext_noop(
    "OpenVEX knows no ranges of versions: “%(range)s” is in the address of the product and in the notes."
)
NO_SCORES = gettext_noop("OpenVEX carries no scores: %(vectors)s left out.")
NO_CWE = gettext_noop("OpenVEX carries no weakness: %(cwe)s is left out.")
NO_CREDIT = gettext_noop("OpenVEX carries no credit: thanks are left out.")

_HASHES = {"sha256": "sha-256", "sha384": "sha-384", "sha512": "sha-512", "sha1": "sha1", "md5": "md5"}
_STATUSES = frozenset({"not_affected", "affected", "fixed", "under_investigation"})


@dataclass(frozen=True)
class _Said:
    """One thing said of a vulnerability, of whatever products."""

    vulnerability: str
    status: str
    justification: Justification | None = None
    impact: str = ""
    action: str = ""
    notes: str = ""
    at: str = ""


def build(document: Document) -> Built:
    """Render a document. Raises ValueError for a time without zone."""
    losses = list(_losses(document))
    products = {each.id: each for each in document.products}
    flaws = {each.name: each for each in document.vulnerabilities}
    grouped: dict[_Said, dict[tuple[str, Range], Json]] = {}
    for statement in document.statements:
        for said, versions in _split(statement, document.language):
            component = _component(products[statement.product], versions)
            grouped.setdefault(said, {})[statement.product, versions] = component
    made = kept(
        {
            "@context": CONTEXT,
            "@id": uri(document.id),
            "author": document.author,
            "last_updated": instant(document.last_at) if document.version > 1 else None,
            "role": "vendor",
            "statements": [_statement(said, flaws, list(found.values())) for said, found in grouped.items()],
            "timestamp": instant(document.first_at),
            "tooling": " ".join(part for part in (document.tool, document.tool_version) if part),
            "version": document.version,
        }
    )
    return Built(made, tuple(losses))


def _split(statement: Statement, language: str) -> Iterator[tuple[_Said, Range]]:
    """An affected product and its fixed releases are two statements."""
    at = instant(statement.at) or ""
    if statement.status is Status.AFFECTED:
        words = statement.versions.words(language) if statement.versions.form is not Form.ALL else ""
        notes = "\n".join(part for part in (words, statement.condition) if part)
        action = "\n\n".join(part for part in (statement.action, statement.workaround) if part)
        yield _Said(statement.vulnerability, "affected", None, "", action, notes, at), statement.versions
    else:
        said = _Said(statement.vulnerability, statement.status.value, at=at)
        if statement.status is Status.NOT_AFFECTED:
            said = replace(said, justification=statement.justification, impact=statement.impact)
        yield said, statement.versions
    for release in statement.fixed_in:
        yield _Said(statement.vulnerability, "fixed", at=at), Range.exactly(release)


def _statement(said: _Said, flaws: Mapping[str, Vulnerability], products: list[Json]) -> Json:
    return pruned(
        action_statement=said.action,
        impact_statement=said.impact,
        justification=said.justification.value if said.justification else None,
        products=products,
        status=said.status,
        status_notes=said.notes,
        timestamp=said.at,
        vulnerability=_vulnerability(flaws.get(said.vulnerability) or Vulnerability(said.vulnerability)),
    )


def _vulnerability(flaw: Vulnerability) -> Json:
    return kept(
        {
            "@id": uri(flaw.url),
            "aliases": unique(each for each in flaw.aliases if each != flaw.name),
            "description": flaw.description or flaw.title,
            "name": flaw.name,
        }
    )


def _component(product: Product, versions: Range) -> Json:
    """A product, or some versions of it, as one address."""
    is_whole = versions.form in {Form.ALL, Form.UNKNOWN}
    part = "" if is_whole else f"#{quote(range_name(versions), safe='')}"
    identifiers = _identifiers(product, versions) if is_whole or versions.form is Form.EXACTLY else {}
    return kept(
        {
            "@id": uri(product.url) + part,
            "hashes": {_HASHES[name]: value for name, value in product.hashes if name in _HASHES},
            "identifiers": identifiers,
        }
    )


def _identifiers(product: Product, versions: Range) -> Json:
    """Of all versions or of one. A range has none: what names all of them matches the fixed ones, too."""
    known_cpe, purl = product.cpe, product.purl
    if versions.form is Form.EXACTLY:
        named = cpe.parse(known_cpe).at(versions.low) if known_cpe else None
        known_cpe = str(named) if named else ""
        # before the qualifiers, where the specification has it
        purl = PackageURL.from_string(purl)._replace(version=versions.low).to_string() if purl else ""
    return pruned(cpe23=known_cpe, purl=purl)


def _losses(document: Document) -> Iterator[Loss]:
    ranges = unique(
        each.versions.words(document.language)
        for each in document.statements
        if each.versions.form not in {Form.ALL, Form.EXACTLY, Form.UNKNOWN}
    )
    for words in ranges:
        yield Loss("/statements", NO_RANGE, {"range": words})
    vectors = unique(each.score.vector for said in document.statements for each in said.scores)
    if vectors:
        yield Loss("/statements", NO_SCORES, {"vectors": ", ".join(vectors)})
    for cwe in unique(each.cwe for each in document.vulnerabilities if each.cwe):
        yield Loss("/statements", NO_CWE, {"cwe": cwe})
    if document.credits:
        yield Loss("", NO_CREDIT)


def faults(document: Mapping[str, object]) -> tuple[Fault, ...]:
    """What the rules of OpenVEX 0.2.0 ask for and this document does not do; nothing if all is well."""
    return tuple(_faults(document))


def _faults(document: Mapping[str, object]) -> Iterator[Fault]:
    for name in ("@context", "@id", "author", "timestamp", "version", "statements"):
        if not document.get(name):
            yield Fault(f"/{name}", "is missing")
    if not isinstance(document.get("version"), int):
        yield Fault("/version", "is not a number")
    for name in ("timestamp", "last_updated"):
        if name in document and moment(str(document[name])) is None:
            yield Fault(f"/{name}", "is not an instant")
    statements = document.get("statements")
    for index, each in enumerate(statements if isinstance(statements, list) else ()):
        yield from _faults_of(each if isinstance(each, dict) else {}, f"/statements/{index}")


def _faults_of(statement: Json, place: str) -> Iterator[Fault]:
    flaw = statement.get("vulnerability")
    if not isinstance(flaw, dict) or not flaw.get("name"):
        yield Fault(f"{place}/vulnerability/name", "is missing")
    status = statement.get("status")
    if status not in _STATUSES:
        yield Fault(f"{place}/status", "is not a status")
    if status == "affected" and not statement.get("action_statement"):
        yield Fault(f"{place}/action_statement", "is missing, as the product is affected")
    if status == "not_affected" and not {"justification", "impact_statement"} & set(statement):
        yield Fault(f"{place}/justification", "is missing, and so is an impact statement")
    if "justification" in statement and statement["justification"] not in set(Justification):
        yield Fault(f"{place}/justification", "is not a justification")
    products = statement.get("products")
    found: Iterable[object] = products if isinstance(products, list) else ()
    for index, each in enumerate(found):
        if not isinstance(each, dict) or not {"@id", "identifiers"} & set(each):
            yield Fault(f"{place}/products/{index}", "has neither an address nor an identifier")
