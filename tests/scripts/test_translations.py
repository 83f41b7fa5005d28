"""Fragments of PO become one MO file, and whatever does not fit is named with its fragment."""

import gettext
import os
from pathlib import Path

import polib
import pytest

from scripts import translations
from tests.support import machine


def fragment(folder: Path, name: str, *entries: tuple[str, str], head: str = "") -> Path:
    path = folder / f"{name}.po"
    written = "".join(f'{head}msgid "{text}"\nmsgstr "{said}"\n\n' for text, said in entries)
    path.write_text(written, encoding="utf-8")
    return path


def texts(*ids: str) -> dict[translations.Key, polib.POEntry]:
    return {(None, text): polib.POEntry(msgid=text, occurrences=[("desk/verbs.py", "1")]) for text in ids}


def test_fragments_become_one_file_that_gettext_reads(tmp_path: Path) -> None:
    one = fragment(tmp_path, "intake", ("Report", "報告"))
    two = fragment(tmp_path, "web-intake", ("Receive", "受け付ける"), ("Report", "報告"))
    target = tmp_path / "LC_MESSAGES" / "django.mo"
    translations.write(translations.merge([one, two]), target)
    with target.open("rb") as file:
        read = gettext.GNUTranslations(file)
    assert (read.gettext("Report"), read.gettext("Receive")) == ("報告", "受け付ける")
    assert read.info()["language"] == "ja"


def test_an_untranslated_or_fuzzy_text_stays_english(tmp_path: Path) -> None:
    empty = fragment(tmp_path, "a", ("Report", ""))
    fuzzy = fragment(tmp_path, "b", ("Receive", "受信"), head="#, fuzzy\n")
    target = tmp_path / "django.mo"
    translations.write(translations.merge([empty, fuzzy]), target)
    with target.open("rb") as file:
        read = gettext.GNUTranslations(file)
    assert (read.gettext("Report"), read.gettext("Receive")) == ("Report", "Receive")


def test_two_translations_of_one_text_are_named(tmp_path: Path) -> None:
    paths = [fragment(tmp_path, "a", ("Product", "製品")), fragment(tmp_path, "b", ("Product", "商品"))]
    (fault,) = translations.merge(paths).faults
    assert "a.po" in fault
    assert "b.po" in fault


@pytest.mark.parametrize(
    ("said", "head", "word"),
    [
        ("", "", "empty"),
        ("%(name)s を受け付けました", "#, fuzzy\\n", "fuzzy"),
        ("受け付けました", "", "['%(name)s'] in the text, [] in its translation"),
        ("%(name)d を受け付けました", "", "['%(name)d'] in its translation"),
    ],
)
def test_a_translation_that_does_not_fit_is_named(tmp_path: Path, said: str, head: str, word: str) -> None:
    path = fragment(tmp_path, "intake", ("Received %(name)s", said), head=head.replace("\\n", "\n"))
    (fault,) = translations.faults(translations.merge([path]), texts("Received %(name)s"))
    assert fault.startswith("intake.po: ")
    assert word in fault


def test_missing_and_left_over_texts_are_named(tmp_path: Path) -> None:
    path = fragment(tmp_path, "intake", ("Old", "旧"))
    found = translations.faults(translations.merge([path]), texts("New"))
    assert found == ["desk/verbs.py:1: no translation: 'New'", "intake.po: nobody says this any more: 'Old'"]


def test_a_fitting_translation_has_no_faults(tmp_path: Path) -> None:
    path = fragment(tmp_path, "intake", ("100%% of %(name)s in {unit}", "%(name)s の 100%%（{unit}）"))
    assert not translations.faults(translations.merge([path]), texts("100%% of %(name)s in {unit}"))


@pytest.mark.skipif(machine.xgettext() is None, reason="no xgettext here: install the package gettext")
def test_texts_are_found_in_code_templates_and_problems(tmp_path: Path) -> None:
    house = tmp_path / "okiagari"
    pages = house / "web" / "intake" / "templates"
    pages.mkdir(parents=True)
    (house / "problems.py").write_text("A = gettext_noop('There is no %(text)s.' ' Look again.')\n")
    (pages / "page.html").write_text(
        "{% translate 'Report' %}{% blocktranslate trimmed %}\n Two\n {{ x }}{% endblocktranslate %}"
    )
    (pages / "mail.txt").write_text("{% translate 'Dear reporter' %}")
    found = translations.extract(house)
    assert set(found) == {
        (None, text) for text in ("There is no %(text)s. Look again.", "Report", "Two %(x)s", "Dear reporter")
    }
    assert 'msgid "Report"' in translations.missing(translations.Merged(), found, ["web-intake"])
    assert "There is no" not in translations.missing(translations.Merged(), found, ["web-intake"])


def test_a_newer_fragment_makes_the_compiled_file_stale(tmp_path: Path) -> None:
    folder = tmp_path / "locale" / "ja"
    folder.mkdir(parents=True)
    path = fragment(folder, "intake", ("Report", "報告"))
    target = translations.compiled(tmp_path)
    assert translations.is_stale(tmp_path)
    translations.write(translations.merge([path]), target)
    for written, instant in ((path, 1000), (folder, 1000), (target, 2000)):
        os.utime(written, (instant, instant))
    assert not translations.is_stale(tmp_path)
    os.utime(path, (3000, 3000))
    assert translations.is_stale(tmp_path)
