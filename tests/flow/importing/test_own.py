"""An advisory of the maker's own past comes back as a case, a grid and a draft that say what it said."""

import json

import pytest

from okiagari.cases.models import Case, Evidence, Fact
from okiagari.disclose import sealing
from okiagari.disclose.models import Advisory, Publication
from okiagari.disclose.rules.content import Content
from okiagari.flow import actions
from okiagari.flow.importing import queries
from okiagari.plumbing import files
from okiagari.problems import Problem
from okiagari.remedy import actions as remedy
from okiagari.standards.firmware_order import Range
from okiagari.triage import actions as triage
from okiagari.triage.rules.cells import CellChange
from tests.disclose.story import Story
from tests.factories import text
from tests.flow.importing.conftest import PAST, exported, other_formats

pytestmark = pytest.mark.django_db


def content(advisory: str) -> Content:
    return sealing.now(Advisory.objects.get(public_id=advisory)).whole


def said_of_products(said: Content) -> list[tuple[object, ...]]:
    return sorted(
        (each.product, each.state, tuple(sorted(each.range.items())), each.fixed_in, each.justification)
        for each in said.statuses
    )


def test_what_the_formats_said_comes_back_as_a_draft_that_says_the_same(story: Story) -> None:
    before = content(story.advisory)
    bytes_ja = exported(story)
    number = actions.read_document(story.member, name="past.json", content=bytes_ja)
    became = actions.take_own(story.member, number)
    after = content(became.advisory)
    assert said_of_products(after) == said_of_products(before)
    assert [each.model for each in after.products] == [each.model for each in before.products]
    (flaw,), (old,) = after.vulnerabilities, before.vulnerabilities
    assert (flaw.cve, flaw.jvn, flaw.cwe) == ("CVE-2008-4001", old.jvn, old.cwe)
    assert flaw.title["ja"] == old.title["ja"]
    assert flaw.description["ja"] == old.description["ja"]
    assert flaw.impact["ja"] == old.impact["ja"]
    assert [each.vector for each in flaw.scores] == [each.vector for each in old.scores]
    assert after.words.title["ja"] == before.words.title["ja"]
    assert after.words.summary["ja"] == before.words.summary["ja"]
    assert after.tracking_id == PAST
    assert {each.fixed_in for each in after.statuses} == {"", "1.03"}
    never = next(each for each in after.statuses if each.product == "NP-BBRS")
    assert "使用を停止" in never.cannot_fix["ja"]


def test_the_file_is_kept_byte_for_byte_and_nothing_goes_out(story: Story) -> None:
    document = exported(story)
    number = actions.read_document(story.member, name="past.json", content=document)
    became = actions.take_own(story.member, number)
    kept = Evidence.objects.get(case__public_id=became.case)
    assert files.read(kept.blob.sha256) == document
    assert queries.original(story.member, number) == ("past.json", "application/json", document)
    assert not Publication.objects.filter(advisory__public_id=became.advisory).exists()
    assert Advisory.objects.get(public_id=became.advisory).state == "draft"


def test_its_editions_go_on_counting(story: Story) -> None:
    number = actions.read_document(story.member, name="past.json", content=exported(story))
    became = actions.take_own(story.member, number)
    advisory = Advisory.objects.get(public_id=became.advisory)
    told = [
        (each.number, each.at.year, each.summary.exact("ja"))
        for each in advisory.earlier.order_by("position")
    ]
    assert told == [("1", 2009, "第1版"), ("2", 2010, "第2版")]


def test_the_same_advisory_in_another_language_joins_the_draft(story: Story) -> None:
    first = actions.read_document(story.member, name="ja.json", content=exported(story, "ja"))
    became = actions.take_own(story.member, first)
    second = actions.read_document(story.member, name="en.json", content=exported(story, "en"))
    assert queries.document(story.member, second).joins == became.advisory
    joined = actions.join_draft(story.member, second, advisory=became.advisory)
    assert joined.advisory == became.advisory
    after, before = content(became.advisory), content(story.advisory)
    assert after.languages == ["ja", "en"]
    assert after.words.title == before.words.title
    assert after.words.summary == before.words.summary
    assert after.vulnerabilities[0].description == before.vulnerabilities[0].description
    earlier = Advisory.objects.get(public_id=became.advisory).earlier.order_by("position")
    assert [dict(each.summary.texts) for each in earlier] == [
        {"ja": "第1版", "en": "Edition 1"},
        {"ja": "第2版", "en": "Edition 2"},
    ]


