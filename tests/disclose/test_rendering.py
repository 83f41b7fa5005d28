"""Many parts are made by workers: the same bytes, the same problems, whatever becomes of a worker."""

from collections.abc import Mapping
from queue import SimpleQueue

import pytest

from okiagari.disclose import problems
from okiagari.disclose.site import planning, rendering
from okiagari.disclose.site.parts import Part
from okiagari.problems import Problem
from tests.disclose.making import SITE, content, entry

pytestmark = pytest.mark.once
ENTRIES = [entry(content(tracking_id=f"SA-{number}")) for number in range(1, 3)]


@pytest.fixture
def many(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "MANY", 1)
    monkeypatch.setattr("os.sched_getaffinity", lambda _: {0, 1})


def wrong() -> Mapping[str, bytes]:
    return {"ja/a.html": b"<script>1</script>"}


def test_workers_make_the_same_bytes_as_one_process(many: None, monkeypatch: pytest.MonkeyPatch) -> None:
    answers: list[rendering.Rendered | None] = []
    ask = rendering._ask

    def noted(part: Part, idle: "SimpleQueue[rendering.Worker]") -> rendering.Rendered | None:
        answers.append(ask(part, idle))
        return answers[-1]

    monkeypatch.setattr(rendering, "_ask", noted)
    by_workers = planning.plan(ENTRIES, SITE)
    assert len(answers) > len(ENTRIES)
    assert None not in answers
    monkeypatch.setattr(rendering, "MANY", 1000)
    alone = planning.plan(ENTRIES, SITE)
    made = {path for path, file in alone.manifest.files.items() if file.key}
    assert {path: by_workers.contents[path] for path in made} == {path: alone.contents[path] for path in made}


def test_what_a_worker_could_not_make_is_told_where_it_was_asked_for(many: None) -> None:
    with pytest.raises(Problem) as refusal:
        list(rendering.made([Part("key", wrong)]))
    assert refusal.value.definition is problems.BROKEN_TREE


def test_a_worker_that_dies_costs_time_and_nothing_else(many: None, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rendering, "_PROGRAM", "raise SystemExit(3)")
    made = [each.files for _, each in rendering.made([Part("key", _two), Part("other", _two)])]
    assert made == [_two(), _two()]


def _two() -> Mapping[str, bytes]:
    return {"a.txt": b"1", "b.txt": b"2"}
