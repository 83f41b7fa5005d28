"""The same case driven by programs: tokens, ETag and If-Match, Idempotency-Key; units at the device door.

Everybody's program holds the token of its person, and can do what that person may do, no more.
"""

import asyncio
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.journeys.team import is_the_public_document
from tests.support.device import Unit, a_door
from tests.support.people import on
from tests.support.program import Program, program_of

TITLE = {"ja": "WN-G54/R2・NP-BBRS のSSDPリフレクション", "en": "SSDP reflection in WN-G54/R2 and NP-BBRS"}
ANSWERS = {
    "reach": "internet",
    "success": "always",
    "data": "none",
    "others": "directly",
    "exposure": "shipped",
}
USE = {"ja": "家庭や小規模な事務所での利用。", "en": "Internet access of homes and small offices."}
NEVER = {"ja": "開発環境を維持していません。", "en": "The build environment no longer exists."}


@dataclass
class Programs:
    developer: Program
    member: Program
    approver: Program
    report: str = ""
    case: str = ""
    flaw: str = ""
    advisory: str = ""


def test_the_case_of_2015_driven_by_programs(house: Path, fleet_place: str) -> None:
    names = ("sample-developer", "sample-member", "sample-approver")
    us = Programs(*(program_of(name) for name in names))
    a_report_is_entered_once(us)
    it_becomes_a_case(us)
    a_stale_change_is_refused(us)
    it_is_judged(us)
    products_are_decided(us)
    measures_are_planned(us)
    the_advisory_is_approved_by_its_hash(us)
    it_is_published_once(us)
    units_check_in(us, fleet_place, house)
    the_case_ends_with_a_lesson(us)
    a_token_that_is_revoked_ends(us)


def a_report_is_entered_once(us: Programs) -> None:
    """A program that hears nothing asks again with the same key, and nothing is done twice."""
    given = {
        "source": "jpcert",
        "title": "ルーター2製品がWAN側からのSSDPリクエストに応答する",
        "text": "WAN側から届いたSSDPリクエストに応答します。",
        "product_text": "WN-G54/R2, NP-BBRS",
        "reference": "JVN#17964918",
        "first_contact_at": "2015-06-22T10:00:00+09:00",
    }
    with on("2015-06-22 10:30"):
        first = us.developer.post("/reports/received", given, key="mail-4711")
        again = us.developer.post("/reports/received", given, key="mail-4711")
        assert first.json == again.json
        other = us.developer.refused(
            "POST", "/reports/received", {**given, "title": "another"}, key="mail-4711"
        )
        assert (other.status, other["code"]) == (409, "api.key_reused")
        us.report = first["id"]
        assert us.developer.get("/reports")["total"] == 1


def it_becomes_a_case(us: Programs) -> None:
    with on("2015-06-22 16:00"):
        seen = us.member.get(f"/reports/{us.report}")
        answer = {"ja": "受け取りました。", "en": "We have received it."}
        told = us.member.post(f"/reports/{us.report}/acknowledge", {"answer": answer}, etag=seen.etag)
        assert told.etag != seen.etag
        us.member.post(
            f"/reports/{us.report}/assess", {"valid": True, "reason": "再現を確認"}, etag=told.etag
        )
        us.case = us.member.post(f"/reports/{us.report}/accept", {"title": TITLE})["case"]
        clocks = us.member.get(f"/cases/{us.case}/clocks")["items"]
        assert {each["rule"]: each["due"] for each in clocks}["jpcert_publication"].startswith("2015-08-06T")
        flaw = {
            "title": {
                "ja": "WAN側からのSSDPリクエストに応答",
                "en": "Answers SSDP requests from the WAN side",
            }
        }
        flaw |= {"description": TITLE, "impact": TITLE, "jvn": "JVN#17964918", "cve": "CVE-2015-2984"}
        us.flaw = us.member.post(f"/cases/{us.case}/vulnerabilities", flaw)["id"]
        embargo = {"state": "agreed", "until": "2015-08-18T12:00:00+09:00", "zone": "Asia/Tokyo"}
        us.member.put(f"/cases/{us.case}/embargo", {**embargo, "agreed_with": "JPCERT/CC"})


