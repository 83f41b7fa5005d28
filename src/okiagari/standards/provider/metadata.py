"""provider-metadata.json (OASIS CSAF 2.0 and 2.1, 7.1.7; JSON schema in section 3.3 of each).

In: who publishes, where the tree lies, which keys sign. Out: the document. Valid by the schema of its
version for every address and name that is one; it checks none of them.
"""

from dataclasses import dataclass
from datetime import datetime

from okiagari.standards.documents import Json, instant, kept, pruned
from okiagari.standards.provider import layout
from okiagari.standards.provider.layout import Edition


@dataclass(frozen=True)
class Issuer:
    """Who publishes (3.2.1.8 of the documents, and the same here)."""

    name: str
    namespace: str
    contact: str = ""


@dataclass(frozen=True)
class Provider:
    """What the file says. `url`: of the folder that holds the documents; `keys`: fingerprint, address."""

    edition: Edition
    url: str
    issuer: Issuer
    updated: datetime
    keys: tuple[tuple[str, str], ...] = ()
    is_signed: bool = False

    @property
    def role(self) -> str:
        return "csaf_trusted_provider" if self.is_signed else "csaf_provider"


def metadata(provider: Provider) -> Json:
    issuer = provider.issuer
    said: Json = {
        "canonical_url": f"{provider.url}/{layout.METADATA}",
        "distributions": _distributions(provider),
        "last_updated": instant(provider.updated),
        "list_on_CSAF_aggregators": True,
        "metadata_version": provider.edition.version,
        "mirror_on_CSAF_aggregators": True,
        "public_openpgp_keys": [{"fingerprint": name, "url": url} for name, url in provider.keys],
        "publisher": pruned(
            category="vendor",
            contact_details=issuer.contact,
            name=issuer.name,
            namespace=issuer.namespace,
        ),
        "role": provider.role,
    }
    if provider.edition is layout.V2_1:
        said["$schema"] = provider.edition.metadata_schema
    return kept(said)


def _distributions(provider: Provider) -> list[Json]:
    """ROLIE first, as clients prefer it; the folder with index.txt and changes.csv for all others."""
    edition, url = provider.edition, provider.url
    feed: Json = {
        "summary": f"All TLP:{edition.label} advisories of {provider.issuer.name}",
        "tlp_label": edition.label,
        "url": f"{url}/{edition.feed}",
    }
    if edition is layout.V2_1:
        feed["last_updated"] = instant(provider.updated)
        folder: Json = {"directory": {"tlp_label": edition.label, "url": f"{url}/"}}
    else:
        folder = {"directory_url": f"{url}/"}
    rolie: Json = {
        "categories": [f"{url}/{edition.category}"],
        "feeds": [feed],
        "services": [f"{url}/{layout.SERVICE}"],
    }
    return [{"rolie": rolie}, folder]
