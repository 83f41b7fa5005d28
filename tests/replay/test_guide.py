"""What the guide on replays shows works as it stands there."""

import re
from pathlib import Path

import pytest

from okiagari.desk.subjects import Role
from okiagari.problems import Problem
from okiagari.replay import player, reading, verbs
from okiagari.replay.outcome import outcome
from tests.support.stories import a_world

GUIDE = Path(__file__).parents[2] / "docs" / "guide" / "replays.md"


def the_example() -> str:
    blocks = re.findall(r"```yaml\n(.*?)```", GUIDE.read_text(encoding="utf-8"), re.DOTALL)
    (whole,) = [block for block in blocks if block.startswith("replay: 1")]
    return str(whole)


@pytest.mark.django_db
def test_the_case_of_the_guide_is_played_from_the_report_to_the_page(tmp_path: Path) -> None:
    file = tmp_path / "lamp.yaml"
    file.write_text(the_example(), encoding="utf-8")
    with a_world(tmp_path / "world"):
        (case,) = outcome(player.play(reading.read(file)))["cases"]
    assert case["step"] == "lessons", "no unit of it is counted, so there is no reach to watch"
    (publication,) = case["publications"]
    assert publication["revisions"][0]["published_at"].startswith("2026-02-12")


def test_every_verb_the_guide_names_exists() -> None:
    text = GUIDE.read_text(encoding="utf-8")
    for room, name in re.findall(
        r"`(intake|cases|triage|remedy|disclose|reach|learn|flow|catalog)\.(\w+)`", text
    ):
        assert f"{room}.{name}" in verbs.verbs()


def test_every_role_stands_in_the_table_of_who_may_do_what() -> None:
    table = GUIDE.read_text(encoding="utf-8").partition("### Who may do what")[2].partition("### Judging")[0]
    assert all(role.value in table for role in Role)


def test_a_text_that_a_comma_took_apart_is_refused_with_its_line(tmp_path: Path) -> None:
    file = tmp_path / "lamp.yaml"
    file.write_text(
        the_example().replace('"Received, and being looked into."', "Received, and being looked into.")
    )
    with pytest.raises(Problem) as refused:
        reading.read(file)
    told = refused.value.parameters
    wanted = next(
        number for number, line in enumerate(the_example().splitlines(), 1) if "Received, and" in line
    )
    assert told["line"] == wanted
    assert "and being looked into" in str(told["field"])
    assert "quotation marks" in str(told["allowed"])


def test_a_wrong_argument_is_told_in_words_and_not_in_types(tmp_path: Path) -> None:
    file = tmp_path / "lamp.yaml"
    file.write_text(the_example().replace("targets: [SAMPLE-LAMP]\n", "targets: SAMPLE-LAMP\n", 1))
    with pytest.raises(Problem) as refused:
        player.check(reading.read(file))
    told = refused.value.parameters
    assert told["why"] == "this must be a list, not a text"
    assert told["allowed"] == "a list of a text"
