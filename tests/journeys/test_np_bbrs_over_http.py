"""One real case as people do it: through the login page, the pages and their forms, in both languages.

JVN#17964918 of 2015: two routers answer SSDP requests from the Internet side. WN-G54/R2 was fixed years
before; NP-BBRS can never be fixed and has to be taken out of use.
"""

from pathlib import Path

import pytest

from tests.journeys.team import Team, is_the_public_document
from tests.support.people import Visitor, both, on, signed_in

ANSWERS = {
    "answer.reach": "internet",
    "answer.success": "always",
    "answer.data": "none",
    "answer.others": "directly",
    "answer.exposure": "shipped",
}
TITLE = both("title", "WN-G54/R2・NP-BBRS のSSDPリフレクション", "SSDP reflection in WN-G54/R2 and NP-BBRS")
USE = both("assumed_use", "家庭や小規模な事務所での利用。", "Internet access of homes and small offices.")
WORDS = (
    both("summary", "踏み台として使われる脆弱性が見つかりました。", "They may be used in attacks on others.")
    | both(
        "description", "WAN側のSSDPリクエストに応答します。", "They answer SSDP requests from the WAN side."
    )
    | both("impact", "第三者への攻撃に加担するおそれがあります。", "They may take part in attacks on others.")
    | both("advice", "更新、または使用の停止をお願いします。", "Update, or stop using it.")
    | both("contact", "psirt@maker.example", "psirt@maker.example")
)


@pytest.mark.parametrize("language", ["ja", pytest.param("en", marks=pytest.mark.once)])
def test_a_case_from_the_first_report_to_the_last_lesson(house: Path, language: str) -> None:
    team = Team.comes_in(language)
    jpcert_reports(team)
    the_team_takes_the_case(team)
    the_flaw_is_described_and_the_day_agreed(team)
    it_is_judged(team)
    products_are_chosen(team)
    products_are_decided(team)
    the_unsupported_product_has_its_playbook(team)
    measures_are_planned(team)
    the_day_is_moved(team)
    the_advisory_is_written(team)
    somebody_else_approves(team)
    it_goes_out_at_the_hour(team)
    everybody_can_read_it(team)
    units_check_in(team)
    lessons_are_drawn(team)
    the_case_is_closed_and_opened_again(team)
    nobody_else_learns_of_it(team)
    the_auditor_finds_the_ledger_whole(team)


def jpcert_reports(team: Team) -> None:
    """JPCERT/CC writes to development; the 45 days run from its first attempt to contact the maker."""
    with on("2015-06-22 10:30"):
        team.developer.open("/reports/")
        team.developer.follow("/reports/new/")
        page = team.developer.send(
            source="jpcert",
            title="ルーター2製品がWAN側からのSSDPリクエストに応答する",
            text="WN-G54/R2 および NP-BBRS は、WAN側から届いたSSDPリクエストに応答します。",
            product_text="WN-G54/R2, NP-BBRS",
            kind="product",
            reference="JVN#17964918",
            wanted_publication="2015-08-06",
            first_contact_at="2015-06-22T10:00",
            zone="Asia/Tokyo",
        )
        team.report = page.number("REP")
        page.says("JVN#17964918", "WN-G54/R2, NP-BBRS")


def the_team_takes_the_case(team: Team) -> None:
    member = team.member
    with on("2015-06-22 16:00"):
        member.open("/").says(team.report)
        member.open("/reports/")
        member.follow(f"/reports/{team.report}/")
        member.follow("/acknowledge/")
        member.send(fields=both("answer", "受け取りました。6月末までに回答します。", "We have received it."))
        member.follow("/assess/")
        member.follow("?finding=valid")
        member.send(reason="開発部門で再現を確認しました。")
        member.follow("/accept/")
        team.case = member.send(case_id="", fields=TITLE).number("OKI")
        page = team.case_page(member).page
        page.says("JPCERT/CC", "JVN#17964918", team.report)
        page.says("2015-08-06 23:59 JST")  # 45 days


