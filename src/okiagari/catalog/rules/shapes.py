"""The shape of a catalogue file: its entries and their fields, with what each is when it is left out."""

import msgspec

PRODUCT_KINDS = ("device", "application", "service", "system")
SYSTEM_KINDS = ("system", "service")
EXPOSURES = ("internet", "partners", "internal", "isolated")
SUPPORT_KINDS = ("general_availability", "end_of_sales", "end_of_security_support", "end_of_life")
RELEASE_STATES = ("planned", "in_test", "public", "withdrawn")

LocalWords = dict[str, str] | str


class AliasIn(msgspec.Struct, forbid_unknown_fields=True):
    text: str
    source: str = ""


class ComponentIn(msgspec.Struct, forbid_unknown_fields=True):
    """One version of a component. `since`, `until`: the first and the last release that hold it."""

    name: str
    version: str = ""
    since: str = ""
    until: str = ""
    purl: str = ""
    assumed: bool = False


class StepIn(msgspec.Struct, forbid_unknown_fields=True):
    """One step of "how to check your version". `picture`: a ``data:`` address, or the SHA-256 of one the
    catalogue has; `alt`: what it shows."""

    text: LocalWords
    picture: str = ""
    alt: LocalWords = ""


class ReleaseIn(msgspec.Struct, forbid_unknown_fields=True):
    """`state` left out: public for a new release, as it is for a known one.

    `components`: what this release brings, or brings in another version; `without`: what it leaves out.
    Everything else stays as in the release before it.
    """

    text: str
    state: str = ""
    date: str = ""
    url: str = ""
    sha256: str = ""
    size: int | None = None
    requires: str = ""
    notes: LocalWords = ""
    public_note: LocalWords = ""
    aliases: list[AliasIn | str] = []
    components: list[ComponentIn] = []
    without: list[str] = []
    assumed: bool = False


class LineIn(msgspec.Struct, forbid_unknown_fields=True):
    """Releases oldest first: the maker's own order. `cpe`, `purl`, `steps` left out: they stay."""

    key: str
    name: LocalWords = ""
    kind: str = "firmware"
    find_version: LocalWords = ""
    how_to_apply: LocalWords = ""
    cpe: str | None = None
    purl: str | None = None
    steps: list[StepIn] | None = None
    releases: list[ReleaseIn] = []
    components: list[ComponentIn] = []
    assumed: bool = False


class TargetIn(msgspec.Struct, forbid_unknown_fields=True):
    revision: str = ""
    line: str = ""
    platform: str = ""
    serials: str = ""
    serial_numbers: list[str] = []
    model_numbers: list[str] = []
    cpe: str = ""
    note: LocalWords = ""


class SupportIn(msgspec.Struct, forbid_unknown_fields=True):
    date: str
    assumed: bool = False


class ShippedIn(msgspec.Struct, forbid_unknown_fields=True):
    date: str
    units: int
    source: str = ""
    assumed: bool = False


class SystemIn(msgspec.Struct, forbid_unknown_fields=True):
    """What the inventory says of one of our own systems or services."""

    operator: str = ""
    exposure: str = ""
    data_held: LocalWords = ""
    holds_personal_data: bool = False
    recovery_contact: str = ""


class ProductIn(msgspec.Struct, forbid_unknown_fields=True):
    """`listing` and `steps` left out: they stay as they are."""

    model: str
    kind: str = "device"
    names: LocalWords = ""
    other_names: list[str] = []
    category: str = ""
    family: str = ""
    brand: str = ""
    team: str = ""
    successor: str = ""
    countries: list[str] = []
    find_model: LocalWords = ""
    page: str = ""
    cpe: str = ""
    purl: str = ""
    listing: str | None = None
    steps: list[StepIn] | None = None
    line: str = ""
    targets: list[TargetIn] = []
    components: list[ComponentIn] = []
    support: dict[str, SupportIn | str] = {}
    shipped: list[ShippedIn] = []
    inventory: SystemIn | None = None
    assumed: bool = False


class OrganisationIn(msgspec.Struct, forbid_unknown_fields=True):
    key: str
    kind: str
    name: LocalWords
    contact: str = ""
    website: str = ""


class CatalogueIn(msgspec.Struct, forbid_unknown_fields=True):
    """A whole catalogue: lines first, then the products that use them."""

    organisations: list[OrganisationIn] = []
    lines: list[LineIn] = []
    products: list[ProductIn] = []
