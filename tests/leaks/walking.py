"""The walk itself: one house, two secrets in it one after the other, and everybody at every door.

The house is built once for all visitors, and a secret once for all who may not know of it. Everybody knocks
while it is there and again when it is gone; what was answered is kept, for the tests to compare.
"""

import shutil
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from html import escape
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import transaction
from django.utils.encoding import iri_to_uri

from okiagari.api.app import api
from okiagari.desk.subjects import SYSTEM
from okiagari.disclose.actions import keys
from okiagari.plumbing import presence
from okiagari.plumbing.models import Line
from tests.leaks import doors
from tests.leaks.doors import Knock
from tests.leaks.filling import Filler
from tests.leaks.house import IN_PARTS, World, a_house
from tests.leaks.knocking import Answer, Visitor, same_chance
from tests.leaks.secret import MARK, Secret, a_draft_on_both, a_secret, what_the_incident_team_knows

KNOWING = "member"
"""Who may know of the first secret, and shows that the walk reaches it."""
SENDS_FORMS = ("second", *IN_PARTS)
"""Whose role lets them do something in a case: they send the forms of those they are in as well."""
ASK_BESIDE = ("second", "partner")
ASK_ALL_TWICE = ("second", "partner", "few_verbs", *IN_PARTS)
"""Who asks everything again without the secret. To the others a number that leads to nothing need only be
answered as one that nobody gave: that takes half the time and differs from these in the roles only."""
NOTHING = (Knock("GET", "/cases/OKI-15-00000/"), Knock("GET", "/api/v1/cases/OKI-15-00000"))
FINE, NOT_FOUND, NOT_ALLOWED = 200, 404, 405
Plain = tuple[int, object, bytes]


@dataclass
class Walked:
    """What one visitor was answered: with the secret, and without it."""

    secret: Secret
    with_it: dict[Knock, Answer] = field(default_factory=dict)
    without_it: dict[Knock, Answer] = field(default_factory=dict)
    beside: dict[Knock, Answer] = field(default_factory=dict)
    """What was told of the case everybody is in, while a draft lay on it and on one that is secret."""
    is_nothing: set[Knock] = field(default_factory=set)
    """Knocks answered, to the byte, as a number that nobody ever gave is: these are not asked again."""


def walk(strangers: Iterable[str], *, with_who_knows: bool = True) -> Mapping[str, Walked]:
    """Let everybody knock at everything. Nothing stays in the database."""
    found: dict[str, Walked] = {}
    asked = set(strangers)
    knowing = (KNOWING,) if with_who_knows else ()
    with pytest.MonkeyPatch.context() as patch, transaction.atomic(), _a_key():
        same_chance(patch)
        world = a_house()
        of_product = [who for who in (*knowing, *asked) if who != "psirt_only"]
        found |= _while_it_is_there(world, a_secret, of_product)
        found |= _while_it_is_there(world, what_the_incident_team_knows, sorted(asked & {"psirt_only"}))
        _look_beside(world, {who: found[who] for who in ASK_BESIDE if who in asked})
        for who in sorted(asked):
            stranger = visitor(world, who)
            walked = found[who]
            walked.without_it = {
                knock: answer if knock in walked.is_nothing else stranger.knock(knock)
                for knock, answer in walked.with_it.items()
            }
        transaction.set_rollback(True)
    return found


@contextmanager
def _a_key() -> Iterator[None]:
    """There is a key from the start: keys are files, and no knock that made one would be taken back."""
    try:
        keys.make(SYSTEM, name="Sample <psirt@maker.example>")
        yield
    finally:
        shutil.rmtree(Path(settings.ENVIRONMENT.data) / "keys", ignore_errors=True)


