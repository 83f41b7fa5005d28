"""What the public is told of a product: steps with pictures, numbers on its label, whether it is named."""

import base64
from datetime import date
from typing import Any

import pytest

from okiagari.catalog import actions, exporting, public, queries
from okiagari.catalog.reading import with_pictures
from okiagari.catalog.rules import is_public
from okiagari.desk.permits import NOT_YOURS
from okiagari.plumbing import ledger
from okiagari.problems import Problem
from okiagari.standards.partialdate import PartialDate
from tests.factories import House
from tests.plumbing.test_pictures import picture

DATA = f"data:image/png;base64,{base64.b64encode(picture()).decode()}"
WORDS = {"ja": "裏返します。", "en": "Turn it over."}
ALT = {"ja": "底面のシール", "en": "The label"}
STEP: dict[str, Any] = {"text": WORDS, "picture": DATA, "alt": ALT}
HARDWARE, FIRMWARE = "cpe:2.3:h:maker:hdl:a1:*:*:*:*:*:*:*", "cpe:2.3:o:maker:hdl_firmware:*:*:*:*:*:*:*:*"
TODAY = date(2026, 11, 26)


def wrong(catalogue: dict[str, Any], house: House) -> set[str]:
    with pytest.raises(Problem) as raised:
        actions.import_catalogue(house.member, catalogue)
    parts = raised.value.parts or (raised.value,)
    return {f"{part.field} {part.code}" for part in parts}


def test_steps_are_put_whole_with_their_pictures(catalogue: House) -> None:
    actions.put_steps(catalogue.developer, [STEP, {"text": "読みます。"}], line="hdl-t", version=1)
    first, second = queries.line(catalogue.member, "hdl-t").steps
    assert (first.text.exact("en"), first.alt.exact("ja"), second.picture) == (
        "Turn it over.",
        "底面のシール",
        None,
    )
    assert first.picture is not None
    assert (first.picture.kind, first.picture.width) == ("png", 40)
    kept = {"text": WORDS, "picture": first.picture.sha256, "alt": ALT}
    actions.put_steps(catalogue.developer, [{"text": "別"}, kept], model="HDL-TC1")
    assert queries.product(catalogue.member, "HDL-TC1").steps[1].picture == first.picture
    assert public.picture(catalogue.support, first.picture.sha256).content[1:4] == b"PNG"
    assert [entry.verb for entry in ledger.entries([actions.STREAM])[:2]] == ["catalog.steps"] * 2


def test_a_line_that_is_changed_keeps_the_steps_it_does_not_name(catalogue: House) -> None:
    actions.put_line(catalogue.member, {"key": "hdl-t", "steps": [STEP], "cpe": FIRMWARE})
    actions.put_line(catalogue.member, {"key": "hdl-t", "name": "別名"})
    view = queries.line(catalogue.member, "hdl-t")
    assert (len(view.steps), view.cpe) == (1, FIRMWARE)
    actions.put_line(catalogue.member, {"key": "hdl-t", "steps": [], "cpe": ""})
    view = queries.line(catalogue.member, "hdl-t")
    assert (view.steps, view.cpe) == ((), "")


def test_the_bytes_of_no_other_file_can_be_had_as_a_picture(catalogue: House) -> None:
    from okiagari.plumbing import files

    secret = files.store((b"evidence of a case nobody may know",), limit=1000).sha256
    with pytest.raises(Problem, match=secret[:12]):
        actions.put_steps(catalogue.member, [{**STEP, "picture": secret}], line="hdl-t")
    with pytest.raises(Problem, match=secret[:12]):
        public.picture(catalogue.member, secret)


@pytest.mark.parametrize(
    ("step", "field"),
    [
        ({"text": ""}, "text catalog.needs_words"),
        ({**STEP, "alt": {"ja": "シール"}}, "alt catalog.needs_alt"),
        ({**STEP, "picture": "label.png"}, "picture catalog.wrong_picture"),
        ({**STEP, "picture": "data:image/svg+xml;base64,PHN2Zy8+"}, "picture catalog.wrong_picture"),
        ({**STEP, "picture": "data:image/png;base64,AAAA"}, " pictures.not_a_picture"),
    ],
)
def test_what_is_wrong_with_a_step_is_said_at_its_field(
    catalogue: House, step: dict[str, Any], field: str
) -> None:
    with pytest.raises(Problem) as raised:
        actions.put_steps(catalogue.member, [step], line="hdl-t")
    assert f"{raised.value.field or ''} {raised.value.code}" == field
    assert queries.line(catalogue.member, "hdl-t").version == 1


