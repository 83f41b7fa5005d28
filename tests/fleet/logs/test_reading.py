"""Logs of update servers: what a line means, nothing counted twice, nothing dropped, no address kept."""

import gzip
import io
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from okiagari.desk.permits import NOT_YOURS
from okiagari.desk.subjects import Door, Role, Subject, SubjectKind
from okiagari.fleet import access
from okiagari.fleet.logs import actions, queries
from okiagari.fleet.logs.actions import LogRead
from okiagari.fleet.logs.files import Log
from okiagari.fleet.stores import Store
from okiagari.fleet.stores.base import BY_ADDRESS, Downloads, UnitFilter
from okiagari.plumbing import clock
from okiagari.plumbing.models import Payload
from okiagari.problems import Problem
from tests.fleet.logs.making import NOON, RULES, check, line, text
from tests.support.fleet import a_place

pytestmark = pytest.mark.django_db

MEMBER = Subject(SubjectKind.PERSON, "person:1", Door.WEB, roles=frozenset({Role.MEMBER}))
SUPPORT = Subject(SubjectKind.PERSON, "person:2", Door.WEB, roles=frozenset({Role.SUPPORT}))
IMAGE = "/fw/wng54-1.03.bin"


@pytest.fixture(autouse=True)
def fleet(store: Store) -> Iterator[Store]:
    with access.using(store), clock.at(NOON):
        actions.put_log_rules(MEMBER, RULES)
        yield store


def read(*lines: str, name: str = "access.log") -> LogRead:
    return actions.read_log(MEMBER, io.BytesIO(text(*lines)), name=name)


def downloads(store: Store) -> dict[str, int]:
    return {each.version: each.clients for each in store.logs.downloads()}


def test_a_version_check_is_an_observation_and_a_download_is_only_a_claim(fleet: Store) -> None:
    done = read(check("SN1", "1.02"), line(IMAGE, minutes=5))
    assert (done.observations, done.claims, done.tally) == (1, 1, {"seen": 1, "claimed": 1})
    unit = fleet.unit("SN1", today=NOON.date())
    assert unit is not None
    assert (unit.bucket, unit.source) == (("WN-G54/R2", "", "1.02"), "log:router-updates")
    assert [bucket.version for bucket in fleet.buckets()] == ["1.02"]
    assert downloads(fleet) == {"1.03": 1}


@pytest.mark.parametrize(
    ("status", "size", "outcome"),
    [
        (200, 1000, "claimed"),
        (200, 999, "part"),
        (206, 400, "part"),
        (304, 0, "nothing"),
        (404, 10, "failed"),
        (503, 0, "failed"),
    ],
)
def test_what_the_server_answered_says_what_a_download_was(status: int, size: int, outcome: str) -> None:
    assert read(line(IMAGE, status, size)).tally == {outcome: 1}


def test_ranges_are_joined_and_a_retry_counts_nobody_twice(fleet: Store) -> None:
    halves = (line(IMAGE, 206, 600), line(IMAGE, 206, 400, minutes=9))
    assert read(*halves).tally == {"part": 1, "claimed": 1}
    assert read(line(IMAGE, minutes=30)).tally == {"repeated": 1}
    late = (
        line(IMAGE, 206, 600, address="203.0.113.8"),
        line(IMAGE, 206, 400, minutes=700, address="203.0.113.8"),
    )
    assert read(*late).tally == {"part": 2}
    assert downloads(fleet) == {"1.03": 1}


def test_a_download_without_a_known_size_is_whole_only_in_one_piece() -> None:
    assert read(line("/line/1.03", 206, 600), line("/line/1.03", 206, 600)).tally == {"part": 2}
    assert read(line("/line/1.03", 200, 600)).tally == {"claimed": 1}


