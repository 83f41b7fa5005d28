"""One case to publish: WN-G54/R2 (fixed in 1.03), NP-BBRS (can never be fixed), ETX2-RA (not affected).

The products, versions and dates are public facts; people and wording are made up here.
"""

from dataclasses import dataclass

from okiagari.cases import actions as cases
from okiagari.catalog import actions as catalog
from okiagari.desk import people
from okiagari.desk.subjects import SYSTEM, Role, Subject
from okiagari.disclose import actions as disclose
from okiagari.remedy import actions as remedy
from okiagari.standards.firmware_order import Range
from okiagari.standards.localtext import LocalText
from okiagari.triage import actions as triage
from okiagari.triage.actions import CellChange
from tests.factories import House, house, person, text
from tests.support.photographs import photographed

CATALOGUE = {
    "lines": [
        {
            "key": "wn-g54-r2",
            "name": {"ja": "WN-G54/R2 ファームウェア", "en": "WN-G54/R2 firmware"},
            "find_version": {
                "ja": "設定画面の「情報」に表示されます。",
                "en": "Shown on the page Information.",
            },
            "how_to_apply": {"ja": "設定画面から更新します。", "en": "Update on the settings page."},
            "releases": [
                {"text": "1.00"},
                {"text": "1.01"},
                {"text": "1.02"},
                {
                    "text": "1.03",
                    "date": "2008-07",
                    "url": "https://maker.example/lib/wn-g54r2_103.zip",
                    "sha256": "ab" * 32,
                    "size": 1_204_224,
                },
            ],
        }
    ],
    "products": [
        {
            "model": "WN-G54/R2",
            "names": {"ja": "無線LANルーター", "en": "Wireless router"},
            "other_names": ["AirPort"],
            "line": "wn-g54-r2",
            "find_model": {"ja": "本体底面のラベルにあります。", "en": "On the label underneath."},
        },
        {
            "model": "NP-BBRS",
            "names": {"ja": "有線ルーター", "en": "Wired router"},
            "successor": "ETX2-RA",
            "find_model": {"ja": "本体底面のラベルにあります。", "en": "On the label underneath."},
            "support": {"end_of_sales": "2006", "end_of_security_support": "2010"},
        },
        {"model": "ETX2-RA", "names": {"ja": "ギガビット有線ルーター", "en": "Gigabit wired router"}},
    ],
}
VECTOR = "AV:N/AC:L/Au:N/C:N/I:N/A:P"
WORDS = {
    "summary": text("外部から反射攻撃に利用されるおそれがあります。", "They can be used to attack others."),
    "contact": text("製品セキュリティ窓口 psirt@maker.example", "Product security, psirt@maker.example"),
}


@dataclass
class Story:
    """The case, its people, and an advisory drafted and written by the member."""

    house: House
    case: str
    flaw: str
    advisory: str = ""

    @property
    def member(self) -> Subject:
        return self.house.member

    @property
    def approver(self) -> Subject:
        return people.named("approver", self.house.approver.door)

    def submitted(self) -> str:
        return disclose.submit(self.member, self.advisory)

    def approved(self) -> str:
        seal = self.submitted()
        disclose.approve(self.approver, self.advisory, snapshot=seal)
        return seal


@photographed
def begun() -> Story:
    """Everything decided, measures ready, words written in both languages."""
    inside = house()
    people.make_organisation(
        SYSTEM,
        "maker",
        kind="maker",
        name=text("サンプル機器メーカー", "Sample Device Maker"),
        website="https://maker.example/",
    )
    catalog.import_catalogue(SYSTEM, CATALOGUE)
    story = opened(inside)
    decide(story)
    measures(story)
    story.advisory = drafted(story)
    return story


def opened(inside: House) -> Story:
    """A case with one flaw and three products."""
    title = text("UPnP がインターネット側に応答する", "UPnP answers from the Internet side")
    case = cases.open_case(inside.member, title=title, kinds=["product"])
    flaw = cases.add_vulnerability(
        inside.member,
        case,
        title=title,
        description=text("SSDP の要求にインターネット側から応答します。", "SSDP is answered from outside."),
        impact=text("DDoS 攻撃の踏み台にされます。", "The device takes part in attacks on others."),
        cve="CVE-2015-2984",
        jvn="JVN#17964918",
        cwe="",
    )
    triage.add_score(inside.member, flaw, vector=VECTOR, source="jvn")
    triage.freeze_rows(inside.member, case, rule={"models": ["WN-G54/R2", "NP-BBRS", "ETX2-RA"]})
    return Story(inside, case, flaw)


def decide(story: Story) -> None:
    def set_to(target: str, change: CellChange) -> None:
        triage.decide(story.member, story.case, cells=[(target, story.flaw)], change=change)

    verified = {"who": "router-dev", "on": "1.03", "how": "probe from outside"}
    set_to(
        "WN-G54/R2",
        CellChange("fixed", Range.before("1.03"), fixed_in=("wn-g54-r2", "1.03"), verification=verified),
    )
    never = text("ファームウェアを作成できません。", "Firmware can no longer be built.")
    set_to("NP-BBRS", CellChange("affected", Range.all(), cannot_fix=never))
    set_to("ETX2-RA", CellChange("not_affected", justification="vulnerable_code_not_present"))


def measures(story: Story) -> None:
    measure = remedy.plan_measure(
        story.member,
        story.case,
        kind="stop_use",
        targets=["NP-BBRS"],
        successor="ETX2-RA",
        text=text(
            "修正も回避策もありません。使用を停止してください。", "There is neither fix nor workaround."
        ),
    )
    remedy.ready(story.member, measure)


def drafted(story: Story) -> str:
    advisory = disclose.draft(
        story.member,
        cases=[story.case],
        title=text("ルーター製品における UPnP の脆弱性", "UPnP vulnerability in routers"),
        tracking_id="SA-2015-001",
    )
    disclose.write(story.member, advisory, **WORDS)
    return advisory


def other_case(story: Story, *, open_to: Subject) -> str:
    """Another case, opened by somebody of no team, that nobody else sees."""
    title = LocalText.of(ja="別件", en="Something else")
    return cases.open_case(open_to, title=title, kinds=["product"])


def second_approver() -> Subject:
    return person("second-approver", Role.APPROVER, teams=("approvers",))
