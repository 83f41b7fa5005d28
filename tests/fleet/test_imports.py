"""Files of observations made by others: the whole file, or its wrong lines told."""

import io
from collections.abc import Iterator
from datetime import UTC, date, datetime

import pytest

from okiagari.desk import permits
from okiagari.desk.subjects import PUBLIC, Door, Role, Subject, SubjectKind
from okiagari.fleet import access, actions, imports
from okiagari.fleet.actions import Imported
from okiagari.fleet.stores import Store
from okiagari.plumbing import clock
from okiagari.plumbing.models import Line, Payload
from okiagari.problems import Problem

pytestmark = pytest.mark.django_db

MEMBER = Subject(SubjectKind.PERSON, "person:1", Door.WEB, roles=frozenset({Role.MEMBER}))
SUPPORT = Subject(SubjectKind.PERSON, "person:2", Door.WEB, roles=frozenset({Role.SUPPORT}))
NOON = datetime(2016, 10, 28, 3, 0, tzinfo=UTC)

LOG = """\
unit,product,hardware,version,at
SN1,WN-G54/R2,,1.01,2016-10-01
SN1,WN-G54/R2,,1.03,2016-10-20T09:30:00+09:00
"SN2",WN-G54/R2,A1,"1.03, special",2016-10-20
"""


@pytest.fixture(autouse=True)
def fleet(store: Store) -> Iterator[Store]:
    with access.using(store), clock.at(NOON):
        yield store


def take(
    text: str | bytes, *, form: str = "csv", subject: Subject = MEMBER, source: str = "update server"
) -> Imported:
    raw = text.encode() if isinstance(text, str) else text
    return actions.import_observations(subject, io.BytesIO(raw), name="log", source=source, form=form)


def faults(text: str | bytes, *, form: str = "csv") -> list[tuple[str | None, str]]:
    with pytest.raises(Problem) as caught:
        take(text, form=form)
    assert access.store().buckets() == []
    return [(part.field, part.code) for part in caught.value.parts]


def test_a_log_is_imported_with_its_source(fleet: Store) -> None:
    assert take(LOG) == Imported(lines=3, new=3, repeated=0, late=0)
    assert [(each.day, each.bucket.version, each.source) for each in fleet.history("SN1")] == [
        (date(2016, 10, 1), "1.01", "import:update server"),
        (date(2016, 10, 20), "1.03", "import:update server"),
    ]
    unit = fleet.unit("SN2", today=NOON.date())
    assert unit is not None
    assert unit.bucket == ("WN-G54/R2", "A1", "1.03, special")
    assert fleet.rollup() == fleet.recount()


def test_what_is_imported_again_is_known() -> None:
    take(LOG)
    assert take(LOG) == Imported(lines=3, new=0, repeated=3, late=1)
    later = "unit,product,version,at\nSN1,WN-G54/R2,1.01,2016-09-01\n"
    assert take(later) == Imported(lines=1, new=1, repeated=0, late=1)


def test_json_lines_say_the_same(fleet: Store) -> None:
    rows = (
        '\ufeff{"unit":"SN1","product":"WN-G54/R2","version":"1.01","at":"2016-10-01"}\n\n'
        '{"unit":"SN1","product":"WN-G54/R2","version":"1.03","at":"2016-10-20T00:30:00Z","hardware":null}\r\n'
    )
    assert take(rows, form="jsonl") == Imported(lines=2, new=2, repeated=0, late=0)
    assert [each.bucket.version for each in fleet.history("SN1")] == ["1.01", "1.03"]


def test_a_file_as_a_spreadsheet_writes_it_is_understood(fleet: Store) -> None:
    text = "\ufeffAt, Version ,Unit,PRODUCT,Source\r\n2016-10-01,1.01,SN1,NP-BBRS,call centre\r\n\r\n"
    assert take(text).new == 1
    assert [each.source for each in fleet.history("SN1")] == ["import:call centre"]


def test_an_import_never_passes_for_a_units_own_word(fleet: Store) -> None:
    take("unit,product,version,at,source\nSN1,p,1,2016-10-01,check-in\nSN1,p,1,2016-10-02,import:x\n")
    assert [each.source for each in fleet.history("SN1")] == ["import:check-in", "import:x"]


def test_every_wrong_line_is_told_with_file_line_and_field() -> None:
    text = (
        "unit,product,version,at\n"
        ",p,1,2016-10-01\n"
        "SN1,p,1,2016-10-01\n"
        f"SN2,p,{'9' * 200},2016-10-01\n"
        "SN3,p,1,yesterday\n"
        "SN4,p,1\n"
        '"SN\n5",p,1,2016-10-01\n'
        "SN6,p,1,2016-10-29\n"
    )
    assert faults(text) == [
        ("log:2:unit", "fleet.missing"),
        ("log:4:version", "fleet.too_long"),
        ("log:5:at", "fleet.not_a_time_or_date"),
        ("log:6", "fleet.wrong_count"),
        ("log:8:unit", "fleet.control_characters"),
        ("log:9:at", "fleet.in_the_future"),
    ]