def test_robots_own_addresses_and_strange_lines_each_have_their_bucket() -> None:
    done = read(
        check("SN1", "1.02", agent="Googlebot/2.1"),
        check("SN1", "1.02", address="198.51.100.9"),
        line("/favicon.ico"),
        "this is no line of a log",
        check("", "1.02"),
        check("SN1", "1.02", minutes=60 * 24 * 9),
    )
    assert done.tally == {"bot": 1, "own": 1, "no_rule": 2, "unreadable": 2}
    assert (done.lines, sum(done.tally.values()), done.unmatched) == (6, 6, 4)


def test_a_grown_file_a_rotated_one_and_a_packed_one_are_read_on(tmp_path: Path) -> None:
    lines = [check(f"SN{number}", "1.02", minutes=number) for number in range(5)]
    first = read(*lines[:3])
    grown = read(*lines)
    again = actions.read_log(MEMBER, io.BytesIO(gzip.compress(text(*lines))), name="access.log.2.gz")
    assert [(each.lines, each.skipped, each.observations) for each in (first, grown, again)] == [
        (3, 0, 3),
        (2, 3, 2),
        (0, 5, 0),
    ]
    (file,) = queries.logs(MEMBER).files
    assert (file.lines, file.size) == (5, len(text(*lines)))


def test_a_line_the_server_is_still_writing_is_left_for_next_time() -> None:
    whole = text(check("SN1", "1.02"), check("SN2", "1.02"))
    assert actions.read_log(MEMBER, io.BytesIO(whole[:-20])).lines == 1
    assert actions.read_log(MEMBER, io.BytesIO(whole)).lines == 1


def test_what_cannot_be_read_is_said() -> None:
    broken = gzip.compress(text(*[check(f"SN{number}", "1.02") for number in range(9)]))[:-12]
    for content, code in ((broken, "fleet.log_unreadable"), (b"", "fleet.empty_log")):
        with pytest.raises(Problem) as raised:
            actions.read_log(MEMBER, io.BytesIO(content), name="x")
        assert (raised.value.code, raised.value.field) == (code, "file")
    with pytest.raises(Problem) as raised:
        actions.read_log(MEMBER, io.BytesIO(b"x" * 100), limit=99)
    assert raised.value.code == "fleet.log_too_large"


def test_no_address_is_kept_anywhere(fleet: Store, tmp_path: Path) -> None:
    read(line("/latest/HDL-T/1.00"), line("/latest/HDL-T/1.00", address="203.0.113.8"), line(IMAGE))
    (units,) = [fleet.units(UnitFilter(["HDL-T"]), today=NOON.date())]
    assert len(units) == 2
    assert all(each.unit.startswith(BY_ADDRESS) and "203.0" not in each.unit for each in units)
    facts = "".join(str(each) for each in Payload.objects.values_list("facts", flat=True))
    assert "203.0.113" not in facts


def test_after_ninety_days_nobody_can_tell_whose_pseudonym_it_was(fleet: Store) -> None:
    read(line("/latest/HDL-T/1.00"), line(IMAGE), check("SN1", "1.02"))
    before = {each.unit for each in fleet.units(UnitFilter(["HDL-T", "WN-G54/R2"]), today=NOON.date())}
    assert actions.forget() == 0
    with clock.at(NOON + timedelta(days=88)):
        assert actions.forget() == 2
        assert actions.forget() == 0
    after = {each.unit for each in fleet.units(UnitFilter(["HDL-T", "WN-G54/R2"]), today=NOON.date())}
    assert (before & after, len(after)) == ({"SN1"}, 2)
    assert fleet.rollup() == fleet.recount()
    assert downloads(fleet) == {"1.03": 1}


def test_new_rules_read_an_old_log_again_and_count_nothing_twice(fleet: Store) -> None:
    lines = (check("SN1", "1.02"), line(IMAGE), line("/other/1.04"))
    assert read(*lines).unmatched == 1
    more = RULES + '  - {key: other, kind: download, path: "/other/{version}", product: WN-G54/R2}\n'
    assert actions.put_log_rules(MEMBER, more, reason="A second server") == 2
    done = read(*lines)
    assert (done.rules, done.skipped, done.unmatched, done.tally) == (
        2,
        0,
        0,
        {"seen": 1, "repeated": 1, "claimed": 1},
    )
    view = queries.logs(MEMBER)
    assert [(each.version, each.reason) for each in view.versions] == [(2, "A second server"), (1, "")]
    assert queries.logs(MEMBER, version=1).unmatched == 1


