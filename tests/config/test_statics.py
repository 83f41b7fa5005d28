"""One style sheet for a page, whole and in its layers; an address that changes with the file."""

import re
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from okiagari.config import statics
from okiagari.config.statics import BUNDLE, BundledStorage

SOURCES = Path(settings.STATICFILES_DIRS[0]) / "okiagari"


def test_everything_that_is_imported_is_in_the_bundle_in_its_layer() -> None:
    text = (SOURCES / "app.css").read_text()
    made = statics.bundled(text, lambda name: (SOURCES / name).read_text())
    assert "@import" not in made
    for name, layer in re.findall(r'@import url\("([^"]+)"\) layer\((\w+)\);', text):
        assert f"@layer {layer} {{\n{(SOURCES / name).read_text()}\n}}" in made
    order = ["tokens", "base", "components", "layouts", "pages", "print"]
    assert re.search(r"@layer ([^;{]+);", made).group(1).split(", ") == order  # type: ignore[union-attr]


@pytest.fixture
def collected(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> BundledStorage:
    monkeypatch.setattr(settings, "STATIC_ROOT", tmp_path)
    storage = BundledStorage(location=tmp_path)
    monkeypatch.setattr("django.contrib.staticfiles.storage.staticfiles_storage._wrapped", storage)
    for _ in range(2):  # the second time the bundle lies there already
        call_command("collectstatic", interactive=False, verbosity=0)
    return storage


def test_collecting_writes_the_bundle_and_twice_does_no_harm(collected: BundledStorage) -> None:
    with collected.open(BUNDLE) as file:
        text = file.read().decode()
    assert "@import" not in text
    assert text.count(":root {") >= 1


def test_an_address_changes_with_the_file(collected: BundledStorage) -> None:
    before = collected.url(BUNDLE)
    assert re.fullmatch(r"/static/okiagari/app\.css\?v=[0-9a-f]{10}", before)
    assert collected.url(BUNDLE) == before
    path = Path(collected.path(BUNDLE))
    path.write_text(path.read_text() + "\n/* another */\n")
    assert collected.url(BUNDLE) != before
    assert collected.url("okiagari/none.css") == "/static/okiagari/none.css"
