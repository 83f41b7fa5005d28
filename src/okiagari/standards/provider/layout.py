"""The names of a provider's files, by version of CSAF: what 2.0 calls WHITE is CLEAR in 2.1."""

from dataclasses import dataclass

METADATA = "provider-metadata.json"
INDEX = "index.txt"
CHANGES = "changes.csv"
SERVICE = "service.json"
HASHES = ("sha256", "sha512")
SIGNATURE = "asc"
KEYS = "openpgp"
SECURITY_TXT = ".well-known/security.txt"
WELL_KNOWN = f".well-known/csaf/{METADATA}"


@dataclass(frozen=True)
class Edition:
    """One version of the standard. `root`: its folder in the tree; `schema`: of its documents."""

    version: str
    root: str
    label: str
    schema: str
    metadata_schema: str

    @property
    def feed(self) -> str:
        return f"feed-tlp-{self.label.lower()}.json"

    @property
    def category(self) -> str:
        return f"category-tlp-{self.label.lower()}.json"


_AT = "https://docs.oasis-open.org/csaf/csaf"
V2_0 = Edition(
    "2.0",
    "csaf",
    "WHITE",
    f"{_AT}/v2.0/csaf_json_schema.json",
    f"{_AT}/v2.0/provider_json_schema.json",
)
V2_1 = Edition("2.1", "csaf-2.1", "CLEAR", f"{_AT}/v2.1/schema/csaf.json", f"{_AT}/v2.1/schema/provider.json")
EDITIONS = (V2_0, V2_1)
