"""Steps and pictures by the forms: what was sent is not asked for again, and pictures are for readers."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from okiagari.catalog import actions, queries
from tests.factories import House
from tests.plumbing.test_pictures import picture
from tests.web.cases.conftest import Enter
from tests.web.catalog.test_deeds import form

NEW = "/lines/hdl-t/steps/"
WORDS = {"text_ja": "裏返します。", "text_en": "Turn it over."}
ALT = {"alt_ja": "シール", "alt_en": "The label"}


def sent(kind: str = "JPEG") -> SimpleUploadedFile:
    return SimpleUploadedFile("label.jpg", picture(kind), "image/jpeg")


def steps(house: House) -> tuple[queries.StepView, ...]:
    return queries.line(house.member, "hdl-t").steps


def test_a_picture_without_words_comes_back_kept(catalogue: House, enter: Enter) -> None:
    browser = enter(catalogue.member)
    refused = browser.post(NEW, {**form(browser, NEW), **WORDS, "picture": sent()})
    assert refused.status_code == 422
    kept = refused.context["form"].shown
    assert f'src="/products/pictures/{kept}"' in refused.text
    assert "not written in both languages" in refused.text
    saved = browser.post(NEW, {**form(browser, NEW), **WORDS, **ALT, "kept": kept})
    assert saved.status_code == 302
    (step,) = steps(catalogue)
    assert step.picture is not None
    assert (step.picture.sha256, step.picture.kind) == (kept, "jpeg")


def test_a_step_is_changed_moved_and_taken_away(catalogue: House, enter: Enter) -> None:
    actions.put_steps(catalogue.member, [{"text": "一"}, {"text": "二"}, {"text": "三"}], line="hdl-t")
    browser = enter(catalogue.developer)
    edit = f"{NEW}?step=3"
    browser.post(edit, {**form(browser, edit), "text_en": "Three", "place": "1"})
    assert [str(step.text) for step in steps(catalogue)] == ["三", "一", "二"]
    assert steps(catalogue)[0].text.exact("en") == "Three"
    drop = f"{NEW}drop/?step=2"
    browser.post(drop, form(browser, drop))
    assert [str(step.text) for step in steps(catalogue)] == ["三", "二"]
    for gone in (f"{NEW}?step=9", f"{NEW}?step=x", f"{NEW}drop/"):
        assert browser.get(gone).status_code == 404


def test_a_picture_can_be_taken_away_and_the_words_stay(catalogue: House, enter: Enter) -> None:
    browser = enter(catalogue.member)
    browser.post(NEW, {**form(browser, NEW), **WORDS, **ALT, "picture": sent()})
    edit = f"{NEW}?step=1"
    browser.post(edit, {**form(browser, edit), "without": "on"})
    (step,) = steps(catalogue)
    assert (step.picture, str(step.alt), str(step.text)) == (None, "", "裏返します。")


def test_somebody_elses_change_in_between_is_not_lost(catalogue: House, enter: Enter) -> None:
    browser = enter(catalogue.member)
    typed = {**form(browser, NEW), **WORDS}
    actions.put_steps(catalogue.developer, [{"text": "先に"}], line="hdl-t")
    assert browser.post(NEW, typed).status_code == 412
    assert [str(step.text) for step in steps(catalogue)] == ["先に"]


@pytest.mark.parametrize("kept", ["0" * 64, "nonsense", "../../secrets"])
def test_a_form_that_names_what_is_no_picture_is_refused(catalogue: House, enter: Enter, kept: str) -> None:
    browser = enter(catalogue.member)
    response = browser.post(NEW, {**form(browser, NEW), **WORDS, **ALT, "kept": kept})
    if len(kept) == 64:
        assert response.status_code == 404
        assert not steps(catalogue)
    else:
        assert steps(catalogue)[0].picture is None


def test_pictures_are_for_who_reads_the_catalogue(catalogue: House, enter: Enter) -> None:
    known = actions.keep_picture(catalogue.member, picture())
    path = f"/products/pictures/{known.sha256}.png"
    response = enter(catalogue.support).get(path)
    assert (response.status_code, response["Content-Type"]) == (200, "image/png")
    assert "sandbox" in response["Content-Security-Policy"]
    assert response["X-Content-Type-Options"] == "nosniff"
    assert enter(catalogue.partner).get(path).status_code == 403
    assert enter(catalogue.partner).get(f"/products/pictures/{'0' * 64}.png").status_code == 403
    assert enter(catalogue.support).get(f"/products/pictures/{'0' * 64}.png").status_code == 404


def test_listing_and_numbers_are_set_and_shown(catalogue: House, enter: Enter) -> None:
    browser = enter(catalogue.member)
    path = "/products/hdl-tc1/listing/"
    browser.post(path, {**form(browser, path), "listing": "listed", "reason": "On sale"})
    path = "/products/hdl-t2wh/revision/?revision=A1"
    browser.post(path, {**form(browser, path), "serial_numbers": "XY12*\r\nZ?9", "model_numbers": ""})
    assert queries.product(catalogue.member, "HDL-TC1").listing == "listed"
    page = browser.get("/products/hdl-t2wh/").text
    assert "XY12*" in page
    assert browser.get("/products/hdl-t2wh/revision/?revision=Z").status_code == 404


def test_the_catalogue_is_taken_as_a_file_that_comes_in_again(catalogue: House, enter: Enter) -> None:
    browser = enter(catalogue.member)
    browser.post(NEW, {**form(browser, NEW), **WORDS, **ALT, "picture": sent()})
    response = browser.get("/products/export/")
    assert 'filename="catalogue.json"' in response["Content-Disposition"]
    file = SimpleUploadedFile("catalogue.json", response.content)
    assert browser.post("/products/import/", {"file": file}).status_code == 302
    assert len(steps(catalogue)) == 1
    assert enter(catalogue.partner).get("/products/export/").status_code == 403