def told_conditions(story: Story) -> None:
    """A condition and a workaround in both languages."""
    change = CellChange("affected", range=Range.all(), condition=text("UPnPを使う場合", "While UPnP is used"))
    triage.decide(story.member, story.case, cells=[("ETX2-RA", story.flaw)], change=change)
    words = text("UPnPを無効にしてください。", "Turn UPnP off.")
    made = remedy.plan_measure(story.member, story.case, kind="workaround", targets=["ETX2-RA"], text=words)
    remedy.ready(story.member, made)


def test_the_second_language_is_written_beside_the_first_in_the_grid_and_the_measures(story: Story) -> None:
    told_conditions(story)
    first = actions.read_document(story.member, name="ja.json", content=exported(story, "ja"))
    became = actions.take_own(story.member, first)
    second = actions.read_document(story.member, name="en.json", content=exported(story, "en"))
    actions.join_draft(story.member, second, advisory=became.advisory)
    after = content(became.advisory)
    by_product = {each.product: each for each in after.statuses}
    assert by_product["ETX2-RA"].condition == {"ja": "UPnPを使う場合", "en": "While UPnP is used"}
    assert set(by_product["NP-BBRS"].cannot_fix) == {"ja", "en"}
    workaround = next(each for each in after.measures if each.kind == "workaround")
    assert (workaround.text["ja"], workaround.text["en"]) == ("UPnPを無効にしてください。", "Turn UPnP off.")
    lines = queries.document(story.member, second).lines
    assert not [each for each in lines if "waits to be written" in each.why], lines


def test_a_grid_that_somebody_worked_on_since_keeps_its_words(story: Story) -> None:
    told_conditions(story)
    first = actions.read_document(story.member, name="ja.json", content=exported(story, "ja"))
    became = actions.take_own(story.member, first)
    (flaw,) = content(became.advisory).vulnerabilities
    change = CellChange("investigating")
    triage.decide(story.member, became.case, cells=[("ETX2-RA", flaw.id)], change=change)
    second = actions.read_document(story.member, name="en.json", content=exported(story, "en"))
    actions.join_draft(story.member, second, advisory=became.advisory)
    (now,) = [each for each in content(became.advisory).statuses if each.product == "ETX2-RA"]
    assert (now.state, now.condition) == ("investigating", {})
    lines = queries.document(story.member, second).lines
    assert [each.text for each in lines if each.location.endswith("condition")] == ["While UPnP is used"]


def test_whom_it_thanked_is_thanked_by_the_draft(story: Story) -> None:
    thanks = [{"names": ["Finder A", "Finder B"], "organization": "Sample Lab"}, {"names": ["n" * 300]}]
    document = exported(story, acknowledgments=thanks)
    number = actions.read_document(story.member, name="past.json", content=document)
    became = actions.take_own(story.member, number)
    assert content(became.advisory).credits == ["Finder A (Sample Lab)", "Finder B (Sample Lab)"]
    lines = queries.document(story.member, number).lines
    assert [each.text[:4] for each in lines if each.location == "acknowledgments"] == ["nnnn"]


def told_of_attacks(story: Story, words: str) -> bytes:
    document = json.loads(exported(story))
    document["vulnerabilities"][0]["threats"] = [{"category": "exploit_status", "details": words}]
    return json.dumps(document).encode()


@pytest.mark.parametrize(
    ("words", "facts", "kinds", "exploit"),
    [
        ("この脆弱性を悪用した攻撃が確認されています。", None, ["exploited_somewhere"], "attacked"),
        ("この脆弱性を悪用した攻撃が確認されています。", {"1": ""}, [], ""),
        ("A proof of concept is on a web page.", None, [], ""),
        ("A proof of concept is on a web page.", {"1": "exploit_public"}, ["exploit_public"], "public"),
    ],
)
def test_what_is_said_of_attacks_is_noted_as_somebody_says(
    story: Story, words: str, facts: dict[str, str] | None, kinds: list[str], exploit: str
) -> None:
    number = actions.read_document(story.member, name="past.json", content=told_of_attacks(story, words))
    became = actions.take_own(story.member, number, facts=facts)
    noted = Fact.objects.filter(vulnerability__case__public_id=became.case)
    assert [each.kind for each in noted] == kinds
    assert content(became.advisory).vulnerabilities[0].exploit == exploit
    (line,) = [each for each in queries.document(story.member, number).lines if each.text == words]
    assert bool(line.seen_at) is bool(kinds)


def test_a_statement_that_is_not_there_is_named(story: Story) -> None:
    number = actions.read_document(story.member, name="past.json", content=exported(story))
    with pytest.raises(Problem) as wrong:
        actions.take_own(story.member, number, facts={"7": "exploit_public"})
    assert wrong.value.code == "flow.no_such_statement"


