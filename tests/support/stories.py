"""A past case that has happened: a replay played through the real actions into a world of its own.

Before it is played it is driven by programs, in another world, so that both ends can be held side by side.
"""

import json
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.db import transaction
from django.test import override_settings

from okiagari.disclose.keys import installed
from okiagari.engines.provider_sources import FolderSource
from okiagari.fleet import access
from okiagari.fleet.stores import open_store
from okiagari.flow import advance
from okiagari.plumbing import anchors, clock
from okiagari.plumbing.models import Job
from okiagari.replay import player, reading
from okiagari.replay.outcome import outcome
from okiagari.replay.player import Played
from okiagari.standards import openpgp
from okiagari.standards.csaf.check import validate
from okiagari.standards.provider.findings import Role
from okiagari.standards.provider.judge import judge
from tests.support.driven import driven
from tests.support.fleet import a_place
from tests.support.positions import projection

NUMBER = re.compile(r"\b[A-Z]{2,4}-\d\d-[0-9A-Z]{5}\b")
SIGNING_KEY = openpgp.generate("PSIRT <psirt@maker.example>", lasting=timedelta(days=365))
SEAL = re.compile(r"\b[0-9a-f]{64}\b")
COMPARED = (
    "title",
    "step",
    "level",
    "steps",
    "missing",
    "vulnerabilities",
    "judgements",
    "affectedness",
    "measures",
    "tasks",
    "clocks",
    "publications",
    "lessons",
)


@contextmanager
def a_world(folder: Path) -> Iterator[None]:
    """A data folder, a site and a fleet that nobody else sees. The database is the caller's."""
    environment = replace(
        settings.ENVIRONMENT,
        data=folder,
        site_dir=folder / "site",
        base_url="https://desk.example",
        site_url="https://maker.example/security",
        key_passphrase="opens the key of the stories",
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
    """A story that has happened, with what came of its one case; `by_programs`: where they brought it to."""

    site: Path
    played: Played
    whole: Mapping[str, Any]
    by_programs: Mapping[str, Any]

    @property
    def case(self) -> Mapping[str, Any]:
        (only,) = self.whole["cases"]
        return only  # type: ignore[no-any-return]

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
    story = reading.read(reading.find(name))
    with blocker.unblock():
        with _a_house(folder / "driven"):
            by_programs = _plainly(driven(story))
        with _a_house(folder / "played"):
            played = player.play(story)
            yield Told(folder / "played" / "site" / "current", played, outcome(played), by_programs)


@contextmanager
def _a_house(folder: Path) -> Iterator[None]:
    """What happens inside has not happened afterwards."""
    folder.mkdir()
    cache.clear()
    with transaction.atomic(), a_world(folder):
        installed.holder().bring(SIGNING_KEY)
        yield
        transaction.set_rollback(True)


def programs_bring_it_to_the_same_end(told: Told) -> None:
    """Whoever drives the case by tokens at the programs' door ends where the player ends, to the word."""
    by_player = _plainly(told.played)
    assert told.by_programs["events"] == by_player["events"]
    for mine, theirs in zip(told.by_programs["cases"], by_player["cases"], strict=True):
        for part in COMPARED:  # one after the other, so that a failure says it in few words
            assert _only_in(mine[part], theirs[part]) == _only_in(theirs[part], mine[part]), part
        assert mine == theirs


def _plainly(played: Played) -> dict[str, Any]:
    """The outcome with names instead of random numbers, and lists in an order that does not hang on them."""
    names = {value: f"${name}" for name, value in played.results.items() if isinstance(value, str)}

    def plainly(value: Any) -> Any:
        if isinstance(value, dict):
            return {name: plainly(each) for name, each in value.items()}
        if isinstance(value, list | tuple):
            found = [plainly(each) for each in value]
            return sorted(found, key=repr) if {"$"} & {str(each)[:1] for each in found} else found
        if isinstance(value, str):
            return SEAL.sub("seal", NUMBER.sub(lambda found: names.get(found[0], "number"), value))
        return value

    whole = outcome(played)
    cases = [{part: _by_words(plainly(case[part])) for part in COMPARED} for case in whole["cases"]]
    return {"events": whole["events"], "cases": cases}


def _only_in(some: Any, others: Any) -> Any:
    return [each for each in some if each not in others] if isinstance(some, list) else some


def _by_words(value: Any) -> Any:
    return sorted(value, key=repr) if isinstance(value, list) else value


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


def is_a_trusted_provider(told: Told) -> None:
    """What the story has published holds the role, by every requirement that a folder shows."""
    source = FolderSource(told.site, "https://maker.example/security")
    report = judge(source, source.base, Role.TRUSTED_PROVIDER, now=told.played.last or clock.now())
    assert report.holds, [each for result in report.results for each in result.findings]
    assert report.documents == report.documents_known == len(told.documents()) > 0


def day(text: str | None) -> str:
    """The day in Japan of an instant as the outcome writes it."""
    assert text
    return (
        datetime.fromisoformat(text).astimezone(reading.read(reading.find("np-bbrs")).zone).date().isoformat()
    )