def a_stale_change_is_refused(us: Programs) -> None:
    with on("2015-06-22 18:00"):
        seen = us.member.get(f"/cases/{us.case}")
        summary = {"summary": {"en": "Two routers answer SSDP from outside."}}
        changed = us.member.patch(f"/cases/{us.case}", summary, etag=seen.etag)
        late = us.member.refused(
            "PATCH", f"/cases/{us.case}", {"summary": {"en": "Too late."}}, etag=seen.etag
        )
        assert late.status == 412
        assert us.member.get(f"/cases/{us.case}").etag == changed.etag
        hidden = us.developer.refused("GET", f"/cases/{us.case}")
        missing = us.developer.refused("GET", "/cases/OKI-15-00000")
        assert (hidden.status, hidden.json) == (missing.status, missing.json)


def it_is_judged(us: Programs) -> None:
    judgement = {"answers": ANSWERS, "assumed_use": USE}
    with on("2015-06-23 09:30"):
        asked = {"teams": ["router-dev"], "due_at": "2015-06-26T18:00:00+09:00"}
        us.member.post(f"/cases/{us.case}/judgements/ask", asked)
    with on("2015-06-25 15:00"):
        first = us.developer.post(
            f"/cases/{us.case}/judgements", {"stage": "first", "team": "router-dev", **judgement}
        )
        assert (first["score"], first["level"]) == (75, "high")
    with on("2015-06-26 11:00"):
        lower = {"stage": "final", "level": "medium", **judgement}
        silent = us.member.refused("POST", f"/cases/{us.case}/judgements", lower)
        assert silent.status == 422
        us.member.post(
            f"/cases/{us.case}/judgements", {**lower, "reason": "利用者のデータへの影響はないため。"}
        )
        assert us.member.get(f"/cases/{us.case}/judgements")["level"] == "medium"


def decide(us: Programs, targets: list[str], **change: Any) -> None:
    """With the version of the grid that the program has seen."""
    seen = us.developer.get(f"/cases/{us.case}/grid")
    cells = [{"target": target, "vulnerability": us.flaw} for target in targets]
    body = {"cells": cells, "change": change}
    us.developer.post(f"/cases/{us.case}/grid/decide", body, etag=seen.etag)


def products_are_decided(us: Programs) -> None:
    with on("2015-06-26 13:00"):
        excluded = [{"target": "NP-BBRM", "reason": "別の公表文で公表済み"}]
        us.member.post(f"/cases/{us.case}/selections", {"rule": {"category": "router"}, "excluded": excluded})
        decide(us, ["WN-G54/R2", "NP-BBRS", "ETX2-RA"], state="investigating")
    with on("2015-07-08 17:00"):
        verified = {"who": "ルーター開発", "on": "実機", "how": "M-SEARCHに応答しない"}
        fixed = {"line": "wn-g54-r2", "release": "1.03"}
        before = {"form": "before", "high": "1.03"}
        decide(us, ["WN-G54/R2"], state="fixed", range=before, fixed_in=fixed, verification=verified)
        reason = "vulnerable_code_not_in_execute_path"
        decide(us, ["ETX2-RA"], state="not_affected", justification=reason, note=NEVER)
        decide(us, ["NP-BBRS"], state="affected", range={"form": "all"}, cannot_fix=NEVER)
        assert us.member.get(f"/cases/{us.case}/position")["step"] == "plan"


def measures_are_planned(us: Programs) -> None:
    with on("2015-07-14 10:30"):
        lacking = us.member.get(f"/cases/{us.case}/measures")["lacking"]["plan"]
        assert {(each["target"], each["lack"]) for each in lacking} >= {("NP-BBRS", "stop_use")}
        fix = {"kind": "fix", "targets": ["WN-G54/R2"], "release": ["wn-g54-r2", "1.03"]}
        stop = {"kind": "stop_use", "targets": ["NP-BBRS"], "successor": "ETX2-RA"}
        for measure in (fix, stop):
            text = {"ja": "対応してください。", "en": "Please act."}
            made = us.member.post(
                f"/cases/{us.case}/measures", {**measure, "text": text}, key=measure["kind"]
            )["id"]
            us.member.post(f"/measures/{made}/ready", {"note": "確認しました。"})
        assert us.member.get(f"/cases/{us.case}/position")["step"] == "publication"