def test_trying_shows_every_group_and_counts_nothing(fleet: Store) -> None:
    log = f"{check('SN1', '1.02')}\n{line(IMAGE)}\n{line('/x')}\nnonsense"
    trial = queries.trial_of(MEMBER, log)
    assert (trial.lines, trial.unmatched) == (4, 2)
    (sample,) = trial.samples["check", "seen"]
    assert (sample.product, sample.version, sample.unit) == ("WN-G54/R2", "1.02", "SN1")
    assert "203.0" not in str(trial.samples["check", "seen"] + trial.samples["image", "claimed"])
    assert (fleet.buckets(), queries.logs(MEMBER).tally) == ([], ())


def test_only_those_who_may_import_read_logs_and_without_rules_nobody_does(tmp_path: Path) -> None:
    for deed in (
        lambda: actions.read_lines(SUPPORT, [check("SN1", "1.02")]),
        lambda: actions.put_log_rules(SUPPORT, RULES),
    ):
        with pytest.raises(Problem) as raised:
            deed()
        assert raised.value.definition is NOT_YOURS
    with a_place(tmp_path / "other") as place:
        from okiagari.fleet.stores import open_store

        other = open_store(place)
        with access.using(other), pytest.raises(Problem) as raised:
            actions.read_lines(MEMBER, [check("SN1", "1.02")])
        other.close()
    assert raised.value.code == "fleet.no_log_rules"


def test_two_readers_of_one_log_count_it_once(fleet: Store) -> None:
    content = text(*[check(f"SN{number}", "1.02") for number in range(3)])

    class Racing(Log):
        """Somebody else reads the same log between looking and taking."""

        def place(self, known):  # type: ignore[no-untyped-def]
            found = super().place(known)
            actions.read_log(MEMBER, io.BytesIO(content))
            return found

    with pytest.raises(Problem) as raised:
        actions.read_log(MEMBER, Racing("access.log", lambda: io.BytesIO(content)))
    assert raised.value.code == "fleet.read_meanwhile"
    assert sum(each.lines for each in queries.logs(MEMBER).tally) == 3


LINES = st.lists(
    st.one_of(
        st.builds(
            check,
            st.sampled_from(("SN1", "SN2")),
            st.sampled_from(("1.02", "1.03")),
            minutes=st.integers(0, 4000),
        ),
        st.builds(
            line,
            st.sampled_from((IMAGE, "/line/1.03", "/latest/HDL-T/1.00", "/x")),
            st.sampled_from((200, 206, 304, 404)),
            st.sampled_from((0, 400, 600, 1000)),
            address=st.sampled_from(("203.0.113.7", "203.0.113.8", "198.51.100.1")),
            minutes=st.integers(0, 4000),
        ),
        st.just("no line of a log"),
    ),
    min_size=1,
    max_size=25,
)


@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(lines=LINES, cuts=st.lists(st.integers(1, 24), max_size=3))
def test_reading_in_pieces_is_reading_at_once(
    tmp_path_factory: pytest.TempPathFactory, lines: list[str], cuts: list[int]
) -> None:
    found = []
    for marks in ([len(lines)], [*sorted(set(cuts)), len(lines)]):
        with a_place(tmp_path_factory.mktemp("fleet")) as place:
            from okiagari.fleet.stores import open_store

            store = open_store(place)
            with access.using(store):
                actions.put_log_rules(MEMBER, RULES)
                for mark in marks:
                    if mark <= len(lines):
                        read(*lines[:mark])
                view = queries.logs(MEMBER)
                assert view.lines == len(lines)
                found.append((view.tally, [_known(each) for each in view.downloads], store.rollup()))
                assert store.rollup() == store.recount()
            store.close()
    assert found[0] == found[1]


def _known(each: Downloads) -> tuple[object, ...]:
    return tuple(each)
