"""A maker that is a CNA: ids reserved, records published after the advisory, brought up to date, given up.

The services answer on loopback (`tests.support.cve_services`); what they were asked is looked at in order.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.utils.translation import override

from okiagari.cases import actions as cases
from okiagari.cases import queries as case_files
from okiagari.cases.models import Vulnerability
from okiagari.desk.permits import NOTHING_HERE
from okiagari.desk.subjects import SYSTEM
from okiagari.disclose import actions as disclose
from okiagari.disclose import publisher
from okiagari.disclose import queries as advisories
from okiagari.disclose.cve import account, actions, problems, queries, waits, watching, working
from okiagari.disclose.models import CveDeed, CveId, Publication
from okiagari.disclose.targets import settings as targets
from okiagari.engines.cve_services import problems as refusals
from okiagari.flow import telling
from okiagari.flow.models import Wait
from okiagari.plumbing import clock, jobs, ledger, outside
from okiagari.problems import Problem
from okiagari.standards.localtext import LocalText
from tests.disclose.story import Story
from tests.support.cve_services import KEY, ORG, ORG_ID, OTHER, USER, Desk, services
from tests.support.photographs import photographed

CVE = "CVE-2015-2984"
NOON = datetime(2026, 11, 26, 3, 0, tzinfo=UTC)
PAGE = f"https://www.cve.org/CVERecord?id={CVE}"
NO_FLAW = LocalText.of(en="It turned out to be no flaw.")
pytestmark = pytest.mark.django_db(transaction=True)
Later = Callable[..., None]


@pytest.fixture(scope="module")
def served() -> Iterator[Desk]:
    with services() as desk:
        yield desk


@pytest.fixture
def desk(served: Desk, site: object, settings: LazySettings) -> Iterator[Desk]:
    """The services, and an installation that has an account there."""
    settings.ENVIRONMENT = replace(
        settings.ENVIRONMENT,
        cve_org_id=ORG_ID,
        cve_org_name=ORG,
        cve_api_url=served.url,
        cve_api_user=USER,
        cve_api_key=KEY,
    )
    yield served
    for each in (served.ids, served.records, served.asked, served.fail, served.bodies):
        each.clear()  # type: ignore[attr-defined]
    served.quota, served.lose, served.before = 20, 0, None


@photographed
def published(story: Story) -> None:
    """The first edition is out. Its tree is not put back: the record is made from what the database holds."""
    go_out(story)


def go_out(story: Story) -> None:
    story.approved()
    disclose.publish(story.member, story.advisory)


def next_edition(story: Story) -> None:
    disclose.write(story.member, story.advisory, summary=LocalText.of(ja="変更。", en="Changed."))
    go_out(story)


def run_jobs() -> None:
    """Everything that was asked for, whatever pause it takes."""
    for hours in range(1, 4):
        with clock.at(clock.now() + timedelta(hours=hours)):
            jobs.run_due()


def number(story: Story) -> queries.NumberView:
    (flaw,) = queries.of_case(story.member, story.case).flaws
    return flaw.numbers[0]


def channels(story: Story) -> list[tuple[str, str, str]]:
    plan = advisories.plan(story.member, story.advisory)
    return [(each.name, each.state, each.address) for each in plan.channels if each.channel == "cve"]


def said(story: Story) -> list[str]:
    """What the timeline of the case says of ids, the newest first."""
    lines = ledger.entries([("case", story.case)])
    with override("en"):
        return [telling.sentence(each.verb, each.facts) for each in lines if "cve_" in each.verb]


def waiting(story: Story) -> set[str]:
    return set(Wait.objects.filter(stream_key=story.case).values_list("code", flat=True))


def without_number(story: Story) -> None:
    cases.change_vulnerability(story.member, story.flaw, cve="")


# --- publishing ---------------------------------------------------------------------------------------------


def test_the_record_follows_the_advisory_and_every_edition(story: Story, desk: Desk) -> None:
    desk.put(CVE)
    published(story)
    assert desk.writes() == [], "the job does it, once the advisory is out"
    run_jobs()
    assert desk.writes() == [("POST", f"/api/cve/{CVE}/cna")]
    first = desk.container(CVE)
    assert first["references"][0]["url"].startswith("https://maker.example/security/en/")
    assert desk.bodies[0]["cnaContainer"].keys() & {"providerMetadata"} == set()
    assert (number(story).state, number(story).edition) == ("published", 1)
    assert channels(story) == [("", "out", PAGE)]

    next_edition(story)
    run_jobs()
    assert desk.writes()[1:] == [("PUT", f"/api/cve/{CVE}/cna")]
    assert len(desk.container(CVE)["timeline"]) == 2 * len(first["timeline"])
    assert number(story).edition == 2
    assert PAGE in str(Publication.objects.get(number=2).snapshot.content), "the page refers to the record"
    assert PAGE not in str(desk.container(CVE)["references"]), "the record not to itself"
    assert len(channels(story)) == 1
    assert said(story)[0] == f"Brought the record of {CVE} up to edition 2 of SA-2015-001"
    assert {"disclose.cve_failed", "disclose.cve_held"}.isdisjoint(waiting(story))


@pytest.mark.once
def test_nothing_is_sent_before_the_edition_is_out_on_our_own_site(story: Story, desk: Desk) -> None:
    desk.put(CVE)
    seen: list[str] = []

    def look(method: str, path: str) -> None:
        if method != "GET":
            state = Publication.objects.values_list("state", flat=True).order_by("-pk").first()
            tree = publisher.site_folder() / "current" / "en" / "sa-2015-001.html"
            seen.append(f"{state} {tree.exists()}")

    desk.before = look
    story.approved()
    disclose.publish(story.member, story.advisory, at=clock.now() + timedelta(days=1))
    jobs.run_due()
    with pytest.raises(Problem) as caught:
        actions.publish(story.member, story.advisory)
    assert caught.value.definition is problems.NO_EDITION
    assert desk.writes() == []
    with clock.at(clock.now() + timedelta(days=1, minutes=1)):
        jobs.run_due()
        jobs.run_due()
    assert seen == ["published True"]


@pytest.mark.once
@pytest.mark.parametrize("state", ["scheduled", "publishing", "cancelled", "failed"])
def test_a_deed_of_an_edition_that_is_not_out_sends_nothing(story: Story, desk: Desk, state: str) -> None:
    desk.put(CVE)
    published(story)
    edition = Publication.objects.get()
    Publication.objects.update(state=state)
    deed = CveDeed.objects.get(publication=edition)
    working.run(deed.pk)
    deed.refresh_from_db()
    assert (deed.state, deed.errors[0]["code"]) == ("failed", problems.NOT_OUT.code)
    assert desk.writes() == []


@pytest.mark.once
def test_the_record_waits_until_readers_have_the_advisory(
    story: Story, desk: Desk, settings: LazySettings, tmp_path: Path
) -> None:
    place = tmp_path / "web"
    place.mkdir()
    (place / "letter.txt").write_text("somebody else's")
    text = f'[[target]]\nname = "web"\nkind = "folder"\npath = "{place}"\npublic = true\n'
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, targets=targets.read(text))
    desk.put(CVE)
    go_out(story)
    jobs.run_due()
    (deed,) = number(story).deeds
    assert (deed.state, deed.troubles[0].code) == ("waiting", problems.NOT_THERE_YET.code)
    assert desk.writes() == []
    (place / "letter.txt").unlink()
    with clock.at(clock.now() + timedelta(hours=2)):
        jobs.run_due()
    with clock.at(clock.now() + timedelta(hours=4)):
        jobs.run_due()
    assert number(story).state == "published"


@pytest.mark.once
def test_an_id_of_another_cna_is_never_written_to(story: Story, desk: Desk) -> None:
    desk.put(CVE, owner=OTHER, state="PUBLISHED")
    published(story)
    run_jobs()
    assert desk.writes() == []
    assert number(story).owner == "others"
    assert said(story) == [f"Left {CVE} alone: it is no id of ours"]
    next_edition(story)
    run_jobs()
    assert CveDeed.objects.count() == 1, "it is not even asked again"
    actions.publish(story.member, story.advisory)
    assert CveDeed.objects.count() == 2, "unless a person wants to know"
    assert desk.writes() == []
    with pytest.raises(Problem) as caught:
        actions.reject(story.member, story.case, cve=CVE, reason=NO_FLAW)
    assert caught.value.definition is problems.NO_SUCH_ID


@pytest.mark.once
def test_a_lost_answer_publishes_once_in_effect(story: Story, desk: Desk) -> None:
    desk.put(CVE)
    published(story)
    desk.lose = 1
    run_jobs()
    assert desk.writes() == [("POST", f"/api/cve/{CVE}/cna")]
    assert number(story).state == "published"
    assert said(story) == [f"Published the record of {CVE} with edition 1 of SA-2015-001"]


@pytest.mark.once
def test_what_is_refused_is_seen_and_tried_again_by_hand(story: Story, desk: Desk) -> None:
    desk.put(CVE)
    published(story)
    desk.fail = [401]
    run_jobs()
    (deed,) = number(story).deeds
    assert (deed.state, deed.troubles[0].code) == ("failed", refusals.KEY_REFUSED.code)
    assert "disclose.cve_failed" in waiting(story)
    assert said(story)[0] == (
        f"Could not do it at CVE Services (publish the record, {CVE}): the account is not accepted"
    )
    actions.retry(story.member, story.case, deed=deed.id)
    assert number(story).state == "published"
    assert "disclose.cve_failed" not in waiting(story)
    assert KEY not in f"{list(CveDeed.objects.values())} {said(story)} {list(jobs.Job.objects.values())}"


@pytest.mark.once
def test_what_passes_by_itself_is_said_at_the_third_try_and_goes_on(story: Story, desk: Desk) -> None:
    desk.put(CVE)
    published(story)
    desk.fail = [503, 503, 429]
    for hours in range(1, 4):
        with clock.at(clock.now() + timedelta(hours=hours)):
            jobs.run_due()
        assert ("disclose.cve_held" in waiting(story)) == (hours == 3)
    (deed,) = number(story).deeds
    assert (deed.state, deed.attempts) == ("waiting", 3)
    with clock.at(clock.now() + timedelta(hours=5)):
        jobs.run_due()
    assert number(story).state == "published"
    assert "disclose.cve_held" not in waiting(story)


@pytest.mark.once
def test_a_record_that_lacks_something_is_held_back_and_never_sent(story: Story, desk: Desk) -> None:
    desk.put(CVE)
    disclose.write(story.member, story.advisory, languages=["ja"])
    go_out(story)
    run_jobs()
    (deed,) = number(story).deeds
    assert deed.troubles[0].code == "cve.needs_english"
    assert desk.asked == []
    disclose.write(story.member, story.advisory, languages=["ja", "en"])
    go_out(story)
    run_jobs()
    assert [each.state for each in number(story).deeds] == ["done", "dropped"]
    assert number(story).state == "published"


# --- reserving ----------------------------------------------------------------------------------------------


@pytest.mark.once
def test_an_id_is_reserved_in_one_action_and_is_the_number_of_its_vulnerability(
    story: Story, desk: Desk
) -> None:
    without_number(story)
    actions.reserve(story.member, story.case)
    (flaw,) = case_files.case(SYSTEM, story.case).vulnerabilities
    assert desk.ids.keys() == {flaw.cve}
    assert (number(story).owner, number(story).state) == ("ours", "reserved")
    assert said(story)[0] == f"Reserved {flaw.cve} at CVE Services"
    with pytest.raises(Problem) as caught:
        actions.reserve(story.member, story.case)
    assert caught.value.definition is problems.NOTHING_TO_RESERVE


@pytest.mark.once
def test_several_are_reserved_side_by_side_in_one_request(story: Story, desk: Desk) -> None:
    without_number(story)
    for n in range(2):
        cases.add_vulnerability(story.member, story.case, title=LocalText.of(en=f"Another flaw {n}"))
    actions.reserve(story.member, story.case)
    asked = [path for method, path in desk.asked if method == "POST"]
    assert asked == ["/api/cve-id"]
    given = [flaw.cve for flaw in case_files.case(SYSTEM, story.case).vulnerabilities]
    first = int(given[0].split("-")[2])
    assert [int(each.split("-")[2]) for each in given] == [first, first + 1, first + 2]


def test_a_lost_answer_reserves_no_second_id(story: Story, desk: Desk) -> None:
    without_number(story)
    desk.put("CVE-2026-59999")  # the account held one before
    desk.lose = 1
    actions.reserve(story.member, story.case)
    (flaw,) = case_files.case(SYSTEM, story.case).vulnerabilities
    assert flaw.cve == ""
    run_jobs()
    (flaw,) = case_files.case(SYSTEM, story.case).vulnerabilities
    assert set(desk.ids) == {"CVE-2026-59999", flaw.cve}
    assert [path for method, path in desk.asked if method == "POST"] == ["/api/cve-id"]


@pytest.mark.once
def test_an_id_that_came_too_late_is_proposed_for_rejection(story: Story, desk: Desk) -> None:
    without_number(story)
    desk.before = lambda method, path: (
        cases.change_vulnerability(story.member, story.flaw, cve=CVE) if method == "POST" else None
    )
    actions.reserve(story.member, story.case)
    (row,) = CveId.objects.all()
    assert row.number != CVE
    assert waits.is_proposed(row)
    assert "disclose.cve_proposed" in waiting(story)


@pytest.mark.once
def test_a_used_up_quota_is_said_with_what_to_do(story: Story, desk: Desk) -> None:
    without_number(story)
    desk.quota = 0
    actions.reserve(story.member, story.case)
    (flaw,) = queries.of_case(story.member, story.case).flaws
    assert flaw.reserving[0].troubles[0].code == refusals.NO_QUOTA.code
    assert account.quota(story.member).available == 0
    desk.quota = 5
    actions.retry(story.member, story.case, deed=flaw.reserving[0].id)
    assert number(story).state == "reserved"


# --- giving up ----------------------------------------------------------------------------------------------


@pytest.mark.once
def test_a_withdrawn_advisory_proposes_and_a_person_rejects(story: Story, desk: Desk) -> None:
    desk.put(CVE)
    published(story)
    run_jobs()
    before = len(desk.asked)
    disclose.withdraw(story.member, story.advisory, reason="No flaw after all")
    run_jobs()
    assert len(desk.asked) == before, "nothing is ever rejected silently, nor written"
    assert "disclose.cve_proposed" in waiting(story)
    with pytest.raises(Problem) as caught:
        actions.reject(story.member, story.case, cve=CVE, reason=LocalText.of(ja="脆弱性ではない"))
    assert caught.value.definition is problems.ENGLISH_NEEDED
    actions.reject(story.member, story.case, cve=CVE, reason=NO_FLAW)
    assert desk.writes()[-1] == ("PUT", f"/api/cve/{CVE}/reject")
    assert desk.container(CVE)["rejectedReasons"][0]["value"] == "It turned out to be no flaw."
    assert number(story).state == "rejected"
    assert "disclose.cve_proposed" not in waiting(story)
    assert case_files.case(SYSTEM, story.case).vulnerabilities[0].cve == ""


@pytest.mark.once
def test_it_may_as_well_be_kept_with_a_reason(story: Story, desk: Desk) -> None:
    actions.note_cve(story.member, story.case, vulnerability=story.flaw, state="reserved")
    cases.withdraw_vulnerability(story.member, story.flaw, reason="Same as another")
    assert "disclose.cve_proposed" in waiting(story)
    actions.keep_cve(story.member, story.case, cve=CVE, reason="Needed for the other one")
    assert "disclose.cve_proposed" not in waiting(story)
    assert said(story)[0] == f"Decided to keep {CVE}: Needed for the other one"


def test_a_reserved_id_that_nobody_needs_is_rejected_without_a_record(story: Story, desk: Desk) -> None:
    without_number(story)
    actions.reserve(story.member, story.case)
    held = number(story).number
    desk.lose = 1
    actions.reject(story.member, story.case, cve=held, reason=NO_FLAW, replaced_by=["CVE-2026-1000"])
    run_jobs()
    assert desk.writes() == [("POST", f"/api/cve/{held}/reject")]
    assert desk.container(held)["replacedBy"] == ["CVE-2026-1000"]
    assert number(story).state == "rejected"
    actions.reserve(story.member, story.case)
    assert number(story).number != held, "the vulnerability can have another one"


# --- by hand, and makers that are no CNA --------------------------------------------------------------------


def test_what_was_done_elsewhere_is_noted_and_reaches_nobody(story: Story, desk: Desk) -> None:
    with clock.at(NOON):
        note = {"vulnerability": story.flaw, "at": NOON - timedelta(days=1)}
        actions.note_cve(story.member, story.case, state="reserved", cve="CVE-2015-2985", **note)
        actions.note_cve(story.member, story.case, state="published", **note)
        with pytest.raises(Problem) as caught:
            actions.note_cve(story.member, story.case, state="reserved", **note)
        assert caught.value.definition is problems.NOT_FROM_HERE
        actions.note_cve(story.member, story.case, state="rejected", reason="No flaw", **note)
    assert number(story).state == "rejected"
    assert [each.told_state for each in number(story).deeds] == ["rejected", "published", "reserved"]
    assert said(story)[-1].startswith("Noted CVE-2015-2985 as reserved since 2026-11-25")
    assert desk.asked == []


@pytest.mark.once
def test_without_an_account_everything_stays_as_it_is(story: Story) -> None:
    go_out(story)
    run_jobs()
    assert not CveDeed.objects.exists()
    with pytest.raises(Problem) as caught:
        actions.publish(story.member, story.advisory)
    assert caught.value.definition is problems.NOT_SET_UP
    without_number(story)
    with pytest.raises(Problem) as caught:
        actions.reserve(story.member, story.case)
    assert caught.value.definition is problems.NOT_SET_UP


@pytest.mark.once
def test_a_replay_reaches_nobody(story: Story, desk: Desk) -> None:
    desk.put(CVE)
    with outside.silent():
        go_out(story)
    run_jobs()
    assert desk.asked == []


@pytest.mark.once
def test_who_is_not_in_the_case_learns_nothing(story: Story, desk: Desk) -> None:
    stranger = story.house.second
    for deed in (
        lambda: queries.of_case(stranger, story.case),
        lambda: queries.of_advisory(stranger, story.advisory),
        lambda: actions.reserve(stranger, story.case),
        lambda: actions.publish(stranger, story.advisory),
        lambda: actions.reject(stranger, story.case, cve=CVE, reason=NO_FLAW),
        lambda: actions.note_cve(stranger, story.case, vulnerability=story.flaw, state="reserved"),
    ):
        with pytest.raises(Problem) as caught:
            deed()
        assert caught.value.definition is NOTHING_HERE


# --- the watch ----------------------------------------------------------------------------------------------


@pytest.fixture
def watch(story: Story, desk: Desk, settings: LazySettings) -> Desk:
    """A maker that is no CNA, asks whether cited ids are public, and has published at noon."""
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, cve_api_url="", cve_watch_url=desk.url)
    with clock.at(NOON):
        published(story)
    return desk


def test_a_cited_id_without_a_record_is_told_once_after_three_days(story: Story, watch: Desk) -> None:
    watch.put(CVE, owner=OTHER)
    for hours in (1, 60, 73, 80, 90):
        with clock.at(NOON + timedelta(hours=hours)):
            watching.look()
        assert ("disclose.cve_missing" in waiting(story)) == (hours >= 73)
    assert len([each for each in said(story) if "no public record" in each]) == 1
    assert number(story).is_missing
    watch.records[CVE] = watch._record(CVE, {})
    watch.records[CVE]["cveMetadata"]["datePublished"] = (NOON + timedelta(hours=91)).isoformat()
    with clock.at(NOON + timedelta(hours=97)):
        watching.look()
    assert "disclose.cve_missing" not in waiting(story)
    assert channels(story) == [("", "out", PAGE)]
    (line,) = [each for each in advisories.plan(story.member, story.advisory).channels if each.address]
    assert line.confirmed_at == NOON + timedelta(hours=91)
    asked = len(watch.asked)
    with clock.at(NOON + timedelta(hours=200)):
        watching.look()
    assert len(watch.asked) == asked, "what is public is not asked for again"


@pytest.mark.once
def test_it_is_answered_by_hand_as_well(story: Story, watch: Desk) -> None:
    with clock.at(NOON + timedelta(hours=80)):
        watching.look()
        assert "disclose.cve_missing" in waiting(story)
        disclose.confirm_channel(story.member, story.advisory, channel="cve", address=PAGE)
    assert "disclose.cve_missing" not in waiting(story)


@pytest.mark.once
def test_an_address_that_does_not_answer_is_no_news(story: Story, watch: Desk) -> None:
    watch.fail = [503]
    with clock.at(NOON + timedelta(hours=80)):
        watching.look()
    assert "disclose.cve_missing" not in waiting(story)
    with clock.at(NOON + timedelta(hours=81)):
        actions.check(story.member, story.advisory)
    assert "disclose.cve_missing" in waiting(story)


@pytest.mark.once
def test_nobody_is_asked_unless_it_is_switched_on(story: Story, desk: Desk) -> None:
    published(story)
    with clock.at(clock.now() + timedelta(hours=80)):
        watching.look()
    assert desk.asked == []
    with pytest.raises(Problem) as caught:
        actions.check(story.member, story.advisory)
    assert caught.value.definition is problems.NO_WATCH


@pytest.mark.once
def test_many_ids_that_are_missed_wait_in_one_line(story: Story, watch: Desk) -> None:
    flaw = Vulnerability.objects.get(public_id=story.flaw)
    for n in range(5):
        CveId.objects.create(
            vulnerability=flaw,
            number=f"CVE-2017-1307{n}",
            made_at=NOON,
            cited_at=NOON + timedelta(hours=n),
            missing_told_at=NOON,
        )
    (line,) = waits.waiting(flaw.case_id)
    assert line.due == NOON + timedelta(hours=72)
    assert line.parameters == {"cve": ["CVE-2017-13070", "CVE-2017-13071", "CVE-2017-13072", "…"]}