def test_identifiers_are_checked_at_their_place(catalogue: House) -> None:
    line = {"key": "x", "cpe": FIRMWARE.replace("*:", "1.0:", 1), "purl": "pkg:generic/x@1"}
    device = {"model": "X-1", "cpe": FIRMWARE, "purl": "generic/x", "listing": "maybe"}
    numbers = {"serial_numbers": ["A**", "A B"], "model_numbers": ["*"], "cpe": "cpe:/h:m:x"}
    found = wrong({"lines": [line], "products": [{**device, "targets": [numbers]}]}, catalogue)
    assert found == {
        "lines.x.cpe catalog.wrong_cpe_version",
        "lines.x.purl catalog.wrong_purl_version",
        "products.X-1.cpe catalog.wrong_cpe_part",
        "products.X-1.purl catalog.wrong_purl",
        "products.X-1.listing catalog.wrong_choice",
        "products.X-1.targets.cpe cpe.not_a_cpe",
        "products.X-1.targets.serial_numbers catalog.wrong_pattern",
        "products.X-1.targets.model_numbers catalog.wrong_pattern",
    }


def test_the_numbers_of_a_revision_are_put_whole(catalogue: House) -> None:
    def variant() -> queries.VariantView:
        return queries.product(catalogue.member, "HDL-T2WH").variants[0]

    actions.put_revision(
        catalogue.member,
        "HDL-T2WH",
        revision="A1",
        serial_numbers=["XY12*"],
        model_numbers=["H?"],
        cpe=HARDWARE,
    )
    assert (variant().serial_numbers, variant().model_numbers, variant().cpe) == (
        ("XY12*",),
        ("H?",),
        HARDWARE,
    )
    assert variant().serials == "", "whole: what is left out is cleared"
    actions.put_target(catalogue.member, "HDL-T2WH", revision="A1", line="hdl-t")
    assert variant().serial_numbers == ("XY12*",), "making sure that a target exists clears nothing"
    with pytest.raises(Problem, match="Z9"):
        actions.put_revision(catalogue.member, "HDL-T2WH", revision="Z9")


@pytest.mark.parametrize(
    ("listing", "on_sale", "expected"),
    [
        ("", "", False),
        ("", "2026-11-26", True),
        ("", "2026-11-27", False),
        ("", "2026-11", False),
        ("", "2026-10", True),
        ("", "2026", False),
        ("listed", "", True),
        ("listed", "2030", True),
        ("unlisted", "2001", False),
    ],
)
def test_a_product_is_public_once_its_sale_has_surely_begun(
    listing: str, on_sale: str, expected: bool
) -> None:
    day = PartialDate.parse(on_sale)
    assert is_public(listing, kind="device", on_sale=day, is_retired=False, today=TODAY) is expected


def test_systems_never_and_services_or_retired_ones_only_when_somebody_says_so() -> None:
    sold = {"on_sale": PartialDate.parse("2001"), "today": TODAY}
    assert not is_public("listed", kind="system", is_retired=False, **sold)
    assert not is_public("", kind="service", is_retired=False, **sold)
    assert is_public("listed", kind="service", is_retired=False, **sold)
    assert not is_public("", kind="device", is_retired=True, **sold)
    assert is_public("listed", kind="device", is_retired=True, **sold)


def test_listing_needs_a_reason_and_an_assumed_sale_has_not_begun(catalogue: House) -> None:
    member = catalogue.member

    def listed() -> list[str]:
        return [each.model for each in public.public_products(member, TODAY)]

    assert listed() == []
    actions.put_support_date(member, "HDL-TC1", kind="general_availability", date="2020", assumed=True)
    assert listed() == []
    actions.put_support_date(member, "HDL-TC1", kind="general_availability", date="2020")
    assert listed() == ["HDL-TC1"]
    actions.set_listing(member, "HDL-TC1", listing="unlisted", reason="OEM")
    actions.set_listing(member, "Disk Connect", listing="listed", reason="Free of charge")
    assert listed() == ["Disk Connect"]
    actions.put_product(member, {"model": "HDL-TC1"})
    assert listed() == ["Disk Connect"], (
        "a product put whole by a program that knows of no listing stays unlisted"
    )
    with pytest.raises(Problem):
        actions.set_listing(member, "HDL-TC1", listing="", reason=" ")


