"""What advisories and the public pages draw from the catalogue, and what of it never leaks."""

from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from django.conf import LazySettings

from okiagari.cases import actions as cases
from okiagari.catalog import actions as catalog
from okiagari.disclose import actions as disclose
from okiagari.disclose import gather, keeping, queries
from okiagari.disclose.consistency import out
from okiagari.disclose.gather import listed
from okiagari.disclose.models import Advisory
from okiagari.disclose.rules.content import Content, steps_of
from tests.catalog.test_looks import STEP
from tests.disclose.story import Story

TODAY = date(2015, 8, 18)
FIRMWARE = r"cpe:2.3:o:maker:wn-g54\/r2_firmware:*:*:*:*:*:*:*:*"
HARDWARE = r"cpe:2.3:h:maker:wn-g54\/r2:-:*:*:*:*:*:*:*"


def drawn(story: Story) -> Content:
    return gather.draw(Advisory.objects.get(public_id=story.advisory)).content


def test_an_advisory_carries_what_the_catalogue_knows(story: Story) -> None:
    member = story.member
    line = {"key": "wn-g54-r2", "cpe": FIRMWARE, "purl": "pkg:generic/maker/fw", "steps": [STEP]}
    catalog.put_line(member, line)
    for text in ("1.00", "1.03"):
        catalog.put_release(
            member, "wn-g54-r2", {"text": text, "public_note": {"ja": f"{text}限定", "en": text}}
        )
    catalog.put_revision(member, "WN-G54/R2", serial_numbers=["XY12*"], cpe=HARDWARE)
    said = drawn(story)
    product = next(each for each in said.products if each.model == "WN-G54/R2")
    assert (product.cpe, product.firmware_cpe, product.firmware_purl, product.serial_numbers) == (
        HARDWARE,
        FIRMWARE,
        "pkg:generic/maker/fw",
        ["XY12*"],
    )
    (step,) = steps_of(said.lookups, product)
    assert (step.kind, step.width, step.alt["en"]) == ("png", 40, "The label")
    assert [each.release for each in said.version_notes] == ["1.03"], "of versions that are spoken of"


def test_a_flaw_that_others_told_of_first_says_since_when(story: Story) -> None:
    at = datetime(2015, 8, 1, tzinfo=UTC)
    cases.note_fact(story.member, story.flaw, kind="public_elsewhere", at=at, evidence="論文")
    assert drawn(story).vulnerabilities[0].public_at == "2015-08-01T09:00:00+09:00"


def test_a_successor_that_nobody_may_know_of_is_named_by_no_advisory(story: Story) -> None:
    """What ends its life names what follows it; but not what is not on sale yet."""
    assert drawn(story).followed_by == {"NP-BBRS": "ETX2-RA"}
    catalog.import_catalogue(story.member, {"products": [{"model": "SECRET-9"}]})
    entry = {"model": "NP-BBRS", "names": {"ja": "有線ルーター"}, "successor": "SECRET-9"}
    catalog.put_product(story.member, entry)
    assert drawn(story).followed_by == {}
    catalog.set_listing(story.member, "SECRET-9", listing="listed", reason="発表した")
    assert drawn(story).followed_by == {"NP-BBRS": "SECRET-9"}


def test_the_public_pages_hold_only_what_may_be_known(story: Story) -> None:
    member = story.member
    sold = {"general_availability": "2008", "end_of_sales": {"date": "2012", "assumed": True}}
    products = [
        {"model": "OLD-1", "support": sold, "successor": "NEW-2", "steps": [STEP]},
        {"model": "NEW-2", "support": {"general_availability": "2016-04"}},
        {"model": "CLOUD", "kind": "system", "listing": "listed"},
    ]
    catalog.import_catalogue(member, {"products": products})
    known = listed.catalogue(TODAY)
    assert [each.model for each in known.products] == ["OLD-1"]
    assert known.products[0].support == {"general_availability": "2008"}, "a date nobody decided stays inside"
    assert known.followed_by == {}
    assert listed.catalogue(date(2016, 4, 30)).followed_by == {"OLD-1": "NEW-2"}
    assert [each.model for each in known.lookups] == ["OLD-1"]


@pytest.mark.django_db(transaction=True)
def test_the_tree_keeps_up_with_the_catalogue_between_publications(story: Story, site: Path) -> None:
    assert not keeping.keep_up(), "before the first publication there is nothing to keep up"
    story.approved()
    disclose.publish(story.member, story.advisory)
    assert not keeping.keep_up()
    catalog.import_catalogue(story.member, {"products": [{"model": "OLD-1", "listing": "listed"}]})
    assert keeping.keep_up()
    assert (site / "current" / "ja" / "models" / "old-1.html").is_file()
    assert not keeping.keep_up()


@pytest.mark.django_db(transaction=True)
@pytest.mark.once
def test_a_site_that_moves_says_its_new_address_before_anybody_publishes_again(
    story: Story, site: Path, settings: LazySettings
) -> None:
    story.approved()
    disclose.publish(story.member, story.advisory)
    settings.ENVIRONMENT = replace(settings.ENVIRONMENT, site_url="https://security.maker.example")
    assert not out.is_due(), "every address would be told as a difference"
    disclose.check_site(story.member)
    assert [each.code for each in queries.site_check(story.member).noted] == ["moved"]
    assert keeping.keep_up()
    assert out.is_due()
    page = (site / "current" / "csaf" / "provider-metadata.json").read_text()
    assert '"https://security.maker.example/csaf/provider-metadata.json"' in page
    (document,) = (site / "current" / "csaf").glob("2*/*-en.json")
    assert "https://security.maker.example/en/" in document.read_text()
    assert not keeping.keep_up()
