"""A past case that has happened: a replay played through the real actions into a world of its own."""

import json
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction
from django.test import override_settings

from okiagari.fleet import access
from okiagari.fleet.stores import open_store
from okiagari.flow import advance
from okiagari.plumbing import anchors, clock
from okiagari.plumbing.models import Job
from okiagari.replay import player, reading
from okiagari.replay.outcome import outcome
from okiagari.replay.player import Played
from okiagari.standards.csaf.check import validate
from tests.support.fleet import a_place
from tests.support.positions import projection


@contextmanager
def a_world(folder: Path) -> Iterator[None]:
    """A data folder, a site and a fleet that nobody else sees. The database is the caller's."""
    environment = replace(
        settings.ENVIRONMENT,
        data=folder,
        site_dir=folder / "site",
        base_url="https://desk.example",
        site_url="https://maker.example/security",
    )
    with a_place(folder) as place, override_settings(ENVIRONMENT=environment):
        store = open_store(place, zone=settings.TIME_ZONE)
        try:
            with access.using(store):
                yield
        finally:
            store.close()


def played(name: str = "np-bbrs", *, until: datetime | None = None) -> Played:
    """Play the replay of this name, which comes along with the system."""
    return player.play(reading.read(reading.find(name)), until=until)


@dataclass(frozen=True)
class Told:
    """A story that has happened, with what came of its one case."""

    site: Path
    played: Played
    case: Mapping[str, Any]

    @property
    def id(self) -> str:
        return str(self.case["id"])

    def documents(self) -> list[dict[str, Any]]:
        """The CSAF documents that are out, in both languages."""
        return [json.loads(path.read_text()) for path in sorted(self.site.glob("csaf/20*/*.json"))]

    def page(self, language: str) -> str:
        """The one page of the story."""
        (publication,) = self.case["publications"]
        return (self.site / language / f"{publication['advisory'].lower()}.html").read_text()

    def revisions(self) -> dict[int, dict[str, Any]]:
        (publication,) = self.case["publications"]
        return {each["number"]: each for each in publication["revisions"]}

    def clocks(self) -> dict[str, str]:
        return {each["rule"]: each["state"] for each in self.case["clocks"]}


@contextmanager
def happened(name: str, folder: Path, blocker: Any) -> Iterator[Told]:
    """The story played whole; everything of it is rolled back afterwards."""
    with blocker.unblock(), transaction.atomic(), a_world(folder):
        story = played(name)
        (case,) = outcome(story)["cases"]
        yield Told(folder / "site" / "current", story, case)
        transaction.set_rollback(True)


def holds_together(told: Told) -> None:
    """What must be so after every story: nobody touched the ledger, what flow keeps is what the facts give,
    every document is valid, no job is left behind."""
    assert anchors.verify() == ()
    before = projection()
    with clock.at(told.played.last or clock.now()):
        advance.rebuild()
    assert projection() == before
    for document in told.documents():
        assert not validate(document), document["document"]["tracking"]["id"]
    assert not Job.objects.exclude(failed_at=None).exists()
    assert not Job.objects.filter(done_at=None, every_seconds=None).exclude(error="").exists()


def day(text: str | None) -> str:
    """The day in Japan of an instant as the outcome writes it."""
    assert text
    return (
        datetime.fromisoformat(text).astimezone(reading.read(reading.find("np-bbrs")).zone).date().isoformat()
    )
