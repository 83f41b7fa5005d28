"""A house in the middle of a story: what came before a scene was played, the scene itself people do."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from django.core.files.uploadedfile import SimpleUploadedFile

from okiagari.cases import queries as cases
from okiagari.desk.subjects import SYSTEM
from okiagari.plumbing import clock
from okiagari.replay import player, reading
from tests.support.people import PASSWORD, TOKYO, Page, Visitor, both, signed_in


@dataclass
class Scene:
    """People by what they do, and the numbers they pass one another. `speaks`: who has another language."""

    language: str
    case: str
    people: dict[str, Visitor] = field(default_factory=dict)
    speaks: dict[str, str] = field(default_factory=dict)
    advisory: str = ""

    def __getitem__(self, username: str) -> Visitor:
        """Somebody at their browser; they sign in when the scene first needs them."""
        if username not in self.people:
            language = self.speaks.get(username, self.language)
            self.people[username] = signed_in(f"sample-{username}", language)
        return self.people[username]

    def at_case(self, username: str, tab: str = "") -> Visitor:
        self[username].open(f"/cases/{self.case}/{tab}")
        return self[username]

    def at_meeting(self, username: str) -> Visitor:
        self[username].open(f"/cases/{self.case}/meetings/{self.meeting}/")
        return self[username]

    @property
    def meeting(self) -> str:
        """The number of the one meeting of the case."""
        (found,) = cases.meetings(SYSTEM, self.case)
        return found.id

    def at_page(self, username: str) -> Visitor:
        self[username].open(f"/advisories/{self.advisory}/")
        return self[username]

    def a_file(self, name: str, lines: Sequence[str]) -> SimpleUploadedFile:
        return SimpleUploadedFile(name, "\n".join(lines).encode(), "text/csv")

    def reads(self, page: Page, *, ja: str, en: str) -> None:
        page.says(ja if self.language == "ja" else en)


def stands(name: str, at: str, language: str, *, until: str) -> Scene:
    """The house as the story of this name has made it by this hour; `at` is the day of those who read it."""
    with clock.at(datetime.fromisoformat(at).replace(tzinfo=TOKYO)):
        story = reading.read(reading.find(name))
        played = player.play(story, until=story.end_of(until), password=PASSWORD)
    return Scene(language, played.results["case"])


def matters(meeting: str) -> dict[str, str]:
    """What a meeting has to decide: the number of each."""
    return {each.matter: each.id for each in cases.meeting(SYSTEM, meeting).resolutions}


def words_of(**texts: tuple[str, str]) -> dict[str, str]:
    """Texts in both languages as the fields of a form."""
    return {field: value for name, (ja, en) in texts.items() for field, value in both(name, ja, en).items()}
