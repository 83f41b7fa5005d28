"""After a publication: what is really out is read from the disk and held against record and approval."""

import json
from dataclasses import replace
from pathlib import Path

import pytest
from django.conf import LazySettings
from typer.testing import CliRunner

from okiagari.cli.site import app
from okiagari.desk.subjects import SYSTEM
from okiagari.disclose import actions, handlers, queries
from okiagari.disclose.consistency import downloads, out
from okiagari.disclose.models import Advisory, LinkAnswer, SiteCheck
from okiagari.disclose.site import tree
from okiagari.plumbing import clock, jobs, ledger
from okiagari.problems import Problem
from tests.disclose.story import Story
from tests.web.cases.conftest import Enter

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.once]


@pytest.fixture
def published(story: Story) -> Story:
    story.approved()
    actions.publish(story.member, story.advisory)
    return story


def public(site: Path) -> Path:
    known = tree.current(site)
    assert known is not None
    return known.folder


def rewrite(place: Path, old: str, new: str) -> None:
    """Somebody changes a file of the tree; a linked one becomes a file of its own, as an editor makes it."""
    text = place.read_text()
    assert old in text
    place.unlink()
    place.write_text(text.replace(old, new))


def told() -> list[str]:
    return [line.verb for line in ledger.entries([out.STREAM], newest_first=False)]


def test_what_is_out_is_what_was_approved_and_the_job_sees_to_it(published: Story, site: Path) -> None:
    handlers.check_site({})
    found = queries.site_check(SYSTEM)
    assert (found.is_fine, found.checked, found.is_old) == (True, 1, False)
    assert found.files > 40
    assert told() == []
    handlers.check_site({})
    assert SiteCheck.objects.count() == 1  # nothing changed, and no day went by
    actions.check_site(SYSTEM)
    newest = out.newest()
    assert newest is not None
    assert out.read(newest).read == 0  # the same bytes are hashed, not read again


def test_a_fix_that_customers_cannot_get_is_told_until_its_link_answers_again(
    published: Story, enter: Enter
) -> None:
    (link,) = queries.links_of(published.member, published.advisory)
    known = {"url": link.link.url, "expected": link.link.expected, "at": clock.now()}
    row = LinkAnswer.objects.create(**known, state="gone", why="HTTP 404")
    actions.check_site(SYSTEM)
    (note,) = queries.site_notes(published.member)
    assert note.parameters["url"] == link.link.url
    assert queries.site_check(SYSTEM).is_fine, "what is out is still what was approved"
    desk = enter(published.member).get("/").content.decode()
    assert link.link.url in desk
    assert 'href="/advisories/site/"' in desk
    row.state = "right"
    row.save()
    actions.check_site(SYSTEM)
    assert queries.site_notes(published.member) == ()


def test_links_are_asked_once_somebody_submits_where_the_installation_may(
    story: Story, settings: LazySettings
) -> None:
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, check_links="1")
    actions.submit(story.member, story.advisory)
    assert jobs.waits(f"{downloads.JOB}:{Advisory.objects.get().pk}")


def test_a_changed_file_is_named_with_its_hash_and_with_what_it_says(
    published: Story, site: Path, enter: Enter
) -> None:
    actions.check_site(SYSTEM)
    rewrite(next((public(site) / "openvex").glob("*.json")), "%3C1.03", "%3C1.04")
    core = next(each for each in (public(site) / "openeox").glob("*.json") if each.name != "index.json")
    date = json.loads(core.read_text())["end_of_security_support"]
    rewrite(core, date, "2031" + date[4:])
    (public(site) / "stranger.html").write_text("?")
    next((public(site) / "vuldef" / "ja").glob("*.xml")).unlink()
    actions.check_site(published.member)
    found = queries.site_check(published.member)
    assert not found.is_fine
    assert {each.code for each in found.noted} == {"changed", "missing", "strange", "wrong_sum"}
    (advisory,) = found.advisories
    assert {each.field for each in advisory.fields} == {"affected_versions"}
    assert [each.code for each in advisory.noted] == ["not_made"]
    ((gap,),) = ([*each.gaps] for each in found.lives)
    assert (gap.path, gap.flaw) == (f"openeox/{core.name}", "end_of_security_support")
    assert gap.said[0].startswith("2031-")
    assert told() == ["disclose.site_differs"]
    browser = enter(published.member)
    page = browser.get("/advisories/site/").content.decode()
    for text in (
        "stranger.html",
        "&lt;1.04",
        "Nobody published this file.",
        "End of security support",
        "2031-",
    ):
        assert text in page
    assert "differs from what was approved" in browser.get("/").content.decode()