def _while_it_is_there(
    world: World, make: Callable[[World], Secret], visitors: list[str]
) -> Iterator[tuple[str, Walked]]:
    """The secret stands in a savepoint, and everybody who is not told of it walks by."""
    if not visitors:
        return
    with transaction.atomic():
        secret = make(world)
        lines, closed = Line.objects.count(), _Closed()
        for who in visitors:
            walked = Walked(secret)
            _seen_by(KNOWING, secret)
            someone = visitor(world, who)
            nothing = [] if who in ASK_ALL_TWICE else [_plain(each, someone.knock(each)) for each in NOTHING]
            deaf = _Deaf()
            for knock in deaf.heard(closed.open(knocks(world, secret, who))):
                answer = someone.knock(knock)
                walked.with_it[knock] = deaf.noted(knock, closed.noted(knock, answer))
                if answer.status == NOT_FOUND and _plain(knock, answer) in nothing:
                    walked.is_nothing.add(knock)
            yield who, walked
        assert Line.objects.count() == lines, "a knock was kept"
        presence.leave_all()
        transaction.set_rollback(True)


def _look_beside(world: World, found: Mapping[str, Walked]) -> None:
    with transaction.atomic():
        secret = a_draft_on_both(world)
        for who, walked in found.items():
            someone = visitor(world, who)
            deaf = _Deaf()
            for knock in deaf.heard(knocks(world, secret, who)):
                is_there = secret.ids["OKI"][0] not in knock.path
                if knock.method == "GET" and is_there:
                    walked.beside[knock] = deaf.noted(knock, someone.knock(knock))
        transaction.set_rollback(True)


def _plain(knock: Knock, answer: Answer) -> Plain:
    """An answer without the address that was asked."""
    body = answer.body
    for written in (knock.path, iri_to_uri(knock.path)):
        body = body.replace(escape(written).encode(), b"ADDRESS").replace(written.encode(), b"ADDRESS")
    return answer.status, answer.headers, body


def _seen_by(who: str, secret: Secret) -> None:
    """Somebody who knows looks at everything just now; nobody else may hear of it."""
    presence.leave_all()
    for kind, prefix in (("case", "OKI"), ("report", "REP"), ("advisory", "ADV")):
        for number in secret.ids.get(prefix, []):
            presence.look((kind, number), who)


class _Closed:
    """Doors that are none for this method, whoever knocks: once the first was told so, nobody asks again."""

    def __init__(self) -> None:
        self._known: set[tuple[str, str]] = set()

    def open(self, asked: Iterable[Knock]) -> Iterator[Knock]:
        return (knock for knock in asked if (knock.method, knock.path) not in self._known)

    def noted(self, knock: Knock, answer: Answer) -> Answer:
        if answer.status == NOT_ALLOWED:
            self._known.add((knock.method, knock.path))
        return answer


class _Deaf:
    """Pages that are no lists: what answers the first search as if nothing had been asked hears none.

    Files say no search of theirs: an empty one tells nothing of whether it heard.
    """

    def __init__(self) -> None:
        self._pages: dict[str, Plain] = {}
        self._deaf: set[str] = set()

    def heard(self, asked: Iterable[Knock]) -> Iterator[Knock]:
        return (knock for knock in asked if "?" not in knock.path or _page(knock) not in self._deaf)

    def noted(self, knock: Knock, answer: Answer) -> Answer:
        page, plain = _page(knock), _plain(knock, answer)
        is_same = knock.method == "GET" and plain == self._pages.setdefault(page, plain)
        if is_same and "?" in knock.path and (answer.status != FINE or b"<html" in answer.body):
            self._deaf.add(page)
        return answer


def _page(knock: Knock) -> str:
    return knock.path.partition("?")[0]


def visitor(world: World, who: str) -> Visitor:
    if who == "public":
        return Visitor()
    if who == "few_verbs":
        return Visitor(token=world.token)
    return Visitor(world.who[who].key)


def knocks(world: World, secret: Secret, who: str) -> list[Knock]:
    """Everything that somebody asks, each thing once."""
    filler = Filler(
        world, secret, world.inside(who), sends_forms=who in SENDS_FORMS, feed=world.feeds.get(who, "")
    )
    description: dict[str, Any] = api.get_openapi_schema()
    asked = [*doors.pages(filler, MARK), *doors.operations(description, filler, MARK)]
    if who == KNOWING:
        asked = [knock for knock in asked if knock.method == "GET"]
    return list({str(knock) + str(knock.body): knock for knock in asked}.values())
