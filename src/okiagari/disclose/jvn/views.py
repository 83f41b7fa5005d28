"""The values that leave this room: a report that was told, how a case stands, two reports side by side."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from okiagari.disclose.jvn.values import ProductStance, Stance
from okiagari.disclose.naming import Name
from okiagari.standards.localtext import LocalText


@dataclass(frozen=True)
class ReportView:
    """A report that was told. `differences`: what it said that the one before did not, in the reader's
    language.

    `delivery`: how its letter stands, "" where it was told by hand. `files`: "ja.txt" to the hash.
    """

    id: str
    at: datetime
    noted_at: datetime
    by: Name | None
    way: str
    language: str
    remark: str
    value: str
    stance: Stance
    message: str
    delivery: str
    files: Mapping[str, str]
    differences: tuple[str, ...]


@dataclass(frozen=True)
class ProductLine:
    """A product as it was told last and as it is now; None where it is not there."""

    key: str
    name: str
    told: ProductStance | None
    now: ProductStance | None

    @property
    def is_changed(self) -> bool:
        return self.told != self.now


@dataclass(frozen=True)
class StatusView:
    """Where the maker stands with JPCERT/CC on one case.

    `state`: owed, told, nothing (to tell yet), apart (JPCERT/CC does not coordinate it). `seen` and `seal`
    name the report that is looked at. `texts`, `documents`: by language. `statement`: what somebody wrote for
    JVN; `is_own`: it counts, and not the published words. `due`: of the publication agreed with JPCERT/CC.
    """

    case_id: str
    reference: str
    state: str
    value: str
    stance: Stance
    products: tuple[ProductLine, ...]
    differences: tuple[str, ...]
    what: str
    due: datetime | None
    is_unsent: bool
    statement: LocalText
    is_own: bool
    texts: Mapping[str, str]
    documents: Mapping[str, str]
    losses: tuple[tuple[str, Mapping[str, str]], ...]
    seal: str
    seen: str
    last: ReportView | None
    address: str
    channels: tuple[tuple[str, str, datetime | None], ...]
    may: frozenset[str]


@dataclass(frozen=True)
class KnownView:
    """A case in a line: what was told last ("" and None: never), and what was not."""

    case_id: str
    told: str
    told_at: datetime | None
    owed: LocalText | None


@dataclass(frozen=True)
class ComparisonView:
    """Two reports laid beside one another. `after` is None where it is the next report, as it stands now.

    `differences`: what the later one says that the earlier one did not, in the reader's language.
    """

    before: ReportView
    after: ReportView | None
    differences: tuple[str, ...]
    products: tuple[ProductLine, ...]


@dataclass(frozen=True)
class FileView:
    """A file of a report: told, or as the next one would be."""

    name: str
    form: str
    content: bytes
    sha256: str
