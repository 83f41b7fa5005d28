"""The Japanese of the screens: fragments of PO that people write, one MO file that Django reads.

    translations.py compile              merge src/okiagari/locale/ja/*.po into LC_MESSAGES/django.mo
    translations.py check                every text is translated, and nothing else is (needs xgettext)
    translations.py missing [fragment…]  what is not translated yet, as PO entries to fill in

A fragment belongs to a room (``intake.po``) or a stage of the screens (``web-intake.po``); which one
holds a text does not matter to the result. ``compile`` needs nothing but polib: no gettext binaries.
"""

import argparse
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

import polib

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "okiagari"
LANGUAGE = "ja"
METADATA = {
    "Content-Type": "text/plain; charset=UTF-8",
    "Content-Transfer-Encoding": "8bit",
    "Language": LANGUAGE,
    "Plural-Forms": "nplurals=1; plural=0;",
}
EXTENSIONS = ("html", "txt", "xml", "py")
# %(name)s and %s, with flags and width; %% is a percent sign. {name} of str.format.
PLACEHOLDER = re.compile(r"%(?:\(\w+\))?[-+ #0]*\d*(?:\.\d+)?[a-zA-Z]|\{\w*\}")

Key = tuple[str | None, str]


@dataclass
class Merged:
    """All fragments as one: the entries, where each came from, and the lines that are wrong."""

    entries: dict[Key, polib.POEntry] = field(default_factory=dict)
    sources: dict[Key, str] = field(default_factory=dict)
    faults: list[str] = field(default_factory=list)


def merge(fragments: Iterable[Path]) -> Merged:
    """Read the fragments. The same text may stand in several, with the same translation."""
    merged = Merged()
    for path in sorted(fragments):
        for entry in polib.pofile(str(path)):
            if entry.obsolete:
                merged.faults.append(f"{path.name}: obsolete, delete it: {entry.msgid!r}")
                continue
            key = (entry.msgctxt, entry.msgid)
            known = merged.entries.setdefault(key, entry)
            first = merged.sources.setdefault(key, path.name)
            if words(known) != words(entry):
                merged.faults.append(
                    f"{path.name} and {first} differ on {entry.msgid!r}: {words(entry)} {words(known)}"
                )
    return merged


def words(entry: polib.POEntry) -> list[str]:
    """What the entry says in Japanese; one text per plural form."""
    return list(entry.msgstr_plural.values()) if entry.msgid_plural else [entry.msgstr]


def write(merged: Merged, target: Path) -> None:
    """Write the MO file in one step. Untranslated and fuzzy entries are left out: English shows."""
    file = polib.POFile()
    file.metadata = dict(METADATA)
    file.extend(entry for entry in merged.entries.values() if all(words(entry)) and not entry.fuzzy)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = target.with_suffix(f".{os.getpid()}")
    file.save_as_mofile(str(fresh))
    fresh.replace(target)


def fragments_of(package: Path) -> list[Path]:
    return sorted((package / "locale" / LANGUAGE).glob("*.po"))


def compiled(package: Path) -> Path:
    return package / "locale" / LANGUAGE / "LC_MESSAGES" / "django.mo"


def is_stale(package: Path) -> bool:
    """True where a fragment is newer than the MO file, or there is none."""
    target = compiled(package)
    if not target.exists():
        return True
    folder = package / "locale" / LANGUAGE
    return max(path.stat().st_mtime for path in [folder, *fragments_of(package)]) > target.stat().st_mtime


