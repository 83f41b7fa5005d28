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


class Step(Entry):
    """One step of "how to check your version". `picture`: a ``data:`` address of a PNG, JPEG or WebP, or the
    SHA-256 of one the catalogue has; `alt`: what it shows, in both languages."""

    text: Words
    picture: str = ""
    alt: Words = ""


class ReleaseFields(Entry):
    """`components`: what this release brings in this version; `without`: what it leaves out. `notes` stay
    inside; `public_note` stands wherever the public is told of this version."""

    state: str = ""
    date: str = ""
    url: str = ""
    sha256: str = ""
    size: int | None = None
    requires: str = ""
    notes: Words = ""
    public_note: Words = ""
    aliases: list[Alias | str] = []
    components: list[Component] = []
    without: list[str] = []


class ReleasePut(ReleaseFields):
    """`after`: the release it comes after, "" as the oldest; left out: where it stands, or as the newest."""

    after: str | None = None


class LineRelease(ReleaseFields):
    text: str


class LineIn(Entry):
    """Releases oldest first: the maker's own order. `cpe`, `purl`: without a version; they and `steps` stay
    where they are left out."""

    name: Words = ""
    kind: str = "firmware"
    find_version: Words = ""
    how_to_apply: Words = ""
    cpe: str | None = None
    purl: str | None = None
    steps: list[Step] | None = None
    releases: list[LineRelease] = []
    components: list[Component] = []


class Target(Entry):
    revision: str = ""
    line: str = ""
    platform: str = ""
    serials: str = ""
    serial_numbers: list[str] = []
    model_numbers: list[str] = []
    cpe: str = ""
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
    """`support` by kind of date: general_availability, end_of_sales, end_of_security_support, end_of_life.

    `listing`: whether the public pages name it: listed, unlisted, "" by the start of sales; it and `steps`
    stay where they are left out.
    """

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
    cpe: str = ""
    purl: str = ""
    listing: str | None = None
    steps: list[Step] | None = None
    line: str = ""
    targets: list[Target] = []
    components: list[Component] = []
    support: dict[str, Support | str] = {}
    shipped: list[Shipped] = []
