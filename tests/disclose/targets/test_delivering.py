"""What becomes of a tree after the switch: sent by a job, tried again, told where it does not arrive."""

from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings

from okiagari.desk.permits import NOT_YOURS
from okiagari.desk.subjects import SYSTEM
from okiagari.disclose import actions as disclose
from okiagari.disclose import publisher, queries
from okiagari.disclose.models import Delivery
from okiagari.disclose.targets import actions, installed, problems, queueing, rules
from okiagari.disclose.targets.settings import read
from okiagari.plumbing import clock, jobs, ledger
from okiagari.plumbing.models import Job
from okiagari.problems import Problem
from tests.disclose.story import Story

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def place(site: Path, tmp_path: Path, settings: LazySettings) -> Path:
    """A folder that is the public target."""
    found = tmp_path / "srv" / "www"
    configure(settings, f'[[target]]\nname = "web"\nkind = "folder"\npath = "{found}"\npublic = true\n')
    return found


def configure(settings: LazySettings, text: str) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, targets=read(text))


def own_site(story: Story) -> queries.ChannelView:
    return next(
        each for each in queries.plan(story.member, story.advisory).channels if each.channel == "own_site"
    )


def published(story: Story) -> None:
    story.approved()
    disclose.publish(story.member, story.advisory)


def blocked(place: Path) -> None:
    """Somebody else's files where the target should be."""
    place.mkdir(parents=True)
    (place / "letter.txt").write_text("mine")


def test_a_publication_reaches_readers_when_it_has_arrived_at_the_public_target(
    story: Story, place: Path, site: Path
) -> None:
    published(story)
    (target,) = queries.targets(story.member)
    assert (target.state, target.waits, target.is_late) == ("queued", ("SA-2015-001#1",), False)
    (out,) = queries.publications(story.member, story.advisory)
    assert (out.state, out.readers_at, out.not_yet_at) == ("published", None, ("web",))
    own = own_site(story)
    assert (own.state, own.confirmed_at, own.not_yet_at) == ("sending", None, ("web",))
    assert own.noted_at == out.published_at
    assert queries.out_with_coordinator(story.member, story.advisory) is None
    assert not place.exists()

    jobs.run_due()
    (target,) = queries.targets(story.member)
    (delivery,) = queries.deliveries(story.member)
    assert (target.state, target.waits, target.reached_at) == ("current", (), delivery.done_at)
    assert delivery.files == len([each for each in (place / "current/").rglob("*") if each.is_file()])
    (out,) = queries.publications(story.member, story.advisory)
    assert (out.readers_at, out.not_yet_at) == (delivery.done_at, ())
    assert (own_site(story).state, own_site(story).confirmed_at) == ("out", delivery.done_at)
    assert (place / "current" / "index.html").read_bytes() == (site / "current" / "index.html").read_bytes()
    assert not actions.compare(story.member, "web").all


def test_what_fails_is_told_and_tried_again_with_growing_pauses(
    story: Story, place: Path, settings: LazySettings
) -> None:
    blocked(place)
    published(story)
    assert queries.late(story.member) == ()
    now = clock.now()
    for attempt in (1, 2, 3):
        with clock.at(now):
            jobs.run_due()
            (target,) = queries.late(story.member)
            assert (target.state, target.error) == ("failed", problems.NOT_OURS.code)
            assert (target.attempts, target.next_try_at) == (attempt, now + rules.pause(attempt))
        now += rules.pause(attempt)
    job = Job.objects.get(key=f"{queueing.KIND}:web")
    assert (job.run_at, job.done_at, job.failed_at) == (now, None, None)
    verbs = [line.verb for line in ledger.entries([("site", "published")])]
    assert verbs.count("disclose.not_delivered") == 1  # told once, not at every try
    (place / "letter.txt").unlink()
    with clock.at(now):
        jobs.run_due()
        assert queries.late(story.member) == ()
    assert queries.targets(story.member)[0].state == "current"