def test_a_list_that_says_otherwise_is_named_with_the_document_and_both_values(
    published: Story, site: Path
) -> None:
    actions.check_site(SYSTEM)
    tree = public(site)
    (document,) = [each for each in (tree / "csaf").glob("2*/*.json") if not each.stem.endswith("-en")]
    path = document.relative_to(tree / "csaf").as_posix()
    rewrite(tree / "csaf" / "index.txt", path, path.replace("sa-", "sb-"))
    rewrite(tree / "csaf" / "changes.csv", f'"{path}","2', f'"{path}","3')
    rewrite(tree / "csaf" / "feed-tlp-white.json", '"published": "2', '"published": "3')
    rewrite(tree / "en" / "feed.xml", "<published>2", "<published>3")
    rewrite(tree / "ja" / "feed.xml", "</feed>", "")
    rewrite(tree / "ja" / "index.html", f"../ja/{document.stem}.html", "index.html")
    rewrite(document.with_name(f"{document.name}.sha256"), " ", "0 ")
    actions.check_site(SYSTEM)
    found = queries.site_check(SYSTEM)
    said = {(each.path, each.code) for each in found.noted if each.code != "changed"}
    assert said >= {
        ("csaf/index.txt", "not_listed"),
        ("csaf/index.txt", "listed"),
        ("csaf/changes.csv", "list_differs"),
        ("csaf/feed-tlp-white.json", "list_differs"),
        ("en/feed.xml", "list_differs"),
        ("ja/feed.xml", "unreadable"),
        ("ja/index.html", "not_listed"),
        (f"csaf/{path}.sha256", "wrong_sum"),
    }, said
    other = next(
        each for each in found.noted if each.path == "csaf/changes.csv" and each.parameters.get("said")
    )
    assert other.parameters["what"] == path
    assert other.parameters["said"] == f"3{other.parameters['approved'][1:]}"


def test_a_page_can_be_asked_for_by_program(published: Story, enter: Enter) -> None:
    browser = enter(published.member)
    answer = browser.post("/api/v1/site/check", "{}", content_type="application/json")
    assert json.loads(answer.content)["is_fine"]
    looked = json.loads(browser.get("/api/v1/site/check").content)
    assert (looked["advisories"], looked["support"]) == (1, [])


def test_nothing_out_is_said_so(story: Story) -> None:
    with pytest.raises(Problem) as refused:
        actions.check_site(SYSTEM)
    assert refused.value.definition is out.NOTHING_OUT
    handlers.check_site({})
    assert not SiteCheck.objects.exists()


def test_no_link_is_asked_where_the_installation_does_not_reach_outside(published: Story) -> None:
    with pytest.raises(Problem) as refused:
        actions.check_site(SYSTEM, links=True)
    assert refused.value.definition is downloads.SWITCHED_OFF
    with pytest.raises(Problem) as refused:
        actions.ask_links(published.member, published.advisory)
    assert refused.value.definition is downloads.SWITCHED_OFF
    (asked,) = queries.links_of(published.member, published.advisory)
    assert (asked.state, asked.link.release) == ("", "1.03")


def test_the_command_says_it_by_its_exit_code(published: Story, site: Path) -> None:
    def run() -> tuple[int, str]:
        done = CliRunner().invoke(app, ["check", "--json"])
        return done.exit_code, done.output

    code, said = run()
    assert (code, json.loads(said)["is_fine"]) == (0, True)
    rewrite(next((public(site) / "en").glob("*.html")), "</html>", "</html> ")
    code, said = run()
    assert (code, [each["code"] for each in json.loads(said)["findings"]]) == (1, ["changed"])
