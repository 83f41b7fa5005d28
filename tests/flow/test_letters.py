"""A letter begins as a template filled from facts; what is not known is a gap that nobody can send."""

from collections.abc import Iterator

import pytest

from okiagari.cases import actions as cases
from okiagari.cases import queries as case_queries
from okiagari.desk import people
from okiagari.desk.subjects import SYSTEM
from okiagari.flow.letters import actions, facts, queries, rules, templates
from okiagari.intake import actions as intake
from okiagari.intake import queries as reports
from okiagari.plumbing import jobs
from okiagari.problems import Problem
from okiagari.standards.localtext import LocalText
from tests import factories
from tests.factories import House, text
from tests.support.mail import Post, address_of, post_office, use

NEEDED = {
    "reporter-acknowledge",
    "reporter-question",
    "reporter-progress",
    "reporter-publication",
    "reporter-credit",
    "reporter-thanks",
    "jpcert-first",
    "jpcert-change",
    "jpcert-extension",
    "jpcert-cve",
    "jpcert-published",
    "supplier-notice",
    "executives-brief",
    "sales-brief",
    "support-brief",
    "dealers-notice",
    "press-statement",
    "authority-notice",
}


@pytest.fixture
def house(db: None) -> House:
    return factories.house()


@pytest.fixture
def post(monkeypatch: pytest.MonkeyPatch) -> Iterator[Post]:
    with post_office() as office:
        use(monkeypatch, address_of(office))
        yield office


@pytest.fixture
def case_id(house: House) -> str:
    people.make_organisation(SYSTEM, "maker", kind="maker", name=text("見本製作所", "Sample Works"))
    people.make_organisation(
        SYSTEM, "jpcert", kind="coordinator", name=text("JPCERT/CC"), contact="vuls@c.example"
    )
    number = factories.case(house.member)
    cases.add_party(house.member, number, role="coordinator", organisation="jpcert", reference="JVN#17964918")
    return number


def drafted(house: House, case_id: str, key: str, language: str = "ja") -> rules.Filled:
    return queries.drafted(house.member, case_id, key, language=language, about=facts.About())[1]


def test_every_template_of_the_trade_is_there_in_both_languages() -> None:
    shipped = templates.shipped()
    assert set(shipped) == NEEDED
    for template in shipped.values():
        for texts in (template.text, template.subject_line, template.name, template.when):
            assert set(texts.texts) == {"ja", "en"}, template.key
        for words in template.text.texts.values():
            rules.check(words, facts.LABELS)
        for line in template.subject_line.texts.values():
            assert set(rules.placeholders(line)) <= {"reference"}, "a subject line tells nothing but numbers"


@pytest.mark.parametrize("key", sorted(NEEDED))
@pytest.mark.parametrize("language", ["ja", "en"])
def test_every_template_can_be_filled_and_no_gap_is_empty(
    house: House, case_id: str, key: str, language: str
) -> None:
    filled = drafted(house, case_id, key, language)
    for fact in filled.facts:
        assert fact.label
        assert (f"⟦{fact.label}⟧" in filled.text) == fact.is_missing or fact.key == "reference"
    assert "{" not in filled.text + filled.subject_line


def test_facts_come_from_where_they_live(house: House, case_id: str) -> None:
    filled = drafted(house, case_id, "jpcert-first")
    assert filled.subject_line == "JVN#17964918 ご報告"
    assert "見本製作所" in filled.text
    assert "⟦次にご連絡する期日⟧" in filled.text
    known = {fact.key: fact for fact in filled.facts}
    assert (known["affected"].tab, known["affected"].is_missing) == ("products", True)


@pytest.mark.django_db(transaction=True)
def test_a_template_becomes_a_letter_that_names_its_version(post: Post, house: House, case_id: str) -> None:
    fill = {
        "次にご連絡する期日": "7月15日", "該当する製品とバージョン": "・WN-G54/R2 1.02以前",
        "該当しない製品": "・なし", "調査中の製品": "・NP-BBRS",
    }  # fmt: skip
    actions.write(house.member, case_id, template="jpcert-first", organisation="jpcert", fill=fill)
    jobs.run_due()
    (letter,) = post.letters()
    assert "・NP-BBRS" in letter.get_content()
    (sent,) = case_queries.communications(house.member, case_id)
    assert (sent.template, sent.audience) == ("jpcert-first@1", "jpcert")


def test_a_letter_with_a_gap_is_not_sent(house: House, case_id: str) -> None:
    with pytest.raises(Problem, match=r"cases\.gaps_left"):
        actions.write(house.member, case_id, template="jpcert-extension", organisation="jpcert")


@pytest.mark.django_db(transaction=True)
def test_a_letter_to_the_reporter_answers_the_report(post: Post, house: House) -> None:
    people.make_organisation(SYSTEM, "maker", kind="maker", name=text("見本製作所", "Sample Works"))
    report = intake.receive(
        house.member,
        source="user",
        title="t",
        text="x",
        reporter=intake.ReporterData(contact="f@lab.example"),
    )
    case_id = intake.accept(house.member, report)
    assert actions.write(house.member, case_id, template="reporter-acknowledge") == report
    jobs.run_due()
    (letter,) = post.letters()
    assert letter["To"] == "f@lab.example"
    assert report in letter.get_content()
    assert case_id not in str(letter)
    assert reports.report(house.member, report).acknowledged_at is not None
    assert case_queries.communications(house.member, case_id) == ()


def test_the_makers_own_version_counts_and_the_file_stays(house: House, case_id: str) -> None:
    name = actions.save_template(
        house.member, "press-statement", text=LocalText.of(ja="{maker} です。"), reason="短く"
    )
    assert name == "press-statement@own-1"
    assert drafted(house, case_id, "press-statement").text == "見本製作所 です。"
    with pytest.raises(Problem, match=r"letters\.not_in_language"):
        drafted(house, case_id, "press-statement", "en")
    versions = queries.template_versions(house.member, "press-statement")
    assert [each.version for each in versions] == ["press-statement@own-1", "press-statement@1"]
    assert versions[0].reason == "短く"


@pytest.mark.parametrize(
    ("key", "words", "reason", "code"),
    [
        ("nothing", "x", "y", "letters.no_such_template"),
        ("press-statement", "", "y", "letters.template_text_needed"),
        ("press-statement", "x", " ", "letters.template_text_needed"),
        ("press-statement", "{password}", "y", "letters.unknown_placeholders"),
    ],
)
def test_a_template_that_cannot_work_is_refused(
    house: House, key: str, words: str, reason: str, code: str
) -> None:
    with pytest.raises(Problem) as caught:
        actions.save_template(house.member, key, text=LocalText.of(ja=words), reason=reason)
    assert caught.value.code == code


def test_only_those_who_may_change_templates(house: House) -> None:
    with pytest.raises(Problem, match=r"desk\.not_yours"):
        actions.save_template(house.support, "press-statement", text=LocalText.of(ja="x"), reason="y")


def test_the_name_to_credit_is_a_gap_for_whoever_may_not_know_it(house: House) -> None:
    report = intake.receive(
        house.member, source="user", title="t", text="x", reporter=intake.ReporterData(name="見本 花子")
    )
    case_id = intake.accept(house.member, report)
    cases.admit(house.member, case_id, kind="team", key="support", level="see", reason="x")
    about = facts.About(report=report)
    seen = facts.gather(house.member, case_id, "ja", about)
    assert seen["credit"].value == "見本 花子"
    with pytest.raises(Problem, match=r"desk\.nothing_here"):
        facts.gather(house.support, case_id, "ja", about)
