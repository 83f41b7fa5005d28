"""What a sheet is made of, and what both kinds are made from."""

from dataclasses import dataclass
from datetime import datetime

from okiagari.disclose.rules.standing import Standing, standings
from okiagari.disclose.site import saying
from okiagari.disclose.site.entries import Entry, Site


@dataclass(frozen=True)
class Item:
    """A question or a name, and what there is to say."""

    lead: str
    texts: tuple[str, ...]


@dataclass(frozen=True)
class Section:
    title: str
    items: tuple[Item, ...]
    note: str = ""


@dataclass(frozen=True)
class Sheet:
    title: str
    sections: tuple[Section, ...]


@dataclass(frozen=True)
class About:
    """`is_public`: the advisory is out now. `out_at`: when it is planned to be, where that is known."""

    entry: Entry
    site: Site
    language: str
    is_public: bool
    out_at: datetime | None = None

    @property
    def found(self) -> tuple[Standing, ...]:
        return standings(self.entry.content)

    @property
    def is_withdrawn(self) -> bool:
        return self.entry.is_withdrawn

    @property
    def title(self) -> str:
        return saying.in_language(self.entry.content.words.title, self.language)

    @property
    def address(self) -> str:
        shown = self.language if self.language in self.entry.content.languages else self.entry.primary
        return f"{self.site.url}/{self.entry.page(shown)}"

    @property
    def maker(self) -> str:
        return saying.in_language(self.site.publisher.name, self.language)

    def word(self, name: str) -> str:
        return saying.in_language(getattr(self.entry.content.words, name), self.language)