def the_advisory_is_approved_by_its_hash(us: Programs) -> None:
    words = {"ja": "踏み台として使われる脆弱性です。", "en": "They may be used in attacks on others."}
    with on("2015-08-05 11:00"):
        us.member.post(
            f"/vulnerabilities/{us.flaw}/scores", {"vector": "AV:N/AC:L/Au:N/C:N/I:N/A:P", "source": "jvn"}
        )
        drafted = {"cases": [us.case], "title": TITLE, "tracking_id": "SAMPLE-SA-2015-001"}
        us.advisory = us.member.post("/advisories", drafted, key="draft")["id"]
        names = ("summary", "description", "impact", "advice", "contact")
        us.member.patch(f"/advisories/{us.advisory}", dict.fromkeys(names, words))
        missing = us.member.get(f"/advisories/{us.advisory}/missing")["items"]
        assert not [each for each in missing if each["is_required"]]
        seal = us.member.post(f"/advisories/{us.advisory}/submit", {})["snapshot"]
    with on("2015-08-10 15:00"):
        own = us.member.refused("POST", f"/advisories/{us.advisory}/approve", {"snapshot": seal})
        assert own.status == 403
        wrong = us.approver.refused("POST", f"/advisories/{us.advisory}/approve", {"snapshot": "0" * 64})
        assert wrong.status == 412
        seen = us.approver.get(f"/advisories/{us.advisory}/snapshot")["sha256"]
        assert seen == seal
        us.approver.post(f"/advisories/{us.advisory}/approve", {"snapshot": seen})


def it_is_published_once(us: Programs) -> None:
    with on("2015-08-10 15:30"):
        planned = {"at": "2015-08-18T12:00:00+09:00", "summary": {"ja": "公開", "en": "First publication"}}
        first = us.member.post(f"/advisories/{us.advisory}/publish", planned, key="go")
        again = us.member.post(f"/advisories/{us.advisory}/publish", planned, key="go")
        assert (first.status, first.json) == (again.status, again.json)
    with on("2015-08-18 12:00"):
        pass
    with on("2015-08-18 12:01"):
        (out,) = us.member.get(f"/advisories/{us.advisory}/publications")["items"]
        assert (out["state"], out["number"]) == ("published", 1)
        is_the_public_document(us.member.get(f"/advisories/{us.advisory}/preview/en/csaf").json)
        assert us.member.get(f"/cases/{us.case}/position")["step"] == "reach"


def units_check_in(us: Programs, place: str, folder: Path) -> None:
    """Three of four routers have taken 1.03; they say so at the device door."""

    async def tell() -> None:
        async with a_door(place, folder) as door:
            for number, version in enumerate(("V1.03", "V1.03", "1.03", "V1.02")):
                heard = await Unit(door, f"unit-{number}", version).check_in()
                assert heard.status_code == 202

    with on("2015-09-30 10:00"):
        asyncio.run(tell())
        today = us.member.get(f"/cases/{us.case}/reach")["days"][-1]
        assert (today["day"], today["fixed"], today["vulnerable"]) == ("2015-09-30", 3, 1)


def the_case_ends_with_a_lesson(us: Programs) -> None:
    with on("2015-11-20 10:00"):
        us.member.post(f"/cases/{us.case}/reach/settle", {"reason": "案内を続けます。"})
        lesson = {"area": "support_dates", "text": {"ja": "サポート終了日を公開しておく。"}}
        made = us.member.post(f"/cases/{us.case}/lessons", lesson, key="lesson")["id"]
        promise = {"text": {"ja": "一覧を公開する"}, "team": "psirt", "due_at": "2016-03-31T18:00:00+09:00"}
        kept = us.member.post(f"/lessons/{made}/promises", promise)["id"]
        us.member.post(f"/promises/{kept}/keep", {"outcome": "公開しました。"})
        us.member.post(f"/cases/{us.case}/close", {"reason": "すべての段階を終えました。"})
    with on("2016-02-01 09:00"):
        empty = us.member.refused("POST", f"/cases/{us.case}/reopen", {"reason": ""})
        assert empty.status == 422
        us.member.post(f"/cases/{us.case}/reopen", {"reason": "未修正の個体がほかにも見つかったため。"})
        said = [each["verb"] for each in us.member.get(f"/cases/{us.case}/timeline")["items"]]
        assert said.index("cases.reopened") < said.index("cases.closed") < said.index("disclose.published")


def a_token_that_is_revoked_ends(us: Programs) -> None:
    with on("2016-02-01 10:00"):
        (mine,) = us.approver.get("/me/tokens")["items"]
        us.approver.client.delete(
            f"/api/v1/me/tokens/{mine['id']}", headers={"Authorization": f"Bearer {us.approver.token}"}
        )
        assert us.approver.refused("GET", "/desk").status == 401
