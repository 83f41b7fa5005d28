"""The guide, the style sheets and the templates speak of the same classes."""

import re
from pathlib import Path

import okiagari

WEB = Path(okiagari.__file__).parent / "web"
STATIC = WEB / "static" / "okiagari"
GUIDE = Path(__file__).parents[3] / "docs" / "guide" / "design-system.md"
CLASS = re.compile(r"\bo-[a-z][a-z-]*[a-z]\b")


def _styled() -> set[str]:
    sheets = (path.read_text() for path in STATIC.rglob("*.css") if path.name != "public.css")
    return {name for sheet in sheets for name in re.findall(r"\.(o-[a-z-]+)", sheet)}


def _tokens() -> set[str]:
    return set(re.findall(r"--(o-[\w-]+):", "".join(path.read_text() for path in STATIC.rglob("*.css"))))


def test_the_guide_names_no_class_that_is_not_styled() -> None:
    named = set(CLASS.findall(re.sub(r"--o-[\w-]+", "", GUIDE.read_text())))
    assert named - _styled() == set()


def test_every_styled_class_stands_in_the_guide_or_in_a_part_of_the_frame() -> None:
    parts = "".join(
        path.read_text() for path in (WEB / "frame").rglob("*") if path.suffix in {".html", ".py"}
    )
    known = set(CLASS.findall(GUIDE.read_text() + parts))
    assert _styled() - known == set()


def test_every_variable_in_use_is_defined() -> None:
    used = {
        name
        for path in [*STATIC.rglob("*.css"), *(WEB / "frame").rglob("*.toml")]
        if path.name != "public.css"
        for name in re.findall(r"var\(--(o-[\w-]+)", path.read_text())
    }
    assert used - _tokens() == set()


def test_templates_of_the_frame_carry_no_style_and_no_script_of_their_own() -> None:
    for path in (WEB / "frame").rglob("*.html"):
        text = path.read_text()
        assert " style=" not in text, path.name
        assert "<script>" not in text, path.name
        assert not re.search(r"\son\w+=", text), path.name


def test_every_sheet_is_imported() -> None:
    app = (STATIC / "app.css").read_text()
    imported = set(re.findall(r'url\("([^"]+)"\)', app))
    there = {str(path.relative_to(STATIC)) for path in STATIC.rglob("*.css")} - {"app.css", "public.css"}
    assert imported == there
