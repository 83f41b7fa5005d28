"""The house before the secret: what everybody in it may see, and who knocks at its doors."""

from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.contrib.auth.hashers import make_password

from okiagari.cases import actions as cases
from okiagari.catalog import actions as catalog
from okiagari.desk import people
from okiagari.desk.models import Person
from okiagari.desk.subjects import SYSTEM, Role, Subject
from okiagari.intake import actions as intake
from okiagari.triage import actions as triage
from okiagari.triage import shipped
from okiagari.triage.rules.criteria import to_json
from tests import factories

NOW = datetime(2015, 7, 1, 3, tzinfo=UTC)
CATALOGUE = {
    "lines": [{"key": "wn-g54-r2", "releases": [{"text": "1.02"}, {"text": "1.03"}]}],
    "products": [
        {
            "model": "WN-G54/R2",
            "names": {"ja": "無線ルータ", "en": "Wireless router"},
            "category": "router",
            "team": "router-dev",
            "line": "wn-g54-r2",
        },
        {"model": "NP-BBRS", "names": {"ja": "有線ルータ", "en": "Wired router"}, "category": "router"},
    ],
}
STRANGERS = (
    "support",
    "pr",
    "developer",
    "other_developer",
    "second",
    "csirt_only",
    "psirt_only",
    "executive",
    "approver",
    "auditor",
    "administrator",
    "partner",
    "few_verbs",
    "public",
)
"""`csirt_only` and `psirt_only` are members of one incident team: each has secrets before the other."""
IN_PARTS = ("csirt_only", "psirt_only")
OUTSIDE = ("auditor", "administrator", "few_verbs", "public")
FEEDS = ("second", "support", *IN_PARTS)


@dataclass
class World:
    """The house, who knocks at its doors, and a case and a report that all of them may see."""

    who: dict[str, Subject]
    open_case: str = ""
    divided: str = ""
    """A case of both incident teams, each with a part of its own."""
    open_report: str = ""
    token: str = ""
    """A token of the member, who knows everything, for verbs that show nothing of it."""
    feeds: dict[str, str] = field(default_factory=dict)
    """Who has a calendar of clocks, and the secret of its address."""

    def inside(self, who: str) -> tuple[str, ...]:
        """The cases that somebody is in, so that they are asked about what is beside the secret, too."""
        if who in IN_PARTS:
            return (self.divided,)
        return () if who in OUTSIDE else (self.open_case,)


def a_house() -> World:
    """What was there before the secret."""
    house = factories.house()
    who = {name: getattr(house, name) for name in STRANGERS if hasattr(house, name)}
    who["pr"] = factories.person("press", Role.PR, teams=("pr",))
    who["other_developer"] = factories.person("storage", Role.DEVELOPER, teams=("storage-dev",))
    who["csirt_only"] = factories.person("incident", Role.MEMBER, teams=("csirt",))
    who["psirt_only"] = factories.person("product", Role.MEMBER, teams=("psirt",))
    who["member"] = house.member
    people.make_organisation(SYSTEM, "maker", kind="maker", name=factories.text("サンプル機器メーカー"))
    catalog.import_catalogue(SYSTEM, CATALOGUE)
    triage.adopt_criteria(house.member, to_json(shipped.criteria()))
    world = World(who)
    _, world.token = people.make_token(house.member, label="ci", verbs=["catalog.read", "desk.directory"])
    Person.objects.update(password=make_password(factories.PASSWORD))
    world.open_case = factories.case(house.member, "みんなが知っている件")
    for team in ("router-dev", "storage-dev", "support", "pr", "executives", "approvers"):
        _let_in(world, "team", team)
    _let_in(world, "person", "second")
    _let_in(world, "organisation", "integrator")
    world.divided = factories.case(house.member, "二つのチームの件", kinds=("service", "product"))
    for name in FEEDS:
        _, world.feeds[name] = people.make_token(who[name], label="calendar", verbs=["cases.feed"])
    factories.vulnerability(house.member, world.open_case, "みんなが知っている問題")
    cases.add_task(house.member, world.open_case, title=factories.text("電話に備える"), team="support")
    cases.put_rule(
        house.member,
        "contract-a",
        name=factories.text("契約の期限"),
        anchor="case_opened",
        count=3,
        unit="working_days",
        source="契約書",
    )
    world.open_report = intake.receive(
        house.support,
        source="user",
        title="ルータがSSDPに応答する",
        text="WAN側から応答します。",
        product_text="WN-G54/R2",
    )
    return world


def _let_in(world: World, kind: str, key: str) -> None:
    cases.admit(world.who["member"], world.open_case, kind=kind, key=key, level="see", reason="みんなの件")
