"""The flaws of a case and the numbers others gave them."""

from collections.abc import Callable, Mapping

from okiagari.cases import rules
from okiagari.cases.actions.frame import changing_child, changing_open, write_line
from okiagari.cases.models import Case, Vulnerability
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock
from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards.localtext import LocalText

NO_SUCH_FIELD = define(
    "cases.no_such_field",
    Kind.INVALID,
    gettext_noop("A vulnerability has no field “%(field)s”."),
    gettext_noop("The fields are: %(known)s."),
)
NUMBER_TAKEN = define(
    "cases.number_taken",
    Kind.CONFLICT,
    gettext_noop("Another vulnerability of this case already has the number %(number)s."),
    gettext_noop("Check the number, or withdraw the other one if they are the same flaw."),
)
ALREADY_WITHDRAWN = define(
    "cases.already_withdrawn",
    Kind.CONFLICT,
    gettext_noop("This was already withdrawn."),
    gettext_noop("Its line in the timeline says by whom and why."),
)

_TEXTS = ("title", "description", "impact")
_NUMBERS: Mapping[str, Callable[[str], str]] = {
    "cve": rules.cve,
    "jvn": rules.jvn,
    "jvndb": rules.jvndb,
    "cwe": rules.cwe,
}
_FIELDS = (*_TEXTS, *_NUMBERS)


def add_vulnerability(
    subject: Subject,
    case_id: str,
    *,
    title: LocalText,
    description: LocalText | None = None,
    impact: LocalText | None = None,
    cve: str = "",
    jvn: str = "",
    jvndb: str = "",
    cwe: str = "",
    version: int | None = None,
) -> str:
    """Add a flaw to the case; returns its number. Raises TITLE_NEEDED, NOT_A_NUMBER, NUMBER_TAKEN."""
    given = {"title": title, "description": description or LocalText(), "impact": impact or LocalText()}
    numbers = {"cve": cve, "jvn": jvn, "jvndb": jvndb, "cwe": cwe}
    with changing_open(subject, "cases.work", case_id, version=version) as case:
        fields = _checked({**given, **numbers})
        row = Vulnerability(case=case, scope_id=case.scope_id, position=case.vulnerabilities.count() + 1)
        _check_free(case, row, fields)
        for name, value in fields.items():
            setattr(row, name, value)
        row.save()
        write_line(case, subject, "vulnerability_added", vulnerability=row.public_id, **_plain(fields))
    return row.public_id


def change_vulnerability(
    subject: Subject, vulnerability_id: str, *, version: int | None = None, reason: str = "", **fields: object
) -> None:
    """Change the fields given: title, description, impact, cve, jvn, jvndb, cwe. `version` is the case's."""
    with changing_child(subject, "cases.work", Vulnerability, vulnerability_id, version=version) as (
        case,
        row,
    ):
        _check_standing(row)
        wanted = _checked(fields)
        changed = {name: value for name, value in wanted.items() if value != getattr(row, name)}
        _check_free(case, row, changed)
        old = _plain({name: getattr(row, name) for name in changed})
        for name, value in changed.items():
            setattr(row, name, value)
        row.save()
        write_line(
            case,
            subject,
            "vulnerability_changed",
            vulnerability=row.public_id,
            title=dict(row.title.texts),
            fields=sorted(changed),
            old=old,
            new=_plain(changed),
            reason=reason.strip(),
        )


def withdraw_vulnerability(
    subject: Subject, vulnerability_id: str, *, reason: str, version: int | None = None
) -> None:
    """Say that this was no flaw, or the same as another. It stays readable. Raises REASON_NEEDED."""
    with changing_child(subject, "cases.work", Vulnerability, vulnerability_id, version=version) as (
        case,
        row,
    ):
        _check_standing(row)
        if not reason.strip():
            raise rules.REASON_NEEDED().at("reason")
        row.withdrawn_at = clock.now()
        row.save()
        write_line(
            case,
            subject,
            "vulnerability_withdrawn",
            vulnerability=row.public_id,
            title=dict(row.title.texts),
            reason=reason.strip(),
        )


def _check_standing(row: Vulnerability) -> None:
    if row.withdrawn_at is not None:
        raise ALREADY_WITHDRAWN()


def _checked(fields: Mapping[str, object]) -> dict[str, object]:
    checked: dict[str, object] = {}
    for name, value in fields.items():
        if name in _NUMBERS:
            checked[name] = _NUMBERS[name](str(value or ""))
        elif name in _TEXTS:
            checked[name] = value if isinstance(value, LocalText) else LocalText.from_json(value)
        else:
            raise NO_SUCH_FIELD(field=name, known=", ".join(_FIELDS))
    if "title" in checked and not checked["title"]:
        raise rules.TITLE_NEEDED().at("title")
    return checked


def _check_free(case: Case, row: Vulnerability, fields: Mapping[str, object]) -> None:
    """A CVE number names one flaw. (One JVN page often speaks of several.)"""
    cve = fields.get("cve")
    others = case.vulnerabilities.filter(withdrawn_at=None).exclude(pk=row.pk)
    if cve and others.filter(cve=cve).exists():
        raise NUMBER_TAKEN(number=cve).at("cve")


def _plain(fields: Mapping[str, object]) -> dict[str, object]:
    return {
        name: dict(value.texts) if isinstance(value, LocalText) else value for name, value in fields.items()
    }
