"""docs/guide/replay-verbs.md: every verb of a replay with its arguments, read off the code.

`python -m scripts.verbs` writes the page, `python -m scripts.verbs check` says whether it is still true.
"""

import inspect
import os
import re
import sys
import tempfile
import tomllib
from collections.abc import Mapping
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from okiagari.replay.verbs import Verb

ROOT = Path(__file__).parents[1]
PAGE = ROOT / "docs" / "guide" / "replay-verbs.md"
MEANINGS = Path(__file__).with_suffix(".toml")
HEAD = """# Verbs of a replay

What an event may `do`, with its arguments; **bold** ones are needed. This page is written from the code by
`python -m scripts.verbs`; [replays.md](replays.md) explains the file around it. Texts are `{ja: …, en: …}` or
a plain string, instants are written as in `at`. A result that was named with `as: name` is used as `$name`.
"""
TAIL = """
## What is said of a cell

`change` of `triage.decide` holds what is said:

| field | for | what it means |
|---|---|---|
"""
CELL = (
    ("state", "all", "one of {cell_states}; `undecided` takes decisions back"),
    ("range", "affected, fixed", "`{form, low, high}`; form is one of {forms}, ends are texts of releases"),
    ("condition", "affected, fixed", "a text: only while …"),
    ("justification", "not_affected", "one of {justifications}"),
    ("note", "all", "a text for the public"),
    ("fixed_in", "fixed", "`[key of the line, text of the release]`"),
    ("verification", "fixed", "`{who, on, how}`: who verified it, on what, how"),
    ("planned", "affected", "a date as far as it is known"),
    ("planned_confidence", "affected", "one of {confidence}"),
    ("planned_wording", "affected", "a text: what the public is told of the plan"),
    ("cannot_fix", "affected", "a text: why a fix is impossible; left out means “not yet”"),
)


def constants(named: Mapping[str, str]) -> dict[str, str]:
    """The words the code allows, as the page says them."""
    return {name: ", ".join(f"`{each}`" for each in _values(path)) for name, path in named.items()}


def _values(path: str) -> list[str]:
    module, _, attribute = path.removesuffix("()").rpartition(".")
    value: Any = getattr(import_module(module), attribute)
    return [str(each) for each in (value() if path.endswith("()") else value) if str(each)]


def purpose(verb: "Verb") -> str:
    """The docstring without what only programmers need."""
    text = " ".join((inspect.getdoc(verb.function) or "").split())
    return re.sub(r"\s*Raises? [^.]*\.(?=\s|$)", "", text)


def page() -> str:
    """The whole page. Raises KeyError for a verb whose argument nobody explained."""
    from okiagari.replay.verbs import verbs

    data = tomllib.loads(MEANINGS.read_text(encoding="utf-8"))
    known = constants(data["constants"])
    lines = [HEAD]
    room = ""
    for verb in verbs().values():
        if verb.name.partition(".")[0] != room:
            room = verb.name.partition(".")[0]
            lines.append(f"\n## {room}\n")
        lines.append(f"### `{verb.name}`\n\n{purpose(verb)}\n")
        meanings = {**data["arguments"], **data["verbs"].get(verb.name, {})}
        for name in sorted(verb.types, key=lambda each, verb=verb: each not in verb.required):  # type: ignore[misc]
            shown = f"**{name}**" if name in verb.required else name
            lines.append(f"- {shown}: {_filled(meanings[name], known)}")
        lines.append("")
    rows = (f"| {name} | {states} | {_filled(text, known)} |" for name, states, text in CELL)
    return "\n".join(lines).rstrip() + "\n" + TAIL + "\n".join(rows) + "\n"


def _filled(text: str, known: Mapping[str, str]) -> str:
    return re.sub(r"\{([a-z_]+)\}", lambda found: known.get(found[1], found[0]), text)


def main(arguments: list[str]) -> int:
    with tempfile.TemporaryDirectory(prefix="okiagari-verbs-") as folder:
        os.environ.setdefault("OKIAGARI_DATA", folder)
        os.environ.setdefault("DJANGO_SETTINGS_MODULE", "okiagari.config.settings")
        import django

        django.setup()
        made = page()
    if arguments == ["check"]:
        return 0 if PAGE.read_text(encoding="utf-8") == made else 1
    PAGE.write_text(made, encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