def test_a_newer_tree_goes_instead_of_one_that_did_not_arrive(story: Story, place: Path) -> None:
    blocked(place)
    published(story)
    jobs.run_due()
    (place / "letter.txt").unlink()
    publisher.refresh()
    jobs.run_due()
    assert [each.state for each in queries.deliveries(story.member)] == ["done", "superseded"]
    (out,) = queries.publications(story.member, story.advisory)
    assert out.readers_at is not None


def test_what_was_lost_or_added_is_tended_to(story: Story, place: Path, settings: LazySettings) -> None:
    published(story)
    jobs.run_due()
    text = f'[[target]]\nname = "mirror"\nkind = "folder"\npath = "{place.parent / "mirror"}"\n'
    configure(settings, text)
    assert queries.targets(story.member)[0].state == "queued"
    queueing.tend()
    jobs.run_due()
    assert queries.targets(story.member)[0].state == "current"
    Delivery.objects.filter(target="mirror").update(state="sending")  # its worker died, its job was given up
    Job.objects.filter(key=f"{queueing.KIND}:mirror").update(failed_at=clock.now())
    queueing.tend()
    jobs.run_due()
    assert Delivery.objects.get(target="mirror").state == "done"
    (out,) = queries.publications(story.member, story.advisory)
    assert out.readers_at == out.published_at  # no public target is left: the switch counts


def test_a_person_has_it_sent_again(story: Story, place: Path) -> None:
    published(story)
    jobs.run_due()
    reached = queries.targets(story.member)[0].reached_at
    page = place / "current" / "ja" / "index.html"
    page.unlink()
    assert actions.compare(story.member, "web").missing == ("ja/index.html",)
    with pytest.raises(Problem) as refusal:
        actions.send_again(story.approver, "web")
    assert refusal.value.definition is NOT_YOURS
    actions.send_again(story.member, "web")
    jobs.run_due()
    assert page.is_file()
    assert queries.targets(story.member)[0].reached_at == reached
    page.unlink()
    assert actions.push(SYSTEM, "web").files == 1
    assert page.is_file()


def test_one_process_at_a_time_sends(story: Story, place: Path) -> None:
    published(story)
    with installed.alone(installed.named("web")) as is_mine:
        assert is_mine
        with pytest.raises(Problem) as refusal:
            actions.push(SYSTEM, "web")
        assert refusal.value.definition is problems.BUSY
        jobs.run_due()
        job = Job.objects.get(key=f"{queueing.KIND}:web")
        assert job.done_at is None
        assert job.run_at > clock.now() + timedelta(seconds=20)
    assert Delivery.objects.get().state == "queued"


def test_without_targets_nothing_is_sent(story: Story, site: Path) -> None:
    published(story)
    jobs.run_due()
    assert Delivery.objects.count() == 0
    assert queries.targets(story.member) == ()
    (out,) = queries.publications(story.member, story.advisory)
    assert out.readers_at == out.published_at
    assert isinstance(own_site(story).confirmed_at, datetime)


def test_nothing_is_sent_before_anything_is_published(story: Story, place: Path) -> None:
    assert queries.targets(story.member)[0].state == "nothing"
    for deed in (actions.push, actions.send_again, actions.compare):
        with pytest.raises(Problem) as refusal:
            deed(SYSTEM, "web")
        assert refusal.value.definition is problems.NO_TREE
    with pytest.raises(Problem) as unknown:
        actions.push(SYSTEM, "elsewhere")
    assert unknown.value.definition is problems.NO_SUCH_TARGET


def test_storage_without_keys_says_so(story: Story, site: Path, settings: LazySettings) -> None:
    configure(settings, '[[target]]\nname = "bucket"\nkind = "s3"\nbucket = "maker-security"\n')
    published(story)
    jobs.run_due()
    (target,) = queries.late(story.member)
    assert (target.error, target.parameters) == (problems.NO_KEYS.code, {"name": "bucket"})
