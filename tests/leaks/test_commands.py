"""The command line tells a stranger no more than the other doors do. A command not thought of fails."""

import json
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import typer.main
from django.db import transaction
from django.utils import translation
from pytest_django.plugin import DjangoDbBlocker
from typer.testing import CliRunner

from okiagari.cli.main import app
from okiagari.plumbing import clock
from okiagari.standards.openeox import SCHEMA
from tests.leaks.house import NOW, STRANGERS, World, a_house
from tests.leaks.knocking import same_chance
from tests.leaks.secret import MARK, a_secret
from tests.support.stories import a_world

pytestmark = pytest.mark.django_db
MACHINE_ROOM = {
    # Whoever may run these holds the data folder itself; they act for nobody.
    "init",
    "serve",
    "demo",
    "work",
    "check",
    "replay",
    "audit verify",
    "audit anchor",
    "search rebuild",
    "fleet token",
    "fleet gateway",
    "keys create",
    "keys import",
    "keys list",
    "keys rotate",
    "keys retire",
    "site refresh",
    "site check",
}
NO_ADVISORY = "ADV-15-00000"
ACTING: dict[str, tuple[str, ...]] = {
    # Commands that act for somebody (``--as``), and those that write what everybody may read.
    "people list": ("--json",),
    "search find": (MARK, "--json"),
    "people add": ("newcomer", "--role", "support"),
    "people retire": ("member",),
    "people team": ("psirt", "psirt", "対策チーム"),
    "catalog import": ("{folder}/catalogue.yaml", "--json"),
    "catalog export": ("{folder}/catalogue", "--json"),
    "fleet log": ("{folder}/access.log", "--rules", "{folder}/rules.yaml", "--json"),
    "fleet rules": ("--json",),
    "intake mail": ("{folder}/one.eml", "--json"),
    "clocks rules": ("--all", "--json"),
    "clocks put": (
        *("contract-b", "--count", "3", "--unit", "working_days", "--anchor", "case_opened"),
        *("--source", "契約書", "--name-ja", "契約の期限"),
    ),
    "clocks retire": ("contract-a", "--reason", "契約の終了"),
    "clocks seats": ("--json",),
    "clocks seat": ("users", "--country", "DE"),
    "fleet import": ("{folder}/seen.csv", "--json"),
    "document import": ("{folder}/advisory.json", "--whose", "supplier", "--json"),
    "cve quota": ("--json",),
    "cve list": ("--json",),
    "cve publish": (NO_ADVISORY, "--json"),
    "cve check": (NO_ADVISORY, "--json"),
    "site archive list": ("--json",),
    "site archive history": ("index.html", "--json"),
    "site archive get": ("index.html",),
    "site archive verify": ("--json",),
    "site archive prune": ("--before", "2013-01-01", "--reason", "保存期間"),
    "site targets list": ("--json",),
    "site targets check": ("--json",),
    "site targets push": ("--json",),
}
OF_A_CASE: dict[str, tuple[str, ...]] = {
    # Those that name a case first: asked of one that everybody may see, and of the secret one.
    "jvn show": ("--json",),
    "jvn history": ("--json",),
    "jvn compare": ("VST-15-00000", "--json"),
    "jvn write": ("--folder", "{folder}/jvn"),
    "jvn told": ("--way", "portal"),
    "cve show": ("--json",),
    "cve request": ("--json",),
    "cve reserve": ("--json",),
    "cve reject": ("CVE-2015-99999", "--reason", "No flaw."),
    "cve keep": ("CVE-2015-99999", "--reason", "残す"),
    "cve note": ("VUL-15-00000", "reserved", "--cve", "CVE-2015-99999"),
    "cve retry": ("CVD-15-00000",),
}
FOR_EVERYBODY: dict[str, tuple[str, ...]] = {
    "site build": ("--out", "{folder}/out", "--json"),
    "provider check": ("{folder}/empty", "--json"),
    "csaf validate": ("{folder}/empty", "--json"),
    "document check": ("{folder}/core.json", "--json"),
    "document read": ("{folder}/core.json", "--json"),
}

ASKING = [who for who in STRANGERS if who not in ("public", "few_verbs", "psirt_only")]
"""Who has an account and may not know of the secret."""


def commands(command: Any = None, before: str = "") -> Iterator[str]:
    """The name of every command, those of groups with the group's."""
    command = command or typer.main.get_command(app)
    for name, each in getattr(command, "commands", {}).items():
        full = f"{before} {name}".strip()
        if hasattr(each, "commands"):
            yield from commands(each, full)
        else:
            yield full


def test_every_command_is_thought_of() -> None:
    assert set(commands()) == MACHINE_ROOM | set(ACTING) | set(OF_A_CASE) | set(FOR_EVERYBODY)


