"""The first attack that is known, as an advisory tells it: when, and since when it is known; no more."""

from datetime import UTC, datetime
from typing import Any

from okiagari.cases.values import FactView, VulnerabilityView
from okiagari.disclose.gather import flaws
from okiagari.standards.localtext import LocalText

NOTED = datetime(2015, 8, 5, tzinfo=UTC)


def _fact(kind: str, day: int, **more: Any) -> FactView:
    given = {"evidence": "証拠", "source": "", "noted_at": NOTED, "noted_by": None, "is_withdrawn": False}
    return FactView(f"FCT-{day}", kind, datetime(2015, 8, day, 15, tzinfo=UTC), **{**given, **more})


def _told(*facts: FactView) -> tuple[str, str, str]:
    words = dict.fromkeys(("title", "description", "impact"), LocalText())
    view = VulnerabilityView(
        id="VUL-1", **words, cve="", jvn="", jvndb="", cwe="", is_withdrawn=False, facts=facts
    )
    made = flaws._vulnerability(view, [])
    return made.exploit, made.attacked_at, made.attack_known_at


def test_the_earliest_attack_counts_by_the_makers_clock() -> None:
    aware = datetime(2015, 8, 4, 1, tzinfo=UTC)
    later, first = _fact("affects_us", 4), _fact("exploited_somewhere", 2, aware_at=aware)
    assert _told(later, first) == ("attacked", "2015-08-03T00:00:00+09:00", "2015-08-04T10:00:00+09:00")
    assert _told(later) == ("attacked", "2015-08-05T00:00:00+09:00", "2015-08-05T09:00:00+09:00")


def test_what_was_taken_back_or_proved_unreliable_is_no_attack() -> None:
    kinds = {"is_withdrawn": True}, {"verdict": "unreliable"}
    for more in kinds:
        assert _told(_fact("our_product_attacked", 1, **more))[1:] == ("", "")
    assert _told(_fact("exploit_public", 1)) == ("public", "", "")
    assert _told() == ("", "", "")
