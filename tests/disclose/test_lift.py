"""Two processes run the jobs of one installation; the embargo ends; one after the other is killed: it goes
out once, is archived once, and arrives once."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.db import connection

from okiagari.desk.subjects import SYSTEM
from okiagari.disclose import actions as disclose
from okiagari.disclose import queries
from okiagari.disclose.archive import actions as archive
from okiagari.disclose.models import Delivery, PublishedTree
from okiagari.disclose.targets.settings import read
from okiagari.plumbing import clock, ledger
from tests.disclose.story import Story
from tests.support.lifting import POINTS

pytestmark = pytest.mark.django_db(transaction=True)
PATIENCE = 400.0


class Runners:
    """Two job runners; one that dies is started again, as the supervisor does."""

    def __init__(self, deaths: Path, variables: dict[str, str]) -> None:
        self.deaths = deaths
        self.variables = {**os.environ, "DJANGO_SETTINGS_MODULE": "okiagari.config.settings", **variables}
        self.died: list[int] = []
        self.running = [self._start(), self._start()]

    def _start(self) -> "subprocess.Popen[bytes]":
        name = str(connection.settings_dict["NAME"])
        command = [sys.executable, "-m", "tests.support.lifting", name, str(self.deaths)]
        return subprocess.Popen(command, env=self.variables, stdin=subprocess.PIPE)

    def tend(self) -> None:
        for number, each in enumerate(self.running):
            if each.poll() is not None:
                self.died.append(each.returncode)
                assert each.stdin
                each.stdin.close()
                self.running[number] = self._start()

    def end(self) -> None:
        for each in self.running:
            each.communicate(timeout=60)


@contextmanager
def two_runners(deaths: Path, variables: dict[str, str]) -> Iterator[Runners]:
    runners = Runners(deaths, variables)
    try:
        yield runners
    finally:
        runners.end()


def test_an_embargo_lifts_once_whoever_is_killed(
    story: Story, site: Path, tmp_path: Path, settings: LazySettings
) -> None:
    place = tmp_path / "www"
    text = f'[[target]]\nname = "web"\nkind = "folder"\npath = "{place}"\npublic = true\n'
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, targets=read(text))
    deaths = tmp_path / "deaths"
    deaths.mkdir()
    for point in POINTS:
        (deaths / point).touch()
    variables = {
        "OKIAGARI_SITE_DIR": str(site),
        "OKIAGARI_SITE_URL": settings.ENVIRONMENT.site_url,
        "OKIAGARI_TARGETS": text,
    }
    story.approved()
    lift = clock.now() + timedelta(seconds=3)
    disclose.publish(story.member, story.advisory, at=lift)
    with two_runners(deaths, variables) as runners:
        until = time.monotonic() + PATIENCE
        while not Delivery.objects.filter(state="done").exists() and time.monotonic() < until:
            runners.tend()
            time.sleep(0.2)
    assert runners.died == [-9] * len(POINTS)
    # one publication, not before its time
    (out,) = queries.publications(story.member, story.advisory)
    assert (out.number, out.state) == (1, "published")
    assert out.published_at is not None
    assert out.published_at >= lift.replace(microsecond=0)
    # one line that says so, one switch, one arrival
    lines = [line.verb for line in ledger.entries([("advisory", story.advisory)])]
    assert lines.count("disclose.published") == 1
    happened = [line.verb for line in ledger.entries([("site", "published")])]
    assert sorted(happened) == ["disclose.delivered", "disclose.switched"]
    # one entry in the archive, proved
    (tree,) = PublishedTree.objects.all()
    assert (tree.state, tree.brought) == ("out", ["SA-2015-001#1"])
    assert archive.verify(SYSTEM).findings == ()
    # one delivery, and readers have it
    (delivery,) = Delivery.objects.all()
    assert (delivery.target, delivery.tree_id) == ("web", tree.pk)
    assert out.readers_at == delivery.done_at
    shown = {each.name for each in (place / "current" / "ja").iterdir()}
    assert shown == {each.name for each in (site / "current" / "ja").iterdir()}
