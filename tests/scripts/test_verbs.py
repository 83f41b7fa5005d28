"""The page of the guide that lists the verbs of replays says exactly what the code does."""

import tomllib

from okiagari.replay.verbs import verbs
from scripts import verbs as script


def test_every_argument_of_every_verb_is_explained() -> None:
    data = tomllib.loads(script.MEANINGS.read_text())
    silent = {
        f"{verb.name} {name}"
        for verb in verbs().values()
        for name in verb.types
        if name not in data["arguments"] and name not in data["verbs"].get(verb.name, {})
    }
    assert silent == set(), "say in scripts/verbs.toml what these mean"


def test_no_meaning_is_kept_of_what_is_gone() -> None:
    data = tomllib.loads(script.MEANINGS.read_text())
    used = {name for verb in verbs().values() for name in verb.types}
    assert set(data["arguments"]) - used == set()
    for name, own in data["verbs"].items():
        assert set(own) - set(verbs()[name].types) == set(), name


def test_the_page_is_what_the_code_says_now() -> None:
    assert script.PAGE.read_text(encoding="utf-8") == script.page(), "write it anew: python -m scripts.verbs"


def test_every_verb_says_what_it_does() -> None:
    assert [verb.name for verb in verbs().values() if not script.purpose(verb)] == []