def files_for_commands(folder: Path) -> None:
    (folder / "empty").mkdir()
    core = {"$schema": SCHEMA, "last_updated": "2026-01-01T00:00:00Z"}
    ends = {"end_of_life": "tba", "end_of_security_support": "tba"}
    (folder / "core.json").write_text(json.dumps({**core, **ends}))
    header = {"csaf_version": "2.0", "lang": "ja", "title": "公開情報", "tracking": {"id": "EX-1"}}
    (folder / "advisory.json").write_text(json.dumps({"document": header}))
    (folder / "one.eml").write_text("From: a@lab.example\nMessage-ID: <1@lab.example>\n\n")
    (folder / "catalogue.yaml").write_text("products: [{model: X-1}]")
    (folder / "seen.csv").write_text("unit,product,hardware,version,at\nSN1,WN-G54/R2,,1.02,2015-06-01\n")
    (folder / "rules.yaml").write_text(
        'rules: [{key: c, kind: check, path: "/c", query: {v: "{version}", s: "{unit}"}, product: WN-G54/R2}]'
    )
    line = '203.0.113.9 - - [01/Jun/2015:09:00:00 +0900] "GET /c?v=1.02&s=SN1 HTTP/1.1" 200 9 "-" "u"'
    (folder / "access.log").write_text(f"{line}\n")


OF_THE_TEAM = ("quota", "list", "publish", "check", "reserve", "reject", "keep", "note", "retry")
SAYS_NO = {
    "provider check": 1,
    "jvn told": 1,
    "jvn compare": 1,
    "site archive history": 1,
    "site archive get": 1,
    **{f"cve {each}": 1 for each in OF_THE_TEAM},
}
"""An empty folder is no provider, nothing was ever out, and of no case was anything told: these are answers.
Nobody of these works in the case that all may see."""
SECRETLY = "of the secret"
Said = Mapping[str, tuple[Any, ...]]


@pytest.fixture(scope="module")
def heard(
    django_db_setup: None, django_db_blocker: DjangoDbBlocker, tmp_path_factory: pytest.TempPathFactory
) -> Mapping[str, tuple[Said, Said]]:
    """What each stranger is told by every command, with the secret and without it. One house for all."""
    folder = tmp_path_factory.mktemp("commands")
    files_for_commands(folder)
    language = translation.get_language() or "ja"
    with (
        pytest.MonkeyPatch.context() as patch,
        django_db_blocker.unblock(),
        a_world(folder),
        clock.at(NOW),
        transaction.atomic(),
    ):
        patch.setenv("DJANGO_SETTINGS_MODULE", "okiagari.config.settings")
        patch.setattr("okiagari.cli.people.secrets.token_urlsafe", lambda length: "the same password")
        restart = same_chance(patch)
        world = a_house()
        told(folder, world, "administrator", "OKI-15-00000", restart)  # the fleet has heard the file once
        with transaction.atomic():
            number = a_secret(world).ids["OKI"][0]
            with_it = {who: told(folder, world, who, number, restart) for who in ASKING}
            transaction.set_rollback(True)
        without_it = {who: told(folder, world, who, number, restart) for who in ASKING}
        transaction.set_rollback(True)
    translation.activate(language)
    return {who: (with_it[who], without_it[who]) for who in ASKING}


def told(folder: Path, world: World, who: str, secret: str, restart: Callable[[], None]) -> Said:
    """What each command says, on both streams, and how it ends."""
    acting = ("--as", world.who[who].key)
    asked = {name: (*name.split(), *words, *acting) for name, words in ACTING.items()}
    asked |= {name: (*name.split(), *words) for name, words in FOR_EVERYBODY.items()}
    for name, words in OF_A_CASE.items():
        asked[name] = (*name.split(), world.open_case, *words, *acting)
        asked[f"{name} {SECRETLY}"] = (*name.split(), secret, *words, *acting)
    found = {}
    for name, words in asked.items():
        restart()
        with transaction.atomic():
            done = CliRunner().invoke(app, [word.format(folder=folder) for word in words])
            transaction.set_rollback(True)
        found[name] = (done.exit_code, done.stdout, done.stderr, repr(done.exception))
    return found


@pytest.mark.parametrize("who", ASKING)
def test_no_command_tells_a_stranger_of_the_secret(who: str, heard: Mapping[str, tuple[Said, Said]]) -> None:
    with_it, without_it = heard[who]
    assert MARK not in str(with_it)
    assert with_it == without_it


def test_for_who_may_the_same_commands_work(heard: Mapping[str, tuple[Said, Said]]) -> None:
    """Else the test above would compare refusals only."""
    said = [without_it for _, without_it in heard.values()]
    names = [name for name in said[0] if not name.endswith(SECRETLY)]
    codes = {name: min(each[name][0] for each in said) for name in names}
    broken = {name: said[0][name] for name, code in codes.items() if code != SAYS_NO.get(name, 0)}
    assert not broken, broken
    secret = [each[name][3] for each in said for name in each if name.endswith(SECRETLY)]
    assert all("desk.nothing_here" in each for each in secret)
