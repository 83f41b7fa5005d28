"""What the site is made of: each published advisory with its editions, and the maker who speaks."""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from okiagari.disclose.rules.content import Catalogue, Content, Publisher, Texts, canonical
from okiagari.disclose.rules.standing import Standing, standings
from okiagari.disclose.site.version import renderer
from okiagari.standards.csaf import file_name, folder


@dataclass(frozen=True)
class Edition:
    """One time it was published. `summary`: what the revision history says of it.

    `label`: its number as the history writes it, "" for `number`.

    `superseded_by`: the document id of what says it now; `superseded_pages`: (language, path in the tree).
    """

    number: int
    at: datetime
    summary: Texts
    languages: tuple[str, ...]
    is_withdrawal: bool = False
    superseded_by: str = ""
    superseded_pages: tuple[tuple[str, str], ...] = ()
    label: str = ""

    @property
    def called(self) -> str:
        """Its number in the revision history."""
        return self.label or str(self.number)


@dataclass(frozen=True)
class Entry:
    """One advisory: what it says now, and its editions, the oldest first."""

    content: Content
    editions: tuple[Edition, ...]

    @property
    def name(self) -> str:
        """What its files are called, without an ending."""
        return file_name(self.content.tracking_id).removesuffix(".json")

    @cached_property
    def standings(self) -> tuple[Standing, ...]:
        """Where each product stands, worked out once."""
        return standings(self.content)

    @property
    def first_at(self) -> datetime:
        return self.editions[0].at

    @property
    def last_at(self) -> datetime:
        return self.editions[-1].at

    @property
    def is_withdrawn(self) -> bool:
        return self.editions[-1].is_withdrawal

    @property
    def primary(self) -> str:
        """The language that goes under the bare document id: the first one it was published in."""
        first = [each for each in self.editions[0].languages if each in self.content.languages]
        return (first or list(self.content.languages))[0]

    def page(self, language: str) -> str:
        return f"{language}/{self.name}.html"

    def document_id(self, language: str) -> str:
        tracking_id = self.content.tracking_id
        return tracking_id if language == self.primary else f"{tracking_id}-{language}"

    def document(self, language: str, version: str = "2.0") -> str:
        """Where its CSAF document lies (OASIS CSAF 2.0, 7.1.11 and 5.1), each version apart."""
        tree = "csaf" if version == "2.0" else f"csaf-{version}"
        return f"{tree}/{folder(self.first_at)}/{file_name(self.document_id(language))}"


@dataclass(frozen=True)
class Site:
    """The maker and where the site is. `has_csaf_2_1`: documents of the draft go out beside those of 2.0.

    `contact`, `report_url`: where the maker is told of weaknesses; `policy_url`: what it does then.
    `cve_org`: its UUID and short name at CVE Services, where it is a CNA; `cve_format`: of its records.
    `house`: the maker's frame, by language. `catalogue`: the products that its pages name by
    themselves; nothing of an advisory is made from it.
    """

    url: str
    zone: str
    publisher: Publisher = field(default_factory=Publisher)
    generator: str = field(default_factory=renderer)
    has_csaf_2_1: bool = False
    contact: str = ""
    report_url: str = ""
    policy_url: str = ""
    cve_org: tuple[str, str] = ("", "")
    cve_format: str = "5.2.0"
    house: Mapping[str, str] = field(default_factory=dict)
    catalogue: Catalogue = field(default_factory=Catalogue)

    def local(self, instant: datetime) -> datetime:
        return instant.astimezone(ZoneInfo(self.zone))


def without_catalogue(site: Site) -> Site:
    """For what names no product by itself."""
    return replace(site, catalogue=Catalogue())


def key_of(entry: Entry, site: Site) -> str:
    """Two entries with the same key make the same files, so the old ones are used again."""
    parts = [
        canonical(entry.content).decode(),
        [
            [
                *(each.number, each.at.isoformat(), each.summary, list(each.languages)),
                *(each.is_withdrawal, each.superseded_by, each.superseded_pages),
                *((each.label,) if each.label else ()),
            ]
            for each in entry.editions
        ],
        [
            *(site.url, site.zone, site.publisher.name, site.publisher.website, site.generator),
            *(["csaf-2.1"] if site.has_csaf_2_1 else ()),
            *(site.cve_org if site.cve_org[0] else ()),
            *([site.cve_format] if site.cve_format != "5.2.0" else ()),
            *(sorted(site.house.items())),
        ],
    ]
    return hashlib.sha256(json.dumps(parts, sort_keys=True, ensure_ascii=False).encode()).hexdigest()
