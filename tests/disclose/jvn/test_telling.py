"""JPCERT/CC is told, nothing is owed until something changes, and what was told stays as it was."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from django.utils.translation import override

from okiagari.cases import actions as cases
from okiagari.cases import queries as case_files
from okiagari.cases.models import Case
from okiagari.catalog import actions as catalog
from okiagari.desk import people
from okiagari.desk.subjects import SYSTEM, Door, Role
from okiagari.disclose import actions
from okiagari.disclose.jvn import drawing, due, gate, queries, report
from okiagari.disclose.jvn.models import Outstanding, StatusFile, StatusReport
from okiagari.flow import handlers
from okiagari.flow import queries as flow
from okiagari.plumbing import clock, ledger, mail
from okiagari.problems import Problem
from okiagari.standards.firmware_order import Range
from okiagari.standards.localtext import LocalText
from okiagari.triage import actions as triage
from okiagari.triage.actions import CellChange
from tests.disclose.jvn.story import TARGETS, coordinated, decide, untold
from tests.disclose.story import Story
from tests.factories import person, text

pytestmark = pytest.mark.django_db
INVESTIGATING = CellChange("investigating")
FINE = CellChange("not_affected", justification="vulnerable_code_not_present")
NOW = datetime(2026, 11, 27, 1, tzinfo=UTC)


@pytest.fixture
def here(story: Story) -> Story:
    return coordinated(story)


def told(here: Story, **more: object) -> str:
    seen = queries.status(here.member, here.case).seen
    return actions.report_status(here.member, here.case, version=seen, **more)  # type: ignore[arg-type]


def test_the_first_report_waits_with_the_due_time_of_the_clock_until_it_is_told(here: Story) -> None:
    (wait,) = untold(here)
    clocks = case_files.clocks(here.member, here.case, is_running=True)
    assert wait.due_at == next(each.due for each in clocks if each.rule == "jpcert_publication")
    with override("en"):
        (line,) = [each for each in flow.waiting(here.member) if each.tab == "jvn"]
    assert line.text == "JPCERT/CC has not been told: where our products stand"
    assert line.action == "Tell JPCERT/CC"
    told(here, way="portal")
    assert untold(here) == []


def test_every_change_after_it_is_owed_in_words_and_ends_with_the_next_report(here: Story) -> None:
    told(here)
    decide(here, "ETX2-RA", INVESTIGATING)
    decide(here, "WN-G54/R2", CellChange("affected", Range.before("1.03")))
    (wait,) = untold(here)
    assert wait.parameters["what"]["texts"] == {"en": "2 products changed", "ja": "2製品の変更"}
    with override("en"):
        view = queries.status(here.member, here.case)
    assert (view.state, view.value) == ("owed", "vulnerable_investigating")
    assert "ETX2-RA: not affected → under investigation" in view.differences
    assert "WN-G54/R2: fixed version taken back: 1.03" in view.differences
    assert "ETX2-RA：影響なし → 調査中" in view.texts["ja"]
    told(here)
    assert untold(here) == []
    decide(here, "ETX2-RA", FINE)
    assert len(untold(here)) == 1


def test_taken_back_before_it_was_told_nothing_is_owed(here: Story) -> None:
    told(here)
    decide(here, "ETX2-RA", INVESTIGATING)
    assert untold(here)
    decide(here, "ETX2-RA", FINE)
    assert untold(here) == []


def test_what_was_told_is_kept_to_the_byte_with_its_hash_in_the_ledger(here: Story) -> None:
    view = queries.status(here.member, here.case)
    at = clock.now() - timedelta(hours=3)
    number = told(here, way="phone", at=at, remark="電話で補足しました。")
    decide(here, "ETX2-RA", INVESTIGATING)
    (kept,) = queries.reports(here.member, here.case)
    assert (kept.id, kept.at, kept.way, kept.value) == (number, at, "phone", "vulnerable")
    assert kept.by is not None
    assert kept.by.key == "member"
    (line,) = [each for each in ledger.entries([("case", here.case)]) if each.verb == "disclose.status_told"]
    assert line.facts["sha256"] == kept.files
    for name, digest in kept.files.items():
        language, form = name.split(".")
        file = queries.told_file(here.member, here.case, number, language=language, form=form)
        assert hashlib.sha256(file.content).hexdigest() == digest == file.sha256
        if form == "xml":
            assert file.content.decode() == view.documents[language]
    spoken = queries.told_file(here.member, here.case, number, language="ja", form="txt").content.decode()
    assert spoken == view.texts["ja"].replace("\n\nどうぞ", "\n\n■ 補足\n電話で補足しました。\n\nどうぞ")
    (message,) = case_files.communications(here.member, here.case)
    assert (message.id, message.text, message.at) == (kept.message, spoken.strip(), at)


def test_a_report_that_is_kept_is_never_changed(here: Story) -> None:
    told(here)
    row, file = StatusReport.objects.get(), StatusFile.objects.first()
    assert file is not None
    row.value, file.content = "notvulnerable", "anders"
    for kept in (row, file):
        with pytest.raises(RuntimeError, match="kept as it was told"):
            kept.save()
        with pytest.raises(RuntimeError, match="kept as it was told"):
            kept.delete()


def test_telling_what_has_changed_since_is_refused_with_what_changed(here: Story) -> None:
    seen = queries.status(here.member, here.case)
    decide(here, "ETX2-RA", INVESTIGATING)
    for version in (seen.seen, seen.seal):
        with pytest.raises(Problem) as refused:
            actions.report_status(here.member, here.case, version=version)
        assert refused.value.code == "disclose.status_outdated"
    with override("en"), pytest.raises(Problem) as refused:
        actions.send_status(here.member, here.case, version=seen.seen)
    assert "ETX2-RA: not affected → under investigation" in str(refused.value.parameters["what"])
    assert not StatusReport.objects.exists()
    assert not case_files.communications(here.member, here.case)


def test_of_two_people_who_tell_the_second_is_told_so(here: Story) -> None:
    seen = queries.status(here.member, here.case).seen
    actions.report_status(here.member, here.case, version=seen)
    with pytest.raises(Problem) as refused:
        actions.report_status(here.member, here.case, version=seen)
    assert refused.value.code == "disclose.status_told_meanwhile"
    with pytest.raises(Problem) as refused:
        actions.report_status(here.member, here.case)
    assert refused.value.code == "disclose.nothing_new"
    actions.report_status(here.member, here.case, remark="ご質問への回答です。")
    assert StatusReport.objects.count() == 2


def test_a_time_in_the_future_or_before_the_last_report_is_refused(here: Story) -> None:
    with pytest.raises(Problem, match="future"):
        told(here, at=clock.now() + timedelta(minutes=5))
    told(here)
    decide(here, "ETX2-RA", INVESTIGATING)
    with pytest.raises(Problem, match="later than that"):
        told(here, at=clock.now() - timedelta(days=1))
    with pytest.raises(Problem, match="no way"):
        told(here, way="fax")
    with pytest.raises(Problem, match="not in"):
        told(here, language="de")


def test_the_statement_somebody_wrote_belongs_in_the_next_report(here: Story) -> None:
    told(here)
    actions.write_statement(
        here.member, here.case, statement=text("修正版を準備しています。", "A fix follows.")
    )
    assert untold(here)[0].parameters["what"]["texts"]["en"] == "the statement changed"
    view = queries.status(here.member, here.case)
    assert (view.is_own, view.statement.best("en")) == (True, "A fix follows.")
    assert "修正版を準備しています。" in view.texts["ja"]
    told(here)
    actions.write_statement(here.member, here.case, statement=LocalText())
    assert not queries.status(here.member, here.case).is_own
    assert untold(here)


def test_a_letter_carries_the_file_and_a_subject_that_tells_nothing(here: Story) -> None:
    cases.set_embargo(
        here.member,
        here.case,
        state="agreed",
        until=clock.now() + timedelta(days=30),
        zone="Asia/Tokyo",
        agreed_with="JPCERT/CC",
    )
    number = actions.send_status(here.member, here.case, to="vuls@coordinator.example", language="en")
    (message,) = case_files.communications(here.member, here.case)
    assert message.subject_line == "JVN#17964918 Report"
    (file,) = message.files
    assert file.name == f"{here.case}-vuldef-en.xml"
    kept = queries.told_file(here.member, here.case, number, language="en", form="xml")
    assert file.sha256 == kept.sha256
    assert (
        message.text
        in queries.told_file(here.member, here.case, number, language="en", form="txt").content.decode()
    )


def test_a_letter_that_nobody_sends_waits_until_somebody_does(here: Story) -> None:
    assert not mail.is_set_up()
    actions.send_status(here.member, here.case)
    (wait,) = untold(here)
    assert (wait.code, wait.tab) == ("disclose.unsent", "messages")
    (view,) = queries.reports(here.member, here.case)
    assert (view.way, view.delivery) == ("letter", "by_hand")
    cases.mark_sent(here.member, view.message)
    assert untold(here) == []


def test_a_case_nobody_coordinates_owes_nothing_and_tells_nothing(story: Story) -> None:
    cases.change_vulnerability(story.member, story.flaw, title=text("欠陥"), cve="CVE-2015-2984", jvn="")
    assert untold(story) == []
    assert queries.status(story.member, story.case).state == "apart"
    with pytest.raises(Problem) as refused:
        actions.report_status(story.member, story.case)
    assert refused.value.code == "disclose.not_coordinated"


def test_a_case_without_products_has_nothing_to_tell(here: Story) -> None:
    empty = cases.open_case(here.member, title=text("新しい件"), kinds=["product"])
    cases.add_party(here.member, empty, role="coordinator", organisation="jpcert", reference="JVN#99999999")
    assert queries.status(here.member, empty).state == "nothing"
    with pytest.raises(Problem) as refused:
        actions.report_status(here.member, empty)
    assert refused.value.code == "disclose.nothing_to_tell"


def test_a_product_that_is_taken_out_again_is_told_too_even_the_last_one(here: Story) -> None:
    told(here)
    for target in TARGETS:
        triage.remove_row(here.member, here.case, target=target, reason="対象ではありませんでした。")
    assert untold(here)[0].parameters["what"]["texts"]["en"] == "3 products changed"
    told(here)
    assert untold(here) == []
    assert queries.status(here.member, here.case).value == "unknown"


def test_who_may_not_see_the_case_learns_nothing_and_who_does_not_work_in_it_tells_nothing(
    here: Story,
) -> None:
    stranger = person("stranger", Role.MEMBER)
    for asked in (
        lambda: queries.status(stranger, here.case),
        lambda: queries.reports(stranger, here.case),
        lambda: actions.report_status(stranger, here.case),
        lambda: actions.write_statement(stranger, here.case, statement=LocalText()),
    ):
        with pytest.raises(Problem) as refused:
            asked()
        assert refused.value.code == "desk.nothing_here"
    assert queries.known_of(stranger, (here.case,)) == ()
    cases.admit(here.member, here.case, kind="person", key="approver", level="see", reason="読む")
    approver = people.named("approver", Door.INSIDE)
    assert queries.status(approver, here.case).may == frozenset()
    with pytest.raises(Problem) as refused:
        actions.report_status(approver, here.case)
    assert refused.value.code == "desk.not_yours"


def test_the_facts_are_drawn_anew_only_when_something_may_have_changed_them(
    here: Story, monkeypatch: pytest.MonkeyPatch
) -> None:
    told(here)
    case = Case.objects.get(public_id=here.case)
    kept = Outstanding.objects.get(case=case)
    assert drawing.draw(here.case, is_lean=True).stance == drawing.draw(here.case).stance
    drawn: list[str] = []
    monkeypatch.setattr(due, "draw", drawn.append)
    cases.add_task(here.member, here.case, title=text("確かめる"), team="router-dev")
    assert due.outstanding(case, report.newest(here.case)).facts == kept.facts
    assert gate.waiting(case.pk) == ()
    assert drawn == []
    assert due.moved() == ()


def test_a_change_of_the_catalogue_reaches_the_desk(here: Story) -> None:
    told(here)
    catalog.put_release(SYSTEM, "wn-g54-r2", {"text": "1.04", "state": "planned"})
    assert due.moved() == (Case.objects.get(public_id=here.case).pk,)
    handlers.refresh({})
    assert due.moved() == ()