def test_only_builders_change_what_the_public_is_told(catalogue: House) -> None:
    support = catalogue.support
    for act in (
        lambda: actions.put_steps(support, [], line="hdl-t"),
        lambda: actions.put_steps(support, [STEP], line="nothing"),
        lambda: actions.keep_picture(support, picture()),
        lambda: actions.put_revision(support, "HDL-TC1"),
        lambda: actions.set_listing(support, "HDL-TC1", listing="listed", reason="?"),
    ):
        with pytest.raises(Problem) as raised:
            act()
        assert raised.value.definition is NOT_YOURS


def test_dates_of_support_know_since_when_they_are_so(catalogue: House) -> None:
    def since() -> Any:
        return queries.product(catalogue.member, "HDL-TC1").support_at

    before = since()
    entry = {"kind": "end_of_security_support", "assumed": True}
    actions.put_support_date(catalogue.member, "HDL-TC1", date="2030-03", **entry)
    assert since() == before, "saying the same again is no change"
    actions.put_support_date(catalogue.member, "HDL-TC1", date="2031-03", **entry)
    assert since() > before


def full(house: House) -> None:
    """A catalogue with one of everything."""
    actions.put_steps(house.member, [STEP, {"text": WORDS}], line="hdl-t")
    actions.put_steps(house.member, [STEP], model="HDL-TC1")
    actions.put_revision(
        house.member, "HDL-T2WH", revision="A1", serial_numbers=["XY*"], cpe=HARDWARE, serials="1000-"
    )
    actions.put_release(
        house.member, "hdl-t", {"text": "1.21", "public_note": {"ja": "限定"}, "notes": "社内"}
    )
    actions.put_line(house.member, {"key": "hdl-t", "cpe": FIRMWARE, "purl": "pkg:generic/maker/hdl"})
    actions.set_listing(house.member, "HDL-T2WH", listing="listed", reason="sold")
    actions.put_component(house.member, name="zlib", component_version="1.2", line="hdl-t", since="1.21")


def test_an_export_is_what_import_takes_and_brings_the_same_back(catalogue: House) -> None:
    full(catalogue)
    taken = exporting.catalogue(catalogue.member)
    actions.put_steps(catalogue.member, [], line="hdl-t")
    actions.put_revision(catalogue.member, "HDL-T2WH", revision="A1")
    actions.put_line(catalogue.member, {"key": "hdl-t", "cpe": "", "purl": ""})
    actions.put_product(catalogue.member, {"model": "HDL-TC1", "steps": []})
    assert exporting.catalogue(catalogue.member) != taken
    actions.import_catalogue(catalogue.member, taken)
    assert exporting.catalogue(catalogue.member) == taken
    assert taken["lines"][0]["steps"][0]["picture"].startswith("data:image/png;base64,")


def test_pictures_beside_a_file_are_taken_and_nothing_that_lies_elsewhere(tmp_path: Any) -> None:
    folder = tmp_path / "file"
    (folder / "pictures").mkdir(parents=True)
    (folder / "pictures" / "a.png").write_bytes(picture())
    (tmp_path / "secret.png").write_bytes(b"secret")

    def read(name: str) -> Any:
        return with_pictures({"lines": [{"key": "x", "steps": [{"text": "a", "picture": name}]}]}, folder)

    assert read("pictures/a.png")["lines"][0]["steps"][0]["picture"] == DATA
    assert read("0" * 64)["lines"][0]["steps"][0]["picture"] == "0" * 64
    for name in (
        "../secret.png",
        "pictures/../../secret.png",
        str(tmp_path / "secret.png"),
        "pictures/b.png",
    ):
        with pytest.raises(Problem):
            read(name)