def test_the_same_file_twice_and_the_same_id_twice_are_told_apart(story: Story) -> None:
    document = exported(story)
    number = actions.read_document(story.member, name="past.json", content=document)
    with pytest.raises(Problem) as again:
        actions.read_document(story.member, name="other-name.json", content=document)
    assert (again.value.code, again.value.parameters["document"]) == ("flow.document_here", number)
    actions.take_own(story.member, number)
    with pytest.raises(Problem) as taken:
        actions.take_own(story.member, number)
    assert taken.value.code == "flow.document_taken"
    newer = actions.read_document(story.member, name="newer.json", content=exported(story, title="別の題名"))
    with pytest.raises(Problem) as same:
        actions.take_own(story.member, newer)
    assert same.value.code == "flow.advisory_taken"


def test_a_past_case_is_closed_at_once_where_that_is_asked(story: Story) -> None:
    number = actions.read_document(story.member, name="past.json", content=exported(story))
    became = actions.take_own(story.member, number, is_closed=True)
    case = Case.objects.get(public_id=became.case)
    assert case.closed_at is not None
    assert PAST in case.close_reason


def test_a_version_the_line_does_not_know_stays_open_with_its_words(story: Story) -> None:
    document = exported(story).replace(b"<1.03", b"<0.99").replace(b'"1.03"', b'"0.99"')
    number = actions.read_document(story.member, name="past.json", content=document)
    became = actions.take_own(story.member, number)
    status = next(each for each in content(became.advisory).statuses if each.product == "WN-G54/R2")
    assert (status.state, status.range) == ("affected", {"form": "unknown"})
    lines = queries.document(story.member, number).lines
    assert any("WN-G54/R2" in each.location and "0.99" in each.text for each in lines)


def test_products_are_changed_by_hand_before_and_others_stay_visible(story: Story) -> None:
    number = actions.read_document(story.member, name="past.json", content=exported(story))
    said = queries.reading(story.member, number).said
    by_model = {each.model: each.key for each in said.products}
    became = actions.take_own(story.member, number, matches={by_model["WN-G54/R2"]: ["ETX2-RA"]})
    assert {each.product for each in content(became.advisory).statuses} == {"ETX2-RA"}
    lines = queries.document(story.member, number).lines
    assert any("NP-BBRS" in each.location for each in lines)


@pytest.mark.parametrize("form", ["cve-2015-2984", "vuldef"])
def test_a_cve_record_and_vuldef_come_back_with_what_they_can_carry(story: Story, form: str) -> None:
    document = other_formats(story)[form].replace(b"2015-2984", b"2008-4001")
    number = actions.read_document(story.member, name="past", content=document)
    became = actions.take_own(story.member, number, language="en", tracking_id=PAST)
    before, after = content(story.advisory), content(became.advisory)
    states = {(each.product, each.state, each.fixed_in) for each in after.statuses}
    expected = {(each.product, each.state, each.fixed_in) for each in before.statuses}
    if form == "vuldef":
        expected = {(p, "affected" if s == "fixed" else s, "") for p, s, _ in expected if s != "not_affected"}
    else:
        expected -= {each for each in expected if each[1] == "not_affected"}
    assert states == expected
    # the container of a CNA is sent to the address of the id and does not hold it
    assert after.vulnerabilities[0].cve == ("CVE-2008-4001" if form == "vuldef" else "")
    assert [each.vector for each in after.vulnerabilities[0].scores] == [VECTOR]


def test_a_record_in_two_languages_becomes_measures_in_both(story: Story) -> None:
    told_conditions(story)
    document = other_formats(story)["cve-2015-2984"].replace(b"2015-2984", b"2008-4001")
    number = actions.read_document(story.member, name="past", content=document)
    became = actions.take_own(story.member, number, language="en", tracking_id=PAST)
    (workaround,) = [each for each in content(became.advisory).measures if each.kind == "workaround"]
    assert "Turn UPnP off." in workaround.text["en"]
    assert "UPnPを無効にしてください。" in workaround.text["ja"]


VECTOR = "AV:N/AC:L/Au:N/C:N/I:N/A:P"


def test_a_vulnerability_told_twice_and_a_number_that_is_none_break_nothing(story: Story) -> None:
    document = json.loads(exported(story))
    flaw = document["vulnerabilities"][0]
    document["vulnerabilities"] += [flaw, {"cve": "CVE-unknown", "notes": flaw["notes"]}]
    number = actions.read_document(story.member, name="past.json", content=json.dumps(document).encode())
    became = actions.take_own(story.member, number)
    assert len(content(became.advisory).vulnerabilities) == 2
    lines = queries.document(story.member, number).lines
    assert any(each.text == "CVE-unknown" for each in lines)
    assert sum("twice" in str(each.parameters) for each in lines) == 3