def test_no_more_than_twenty_are_told() -> None:
    assert len(faults("unit,product,version,at\n" + "SN1,p,1,never\n" * 50)) == 20


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("unit,version,at\n", ("log:1", "fleet.wrong_header")),
        ("unit,product,version,at,colour\n", ("log:1", "fleet.wrong_header")),
        ("unit,unit,product,version,at\n", ("log:1", "fleet.wrong_header")),
        (
            b"unit,product,version,at\nSN1,p,1,2016-10-01\n\x83\x7c,p,1,2016-10-01\n",
            ("log:3", "fleet.not_utf8"),
        ),
        (b"\x83\x7c\n", ("log:1", "fleet.not_utf8")),
        ('unit,product,version,at\n"SN1"x,p,1,2016-10-01\n', ("log:2", "fleet.wrong_row")),
        ("unit,product,version,at\nSN1,p,1," + "2" * 20_000, ("log:2", "fleet.line_too_long")),
    ],
)
def test_a_csv_file_that_cannot_be_read_says_where(text: str | bytes, found: tuple[str, str]) -> None:
    assert faults(text) == [found]


@pytest.mark.parametrize(
    "line", ["{", "[]", '{"unit":"SN1"}', '{"unit":1,"product":"p","version":"1","at":"x"}']
)
def test_json_lines_that_cannot_be_read_say_where(line: str) -> None:
    good = '{"unit":"SN1","product":"p","version":"1","at":"2016-10-01"}\n'
    assert faults(f"{good}{line}\n{good}", form="jsonl") == [("log:2", "fleet.wrong_row")]
    assert faults(f'{good}{good[:-2]},"colour":"red"}}\n', form="jsonl") == [("log:2", "fleet.wrong_row")]


@pytest.mark.parametrize(
    ("text", "form", "code"),
    [
        ("", "csv", "input.several"),
        ("unit,product,version,at\n", "csv", "fleet.no_observations"),
        ("", "jsonl", "fleet.no_observations"),
        (LOG, "xlsx", "fleet.unknown_format"),
    ],
)
def test_a_file_with_nothing_in_it_is_refused(text: str, form: str, code: str) -> None:
    with pytest.raises(Problem) as caught:
        take(text, form=form)
    assert caught.value.code == code


def test_a_file_too_large_or_too_long_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(imports, "MAX_ROWS", 2)
    with pytest.raises(Problem, match=r"fleet\.too_many_rows"):
        take(LOG)
    monkeypatch.setattr(actions, "MAX_BYTES", 10)
    with pytest.raises(Problem, match=r"fleet\.file_too_large"):
        take(LOG)
    assert access.store().buckets() == []


def test_an_import_is_one_line_in_the_ledger() -> None:
    take(LOG)
    line = Line.objects.get(verb="fleet.import")
    assert (line.subject_key, line.stream.kind) == ("person:1", "fleet")
    facts = Payload.objects.get(line=line).facts
    assert facts.pop("sha256")
    assert facts == {"file": "log", "source": "update server", "lines": 3, "new": 3, "repeated": 0, "late": 0}


def test_without_its_line_in_the_ledger_nothing_is_imported(
    fleet: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*arguments: object, **more: object) -> None:
        raise RuntimeError("no ledger")

    monkeypatch.setattr(actions.ledger, "append", fail)
    with pytest.raises(RuntimeError):
        take(LOG)
    assert fleet.buckets() == []


def test_only_those_who_may_import_do() -> None:
    for subject, problem in ((SUPPORT, permits.NOT_YOURS), (PUBLIC, permits.SIGN_IN)):
        with pytest.raises(Problem) as caught:
            take(LOG, subject=subject)
        assert caught.value.definition is problem
        for act in (
            lambda who=subject: actions.set_silence(who, 5),
            lambda who=subject: actions.revoke_tokens(who, 2),
        ):
            with pytest.raises(Problem):
                act()


def test_silence_and_revocation_are_settled_at_the_desk(fleet: Store) -> None:
    take(LOG)
    actions.set_silence(MEMBER, 5)
    actions.revoke_tokens(MEMBER, 3, unit="SN1")
    assert fleet.settings().silence == 5
    assert (fleet.settings().floor("SN1"), fleet.settings().floor("SN2")) == (3, 0)
    assert set(Line.objects.values_list("verb", flat=True)) == {
        "fleet.import",
        "fleet.silence_set",
        "fleet.tokens_revoked",
    }
    for wrong in (0, 5000):
        with pytest.raises(Problem, match=r"fleet\.wrong_number"):
            actions.set_silence(MEMBER, wrong)