def extract(package: Path) -> dict[Key, polib.POEntry]:
    """Every text marked for translation in code and templates, with where it stands."""
    with tempfile.TemporaryDirectory(prefix="okiagari-texts-") as folder:
        copy = Path(folder) / "okiagari"
        shutil.copytree(
            package, copy, ignore=shutil.ignore_patterns("locale", "static", "migrations", "__pycache__")
        )
        (copy / "locale").mkdir()
        command = [sys.executable, "-m", "django", "makemessages", "--locale=en", "--keep-pot", "--no-wrap"]
        environment = {name: value for name, value in os.environ.items() if name != "DJANGO_SETTINGS_MODULE"}
        subprocess.run(
            [*command, *(f"--extension={extension}" for extension in EXTENSIONS)],
            cwd=copy,
            env=environment,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        found = polib.pofile(str(copy / "locale" / "django.pot"))
    return {(entry.msgctxt, entry.msgid): entry for entry in found if not entry.obsolete}


def faults(merged: Merged, texts: Mapping[Key, polib.POEntry]) -> list[str]:
    """One line for everything that is wrong between the texts of the code and the fragments."""
    lines = list(merged.faults)
    for key, text in texts.items():
        if key not in merged.entries:
            lines.append(f"{_place(text)}: no translation: {text.msgid!r}")
    for key, entry in merged.entries.items():
        source = merged.sources[key]
        if key not in texts:
            lines.append(f"{source}: nobody says this any more: {entry.msgid!r}")
        elif entry.fuzzy or not all(words(entry)):
            lines.append(f"{source}: {'fuzzy' if entry.fuzzy else 'empty'}: {entry.msgid!r}")
        elif bool(entry.msgid_plural) != bool(texts[key].msgid_plural):
            lines.append(f"{source}: singular here and plural there: {entry.msgid!r}")
        else:
            lines += [f"{source}: {fault}" for fault in placeholder_faults(entry)]
    return sorted(lines)


def placeholder_faults(entry: polib.POEntry) -> list[str]:
    """A translation fills in what the text fills in: each placeholder, of the same kind."""
    wanted = _placeholders(entry.msgid_plural or entry.msgid)
    return [
        f"{sorted(wanted)} in the text, {sorted(_placeholders(said))} in its translation: {entry.msgid!r}"
        for said in words(entry)
        if _placeholders(said) != wanted
    ]


def _placeholders(text: str) -> set[str]:
    return set(PLACEHOLDER.findall(text.replace("%%", "")))


def _place(entry: polib.POEntry) -> str:
    return ":".join(entry.occurrences[0]) if entry.occurrences else "?"


def missing(merged: Merged, texts: Mapping[Key, polib.POEntry], fragments: Sequence[str]) -> str:
    """Entries to fill in, by file; only those of the rooms or stages named (``web-intake``)."""
    folders = tuple(name.removesuffix(".po").replace("-", "/") for name in fragments)
    wanted = [
        entry
        for key, entry in texts.items()
        if not (key in merged.entries and all(words(merged.entries[key]))) and _is_in(entry, folders)
    ]
    wanted.sort(key=lambda entry: (entry.occurrences[0][0], int(entry.occurrences[0][1] or 0)))
    parts = []
    for file, entries in groupby(wanted, key=lambda entry: entry.occurrences[0][0]):
        parts.append(f"# ---- {file}\n\n" + "\n".join(entry.__unicode__(wrapwidth=0) for entry in entries))
    return "\n".join(parts)


def _is_in(entry: polib.POEntry, folders: tuple[str, ...]) -> bool:
    files = [file for file, _ in entry.occurrences]
    return not folders or any(
        file.startswith((f"{folder}/", f"{folder}.")) for file in files for folder in folders
    )


def main(arguments: Sequence[str]) -> int:
    parser = argparse.ArgumentParser(prog="translations.py", description="The Japanese of the screens.")
    parser.add_argument("verb", choices=("compile", "check", "missing"))
    parser.add_argument("fragments", nargs="*")
    told = parser.parse_args(arguments)
    merged = merge(fragments_of(PACKAGE))
    if told.verb == "missing":
        print(missing(merged, extract(PACKAGE), told.fragments))
        return 0
    wrong = merged.faults if told.verb == "compile" else faults(merged, extract(PACKAGE))
    if told.verb == "compile" and not wrong:
        write(merged, compiled(PACKAGE))
    print(
        "\n".join(wrong) or f"translations: {len(merged.entries)} texts",
        file=sys.stderr if wrong else sys.stdout,
    )
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