def the_flaw_is_described_and_the_day_agreed(team: Team) -> None:
    member = team.member
    with on("2015-06-22 17:00"):
        team.case_page(member).follow("/vulnerabilities/new/")
        member.send(
            jvn="JVN#17964918",
            fields=both(
                "title", "WAN側からのSSDPリクエストに応答する", "Answers SSDP requests from the WAN side"
            )
            | both("description", "UPnP機能が応答します。", "The UPnP function answers.")
            | both("impact", "攻撃の踏み台として使われます。", "It may be used as a reflector."),
        )
        team.case_page(member).follow("/embargo/")
        page = member.send(
            state="agreed",
            until="2015-08-06T12:00",
            zone="Asia/Tokyo",
            agreed_with="JPCERT/CC",
            reason="起点日から45日",
        )
        page.says("2015-08-06 12:00 JST")
        team.reads(page, ja="公表前・取扱注意", en="Embargo")


def it_is_judged(team: Team) -> None:
    """Development judges first; the team decides lower than the score proposes, and says why."""
    with on("2015-06-23 09:30"):
        assert team.developer.look(f"/cases/{team.case}/judgement/").status == 404, "not yet let in"
        team.case_page(team.member, "judgement/").follow("/judgement/ask/")
        team.member.send(teams=["router-dev"], due_at="2015-06-26T18:00")
    with on("2015-06-25 15:00"):
        page = team.case_page(team.developer, "judgement/").send(fields={**ANSWERS, **USE})
        team.reads(page, ja="75点", en="75 points")
    with on("2015-06-26 11:00"):
        member = team.case_page(team.member, "judgement/")
        refused = member.try_to_send(level="medium", fields={**ANSWERS, **USE})
        team.reads(refused, ja="理由", en="reason")
        page = member.send(level="medium", reason="利用者のデータへの影響はないため。")
        team.reads(page, ja="最終判定", en="Final judgement")


def products_are_chosen(team: Team) -> None:
    """By a rule that is kept; what nobody needs to look at is left out with a reason."""
    with on("2015-06-26 13:00"):
        member = team.case_page(team.member, "products/")
        member.follow("/products/choose/")
        member.send(fields={"0.category": "router"}).says("NP-BBRM", "ETX2-RA")
        page = member.send(
            out=["NP-BBRM"], due_at="2015-07-10T18:00", fields={"why.NP-BBRM": "別の公表文で公表済み"}
        )
        team.reads(page, ja="未判断 3", en="undecided 3")


def products_are_decided(team: Team) -> None:
    with on("2015-06-26 13:30"):
        member = team.case_page(team.member, "products/")
        page = member.send(cells=team.cells("WN-G54/R2", "NP-BBRS", "ETX2-RA"), state="investigating")
        team.reads(page, ja="調査中 3", en="investigating 3")
    with on("2015-07-03 16:00"):
        developer = team.case_page(team.developer, "products/")
        developer.send(
            cells=team.cells("WN-G54/R2"),
            state="fixed",
            range_form="before",
            range_high="1.03",
            fixed_in="1.03",
            verification_who="ルーター開発",
            verification_on="WN-G54/R2 実機",
            verification_how="WAN側からのM-SEARCHに応答しない",
        )
        developer.send(
            cells=team.cells("ETX2-RA"),
            state="not_affected",
            justification="vulnerable_code_not_in_execute_path",
            fields=both("note", "WAN側のSSDPポートを開きません。", "No SSDP port is open on the WAN side."),
        )
    with on("2015-07-08 17:00"):
        never = both("cannot_fix", "開発環境を維持していません。", "The build environment no longer exists.")
        page = team.case_page(team.developer, "products/").send(
            cells=team.cells("NP-BBRS"), state="affected", range_form="all", fields=never
        )
        page.says("1.03")
        team.reads(page, ja="修正不可", en="cannot be fixed")


def the_unsupported_product_has_its_playbook(team: Team) -> None:
    with on("2015-07-09 09:00"):
        team.case_page(team.member).follow("/edit/")
        team.member.send(playbook="unsupported-product", reason="NP-BBRSは修正も回避策も提供できないため")
    with on("2015-07-10 15:00"):
        for ja, en in (
            ("ファームウェアをまだ作成できるか確認する", "Find out whether firmware can still be built"),
            (
                "設定や運用による回避策がないか確認する",
                "Find out whether a setting or a way of operating avoids it",
            ),
            ("後継製品が影響を受けないことを確認する", "Confirm that the successor is not affected"),
        ):
            team.follows(team.case_page(team.developer), ja=ja, en=en)
            team.developer.send(outcome="確認しました。")
        task = "第三者への影響（踏み台・反射攻撃）を整理する"
        en = "Write down what can happen to others (stepping stone, reflector)"
        team.follows(team.case_page(team.member), ja=task, en=en)
        team.member.send(outcome="公表文に記載します。")


