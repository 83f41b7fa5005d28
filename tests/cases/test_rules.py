"""Rules of the case file: numbers, kinds, embargo, facts, subject lines, clocks."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from okiagari.cases import rules
from okiagari.problems import Problem
from okiagari.standards.deadlines import RULES, Agreement, Situation

NOW = datetime(2015, 6, 1, 0, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=30)
TOKYO = "Asia/Tokyo"
HERE = Situation(ZoneInfo(TOKYO))
JPCERT = RULES["jpcert_publication"]


def said(state: str, **more: object) -> rules.Said:
    fields = {"until": LATER, "zone": TOKYO, "agreed_with": "JPCERT/CC", "reason": "Because.", **more}
    return rules.Said(state, **fields)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("", "proposed"),
        ("", "agreed"),
        ("proposed", "proposed"),
        ("proposed", "agreed"),
        ("proposed", "ended"),
        ("agreed", "revised"),
        ("agreed", "ended"),
        ("revised", "revised"),
        ("revised", "ended"),
        ("ended", "proposed"),
        ("ended", "agreed"),
    ],
)
def test_an_embargo_goes_from_one_state_to_the_next(before: str, after: str) -> None:
    rules.check_embargo(said(after), before, NOW)


@pytest.mark.parametrize(
    ("before", "after"),
    [("", "revised"), ("", "ended"), ("agreed", "proposed"), ("agreed", "agreed"), ("ended", "revised")],
)
def test_an_embargo_skips_no_state(before: str, after: str) -> None:
    with pytest.raises(Problem) as raised:
        rules.check_embargo(said(after), before, NOW)
    assert raised.value.code == "cases.embargo_order"


@pytest.mark.parametrize(
    ("words", "before", "code"),
    [
        (said("agreed", until=None), "", "cases.embargo_until"),
        (said("agreed", until=NOW), "", "cases.embargo_past"),
        (said("agreed", agreed_with=" "), "", "cases.embargo_with_whom"),
        (said("agreed", zone="Tokyo/Asia"), "", "cases.zone_unknown"),
        (said("agreed", zone="../etc/passwd"), "", "cases.zone_unknown"),
        (said("revised", reason=""), "agreed", "cases.embargo_why"),
        (said("ended", reason=" "), "agreed", "cases.embargo_why"),
        (said("agreed", reason=""), "ended", "cases.embargo_why"),
        (said("over"), "agreed", "cases.embargo_state"),
    ],
)
def test_an_agreement_says_until_when_with_whom_and_why(words: rules.Said, before: str, code: str) -> None:
    with pytest.raises(Problem) as raised:
        rules.check_embargo(words, before, NOW)
    assert raised.value.code == code


def test_a_proposal_may_leave_the_end_open() -> None:
    rules.check_embargo(said("proposed", until=None, agreed_with="", reason=""), "", NOW)
    assert rules.holds("proposed", None, NOW)


def test_an_agreed_embargo_holds_until_its_instant_and_a_proposed_one_until_somebody_ends_it() -> None:
    assert rules.holds("agreed", LATER, LATER - timedelta(seconds=1))
    assert not rules.holds("agreed", LATER, LATER)
    assert rules.holds("proposed", LATER, LATER + timedelta(days=1))
    assert not rules.holds("ended", LATER, NOW)


def test_kinds_come_in_their_order_and_decide_the_teams() -> None:
    assert rules.check_kinds(["service", "product", "product"]) == ("product", "service")
    assert rules.team_kinds(["product"]) == ("psirt",)
    assert rules.team_kinds(["service"]) == ("csirt", "psirt")
    assert rules.team_kinds(["infrastructure"]) == ("csirt",)


def test_another_kind_needs_a_reason_and_the_same_kind_does_not() -> None:
    assert rules.check_kinds(["product"], ["product"]) == ("product",)
    with pytest.raises(Problem) as raised:
        rules.check_kinds(["service"], ["product"], " ")
    assert (raised.value.code, raised.value.field) == ("cases.reason_needed", "reason")


@pytest.mark.parametrize(
    ("read", "typed", "kept"),
    [
        (rules.cve, " ｃｖｅ-2015-2984 ", "CVE-2015-2984"),
        (rules.jvn, "JVN＃17964918", "JVN#17964918"),
        (rules.jvn, "jvnvu#98765432", "JVNVU#98765432"),
        (rules.jvndb, "jvndb-2015-000114", "JVNDB-2015-000114"),
        (rules.cwe, "120", "CWE-120"),
        (rules.cwe, "", ""),
    ],
)
def test_numbers_have_one_written_form(read: object, typed: str, kept: str) -> None:
    assert read(typed) == kept  # type: ignore[operator]


@pytest.mark.parametrize(
    ("read", "typed"),
    [(rules.cve, "CVE-15-1"), (rules.jvn, "JVN#123"), (rules.jvndb, "JVNDB-2015-1"), (rules.cwe, "CWE")],
)
def test_what_is_no_number_is_refused_at_its_field(read: object, typed: str) -> None:
    with pytest.raises(Problem) as raised:
        read(typed)  # type: ignore[operator]
    assert raised.value.field == read.__name__  # type: ignore[attr-defined]


def line(text: str) -> str:
    known = rules.Line(text, "OKI-26-7K3QD", ("JVN#17964918",))
    return rules.subject_line(known, embargoed=True)


@pytest.mark.parametrize(
    "text",
    [
        "[OKI-26-7K3QD] 進捗のご報告",
        "Re: JVN#17964918 について",
        "oki-26-7k3qd: status update",
        "ＪＶＮ＃17964918のご回答",
    ],
)
def test_under_embargo_a_subject_line_holds_numbers_and_neutral_words(text: str) -> None:
    assert line(text) == text


@pytest.mark.parametrize(
    "text",
    [
        "NP-BBRS の件",
        "ＮＰ－ＢＢＲＳ の件",
        "Re: CVE-2015-2984",
        "バッファオーバーフローについて",
        "OKI-26-7K3QD 重大",
        "JVN#17964918 router",
    ],
)
def test_under_embargo_a_subject_line_tells_nothing_else(text: str) -> None:
    with pytest.raises(Problem) as raised:
        line(text)
    assert (raised.value.code, raised.value.field) == ("cases.line_tells", "subject_line")


def test_an_empty_subject_line_becomes_the_number_of_the_case() -> None:
    assert line("  ") == "[OKI-26-7K3QD]"


def test_without_an_embargo_a_subject_line_is_free() -> None:
    assert rules.subject_line(rules.Line("NP-BBRS", "OKI-26-7K3QD"), embargoed=False) == "NP-BBRS"


def test_the_closer_an_attack_is_the_sooner_the_team_decides() -> None:
    attacked = rules.decision_due("our_product_attacked", NOW)
    assert (
        NOW
        < attacked
        < rules.decision_due("exploit_public", NOW)
        < rules.decision_due("public_elsewhere", NOW)
    )
    assert rules.decision_due("public_elsewhere", NOW) <= NOW + timedelta(hours=24)


def test_a_fact_has_evidence_and_lies_in_the_past() -> None:
    rules.check_fact("exploit_public", NOW, "https://example.org/poc", NOW)
    for kind, at, evidence, code in [
        ("rumour", NOW, "x", "cases.fact_unknown"),
        ("exploit_public", NOW, "  ", "cases.evidence_needed"),
        ("exploit_public", LATER, "x", "cases.not_yet"),
    ]:
        with pytest.raises(Problem) as raised:
            rules.check_fact(kind, at, evidence, NOW)
        assert raised.value.code == code


def test_a_clock_without_its_anchor_waits_and_says_for_what() -> None:
    assert rules.due(JPCERT, None, HERE) is None
    stands = rules.standing(JPCERT, None, NOW)
    assert stands.state == "waiting"
    assert stands.waits_for == "the coordinator first tries to contact us"


def test_forty_five_days_end_with_the_last_day_in_japan() -> None:
    due = rules.due(JPCERT, datetime(2015, 4, 1, 2, 0, tzinfo=UTC), HERE)
    assert due == datetime(2015, 5, 16, 15, 0, tzinfo=UTC) - timedelta(microseconds=1)


def test_a_clock_moves_only_by_an_agreement_with_somebody_for_a_reason() -> None:
    until = datetime(2015, 8, 18, 1, 0, tzinfo=UTC)
    moved = rules.moved(JPCERT, NOW, HERE, Agreement(until, "JPCERT/CC", "Fix takes longer."))
    assert moved == until
    for rule, anchor, agreement, code in [
        ("jpcert_publication", NOW, Agreement(until, "", "x"), "deadlines.agreement_unproven"),
        ("jpcert_publication", NOW, Agreement(until, "x", " "), "deadlines.agreement_unproven"),
        ("jpcert_publication", None, Agreement(until, "x", "x"), "cases.clock_waits"),
        ("acknowledge_report", NOW, Agreement(until, "x", "x"), "deadlines.not_movable"),
    ]:
        with pytest.raises(Problem) as raised:
            rules.moved(RULES[rule], anchor, HERE, agreement)
        assert raised.value.code == code


def test_decisions_and_reviews_end_by_their_own_deed_and_other_tasks_are_just_done() -> None:
    rules.check_finish("brief-sales", is_theirs=True)
    for key, is_theirs, code in (
        ("decision:exploit_public", True, "cases.decide_it"),
        (rules.review_key("URG-26-00000"), True, "cases.review_it"),
        ("brief-sales", False, "cases.not_your_task"),
    ):
        with pytest.raises(Problem) as raised:
            rules.check_finish(key, is_theirs=is_theirs)
        assert raised.value.code == code
