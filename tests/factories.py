"""Small makers of what most tests need, through the real actions. Extend them; keep each a few lines.

Everything stands on `house()`: the maker's teams and one person for each role, as in the sample data.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from okiagari.cases import actions as cases
from okiagari.catalog import actions as catalog
from okiagari.desk import people
from okiagari.desk.subjects import SYSTEM, Door, Role, Subject
from okiagari.standards.localtext import LocalText
from tests.support.photographs import photographed

PASSWORD = "a long enough sentence"
TEAMS = {
    "psirt": "psirt",
    "csirt": "csirt",
    "router-dev": "development",
    "storage-dev": "development",
    "support": "support",
    "pr": "pr",
    "executives": "executives",
    "approvers": "approvers",
}


@dataclass(frozen=True)
class House:
    """One subject for each role. `second` is another member, of no team: nothing lets them into a case."""

    member: Subject
    developer: Subject
    support: Subject
    executive: Subject
    approver: Subject
    auditor: Subject
    administrator: Subject
    partner: Subject
    second: Subject


def text(ja: str, en: str = "") -> LocalText:
    return LocalText.of(ja=ja, en=en or ja)


def organisation(key: str, *, kind: str = "partner") -> str:
    people.make_organisation(SYSTEM, key, kind=kind, name=text(key.title()))
    return key


def team(key: str, *, kind: str = "development") -> str:
    people.make_team(SYSTEM, key, kind=kind, name=text(key))
    return key


def person(
    username: str, *roles: Role, teams: tuple[str, ...] = (), organisation: str = "", password: str = ""
) -> Subject:
    """An account, as the subject it is at the web."""
    people.make_person(
        SYSTEM,
        username,
        name=text(f"{username}さん", username.title()),
        roles=roles,
        teams=teams,
        organisation=organisation,
        password=password,
    )
    return people.named(username, Door.WEB)


@photographed
def house(*, password: str = "") -> House:
    """The maker's teams and people. A password costs time; give one only where somebody signs in by it."""
    for key, kind in TEAMS.items():
        team(key, kind=kind)
    organisation("integrator")

    def made(username: str, role: Role, *teams: str, organisation: str = "") -> Subject:
        return person(username, role, teams=teams, organisation=organisation, password=password)

    return House(
        member=made("member", Role.MEMBER, "psirt"),
        developer=made("developer", Role.DEVELOPER, "router-dev"),
        support=made("support", Role.SUPPORT, "support"),
        executive=made("executive", Role.EXECUTIVE, "executives"),
        approver=made("approver", Role.APPROVER, "approvers"),
        auditor=made("auditor", Role.AUDITOR),
        administrator=made("administrator", Role.ADMINISTRATOR),
        partner=made("partner", Role.PARTNER, organisation="integrator"),
        second=made("second", Role.MEMBER),
    )


@photographed
def case(
    subject: Subject, title: str = "無線ルータの脆弱性", *, kinds: tuple[str, ...] = ("product",)
) -> str:
    """An open case; returns its number."""
    return cases.open_case(subject, title=text(title, f"{title} (en)"), kinds=kinds)


@photographed
def vulnerability(
    subject: Subject, case_id: str, title: str = "バッファオーバーフロー", *, cve: str = ""
) -> str:
    return cases.add_vulnerability(subject, case_id, title=text(title), cve=cve)


@photographed
def catalogue(made: Mapping[str, Any], subject: Subject = SYSTEM) -> None:
    """What the tests of a folder sell."""
    catalog.import_catalogue(subject, made)
