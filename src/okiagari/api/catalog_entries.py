"""Entries of a catalogue as programs send them: the fields of a catalogue file, without their key.

They only say which fields there are; what those may hold is the business of the catalogue's rules.
"""

from typing import Any

from ninja import Schema
from pydantic import ConfigDict

Words = dict[str, str] | str


class Entry(Schema):
    """A field nobody knows is refused; what is left out is as the rules have it."""

    model_config = ConfigDict(extra="forbid")

    def entry(self) -> dict[str, Any]:
        """What was sent, and nothing else."""
        return self.dict(exclude_unset=True)


class Alias(Entry):
    text: str
    source: str = ""


class Component(Entry):
    """`since`, `until`: the first and the last release that hold it; open where they are left out."""

    name: str
    version: str = ""
    since: str = ""
    until: str = ""
    purl: str = ""


class ReleaseFields(Entry):
    """`components`: what this release brings in this version; `without`: what it leaves out."""

    state: str = ""
    date: str = ""
    url: str = ""
    sha256: str = ""
    size: int | None = None
    requires: str = ""
    notes: Words = ""
    aliases: list[Alias | str] = []
    components: list[Component] = []
    without: list[str] = []


class ReleasePut(ReleaseFields):
    """`after`: the release it comes after, "" as the oldest; left out: where it stands, or as the newest."""

    after: str | None = None


class LineRelease(ReleaseFields):
    text: str


class LineIn(Entry):
    """Releases oldest first: the maker's own order."""

    name: Words = ""
    kind: str = "firmware"
    find_version: Words = ""
    how_to_apply: Words = ""
    releases: list[LineRelease] = []
    components: list[Component] = []


class Target(Entry):
    revision: str = ""
    line: str = ""
    platform: str = ""
    serials: str = ""
    note: Words = ""


class Support(Entry):
    date: str
    assumed: bool = False


class Shipped(Entry):
    date: str
    units: int
    source: str = ""
    assumed: bool = False


class ProductIn(Entry):
    """`support` by kind of date: general_availability, end_of_sales, end_of_security_support, end_of_life."""

    kind: str = "device"
    names: Words = ""
    other_names: list[str] = []
    category: str = ""
    family: str = ""
    brand: str = ""
    team: str = ""
    successor: str = ""
    countries: list[str] = []
    find_model: Words = ""
    page: str = ""
    line: str = ""
    targets: list[Target] = []
    components: list[Component] = []
    support: dict[str, Support | str] = {}
    shipped: list[Shipped] = []