def measures_are_planned(team: Team) -> None:
    """For the product that can never be fixed the page asks for the request to stop using it, loudly."""
    with on("2015-07-13 14:00"):
        page = team.case_page(team.developer, "measures/").page
        team.reads(
            page, ja="修正できず、回避策もありません", en="has no workaround: ask its owners to stop using it"
        )
        plan(team, team.developer, "fix", "WN-G54/R2", "1.03に更新してください。", release="wn-g54-r2|1.03")
        plan(team, team.member, "stop_use", "NP-BBRS", "使用を停止してください。", successor="ETX2-RA")
    with on("2015-07-14 10:30"):
        for number in team.case_page(team.member, "measures/").page.numbers("MEA"):
            team.case_page(team.member, "measures/").follow(f"/{number}/ready/")
            team.member.send(note="確認しました。")


def plan(team: Team, person: Visitor, kind: str, target: str, text: str, **more: str) -> None:
    team.case_page(person, "measures/").follow(f"/measures/new/?kind={kind}")
    words = both("text", text, f"{target}: {kind}")
    person.send(kind=kind, targets=[target], fields={**words, **more})


def the_day_is_moved(team: Team) -> None:
    """JPCERT/CC agrees to a later day, so that dealers can be told how to take the product back."""
    member = team.member
    with on("2015-07-16 10:00"):
        team.case_page(member).follow("/messages/")
        member.follow("/messages/new/")
        member.send(
            audience="jpcert", direction="out", text="影響あり（2製品）です。公表日を相談させてください。"
        )
        team.case_page(member)
        team.follows(member, ja="JPCERT/CCと調整した公表日", en="Publication agreed with JPCERT/CC")
        member.follow("/extend/")
        member.send(until="2015-08-18T12:00", agreed_with="JPCERT/CC", reason="販売店への周知のため")
        team.case_page(member).follow("/embargo/")
        page = member.send(state="revised", until="2015-08-18T12:00", reason="公表日の延長に合わせる")
        page.says("2015-08-18 12:00 JST")
    with on("2015-08-03 10:00"):
        team.case_page(member).follow(f"/vulnerabilities/{team.flaw}/")
        member.send(cve="CVE-2015-2984", reason="JPCERT/CCから採番の連絡")
        team.case_page(member, "judgement/").follow("/cvss/")
        member.send(vector="AV:N/AC:L/Au:N/C:N/I:N/A:P", source="jvn").says("5.0")


def the_advisory_is_written(team: Team) -> None:
    member = team.member
    with on("2015-08-05 11:00"):
        team.case_page(member, "advisory/").follow("/advisories/new/")
        title = both("title", "WN-G54/R2およびNP-BBRSの脆弱性", "Vulnerability in WN-G54/R2 and NP-BBRS")
        member.send(tracking_id="SAMPLE-SA-2015-001", fields=title)
        team.advisory = member.page.number("ADV")
        reference = "https://jvn.jp/jp/JVN17964918/ JVN#17964918"
        page = member.send(references=reference, fields=WORDS)
        team.reads(page, ja="必須項目はそろっています", en="complete")
        page.says("CVE-2015-2984", "1.03", "ETX2-RA")
        csaf = member.open(f"/advisories/{team.advisory}/preview/en/csaf/").json()
        assert csaf["document"]["tracking"]["id"].startswith("SAMPLE-SA-2015-001")
    with on("2015-08-10 10:00"):
        team.advisory_page(member).follow("/submit/")
        member.send(reason="")


def somebody_else_approves(team: Team) -> None:
    with on("2015-08-10 15:00"):
        own = team.advisory_page(team.member).page
        assert not [form for form in own.markup.forms if "/approve/" in form.action], (
            "nobody approves their own"
        )
        page = team.advisory_page(team.approver).send(to="/approve/", note="表現を確認しました。")
        team.reads(page, ja="承認済み", en="approved")
    with on("2015-08-10 15:30"):
        team.advisory_page(team.member).follow("/publish/")
        later = both("summary", "公開", "First publication")
        page = team.member.send(when="later", at="2015-08-18T12:00", zone="Asia/Tokyo", fields=later)
        page.says("2015-08-18 12:00 JST")


def it_goes_out_at_the_hour(team: Team) -> None:
    """Not a minute before; then once, by the job, with nobody there."""
    stranger = Visitor(team.language)
    with on("2015-08-18 11:59"):
        assert stranger.look("/security/").status == 404
    with on("2015-08-18 12:00"):
        pass
    with on("2015-08-18 12:01"):
        stranger.open("/security/")
        page = team.case_page(team.member).page
        team.reads(page, ja="2015-08-18 12:00 JST", en="2015-08-18 12:00 JST")
        assert page.keeps_quiet_about("公表前・取扱注意", "Embargo until")


def everybody_can_read_it(team: Team) -> None:
    reader = Visitor(team.language)
    with on("2015-08-18 12:05"):
        reader.open(f"/security/{team.language}/")
        page = reader.follow("sample-sa-2015-001.html")
        page.says("NP-BBRS", "WN-G54/R2", "1.03", "CVE-2015-2984", "JVN#17964918")
        csaf = reader.follow("csaf/").json()
        is_the_public_document(csaf)
        feed = reader.open(f"/security/{team.language}/feed.xml")
        feed.says("sample-sa-2015-001.html", "2015-08-18T03:00:00Z")


def units_check_in(team: Team) -> None:
    member = team.member
    with on("2015-09-30 10:00"):
        rows = ["unit,product,hardware,version,at"]
        rows += [f"a{number},WN-G54/R2,,V1.03,2015-09-2{number}" for number in range(6)]
        rows += [f"b{number},WN-G54/R2,,V1.02,2015-09-2{number}" for number in range(4)]
        member.open("/fleet/")
        member.follow("/fleet/import/")
        member.send(form="csv", source="update server", file=team.a_file("fleet.csv", rows))
        page = team.case_page(member, "reach/").page
        page.says("WN-G54/R2", "60.0 %")


def lessons_are_drawn(team: Team) -> None:
    member = team.member
    with on("2015-11-19 10:00"):
        team.case_page(member, "reach/").follow("/reach/settle/")
        member.send(reason="販売店とサポート窓口を通じた案内を続けます。")
    with on("2015-11-20 10:00"):
        team.case_page(member, "lessons/").follow("/lessons/new/")
        lesson = both("text", "サポート終了日を公開しておくべきだった。", "State the end of support openly.")
        member.send(area="support_dates", fields=lesson)
        member.follow("/promise/")
        promise = both("text", "サポート終了日の一覧を公開する", "Publish the end-of-support dates")
        member.send(team="psirt", due_at="2016-03-31T18:00", fields=promise)
    with on("2016-01-15 10:00"):
        team.case_page(member, "lessons/").follow("/kept/")
        page = member.send(outcome="一覧ページを公開しました。")
        team.reads(page, ja="達成", en="kept")


def the_case_is_closed_and_opened_again(team: Team) -> None:
    member = team.member
    with on("2016-01-20 11:00"):
        team.case_page(member).follow("/close/")
        page = member.send(reason="すべての段階を終えました。")
        team.reads(page, ja="この案件は終了しています", en="This case is closed.")
    with on("2016-02-01 09:00"):
        team.case_page(member).follow("/reopen/")
        assert member.try_to_send(reason=" ").status == 422
        member.send(reason="未修正の個体がほかにも見つかったため。")
        team.case_page(member, "timeline/").page.says("未修正の個体がほかにも見つかったため。")


def nobody_else_learns_of_it(team: Team) -> None:
    """Another development team, and an administrator: what they may not see looks like what is not there."""
    for name in ("sample-storage-developer", "sample-administrator"):
        other = signed_in(name, team.language)
        for address in (f"/cases/{team.case}/", f"/advisories/{team.advisory}/", f"/reports/{team.report}/"):
            hidden = other.look(address)
            missing = other.look(address.replace("-15-", "-14-"))
            assert hidden.status in (403, 404)
            assert (hidden.status, hidden.words) == (missing.status, missing.words)
        assert other.look("/search/?q=NP-BBRS").keeps_quiet_about(team.case, team.report)


def the_auditor_finds_the_ledger_whole(team: Team) -> None:
    auditor = signed_in("sample-auditor", team.language)
    page = auditor.open("/audit/")
    page.says(f"case/{team.case}")
    team.reads(auditor.send(to="/audit/verify/"), ja="台帳に異常はありません", en="The ledger is whole")
