"""JPCERT/CC is told where the maker stands, by letter or by hand; the statement for JVN is written.

A report is kept as it stood ready when it was told, with the message it went as, and never changed. What the
teller looked at is compared: what has changed since then is not told unseen.
"""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import TypedDict, Unpack

from django.utils.translation import gettext

from okiagari.cases import actions as cases
from okiagari.cases.models import Case, Communication
from okiagari.desk import permits
from okiagari.desk.aggregates import changing, find_for
from okiagari.desk.models import Organisation
from okiagari.desk.subjects import Subject
from okiagari.disclose.jvn import problems, report, rules, text, values, wording
from okiagari.disclose.jvn.models import StatusFile, StatusReport, VendorStatement
from okiagari.disclose.jvn.report import TEXT, XML, NextReport
from okiagari.plumbing import clock, files, ledger
from okiagari.standards.localtext import LANGUAGES, LocalText

LETTER = "letter"
VERB = "disclose.report"
MOST = 4_000_000
SUBJECTS = {"ja": "{reference} ご報告", "en": "{reference} Report"}
"""Under embargo a subject line says no more than that."""


class Telling(TypedDict, total=False):
    """`language`: of the text that goes or went. `remark`: what is said beside the report."""

    language: str
    remark: str


@dataclass(frozen=True)
class _Told:
    way: str
    at: datetime
    language: str
    remark: str


def report_status(
    subject: Subject,
    case_id: str,
    *,
    way: str = "mail",
    at: datetime | None = None,
    version: str = "",
    **telling: Unpack[Telling],
) -> str:
    """Say that JPCERT/CC was told by hand: when, and by which way. `version`: what was looked at (`seen` or
    `seal` of the report); without it what stands now is told. Returns the number of the report.

    Raises NO_SUCH_WAY, NOT_TOLD_YET, BEFORE_THE_LAST, and as `send_status`.
    """
    ready = _ready(subject, case_id, version, telling)
    if way not in rules.WAYS:
        raise problems.NO_SUCH_WAY(way=way, allowed=", ".join(rules.WAYS)).at("way")
    now = clock.now()
    told = _Told(way, at or now, telling.get("language", "ja"), telling.get("remark", "").strip())
    if told.at > now:
        raise problems.NOT_TOLD_YET().at("at")
    if ready.last is not None and told.at < ready.last.at:
        raise problems.BEFORE_THE_LAST().at("at")

    def say() -> str:
        return cases.communicate(
            subject,
            ready.material.case.id,
            audience=rules.JPCERT,
            channel=way,
            text=_letter(ready, told),
            language=told.language,
            at=told.at,
            **_to(ready),
        )

    return _keep(subject, ready, told, say)


def send_status(
    subject: Subject, case_id: str, *, to: str = "", version: str = "", **telling: Unpack[Telling]
) -> str:
    """Send the report as a letter, with the VULDEF file. `to`: the address, else that of JPCERT/CC in the
    directory; without any, or without a mail server, it waits to be copied by hand. Returns its number.

    Raises NOT_COORDINATED, NOTHING_TO_TELL, NOTHING_NEW, OUTDATED, TOLD_MEANWHILE, NO_SUCH_LANGUAGE, and what
    `cases.write_inclosing` raises.
    """
    ready = _ready(subject, case_id, version, telling)
    told = _Told(LETTER, clock.now(), telling.get("language", "ja"), telling.get("remark", "").strip())
    name = f"{ready.material.case.id}-vuldef-{told.language}.xml"
    blob = files.store([ready.files[XML, told.language]], limit=MOST)
    along = cases.Inclosure(name, "application/xml", blob.sha256)
    party = rules.coordinator(ready.material.case)
    reference = party.reference if party else ""

    def say() -> str:
        return cases.write_inclosing(
            subject,
            ready.material.case.id,
            [along],
            audience=rules.JPCERT,
            text=_letter(ready, told),
            subject_line=SUBJECTS[told.language].format(reference=reference) if reference else "",
            language=told.language,
            to=to,
            **_to(ready),
        )

    return _keep(subject, ready, told, say)


def write_statement(
    subject: Subject, case_id: str, *, statement: LocalText, version: int | None = None
) -> None:
    """Write what JVN is to show as our statement; an empty one lets the published words count again."""
    with changing(subject, VERB, Case, case_id, version=version) as case:
        kept = LocalText({each: text for each in LANGUAGES if (text := statement.exact(each).strip())})
        said = {"scope_id": case.scope_id, "text": kept, "at": clock.now(), "by_id": subject.person_id}
        VendorStatement.objects.update_or_create(case=case, defaults=said)
        facts = {"case": case.public_id, "statement": kept.to_json()}
        ledger.append(
            ("case", case.public_id),
            subject=subject,
            verb="disclose.statement_written",
            facts=facts,
            scope=case.scope_id,
        )


def _ready(subject: Subject, case_id: str, version: str, telling: Telling) -> NextReport:
    """The report as it would be told now, if the subject may and it is the one that was looked at."""
    row = find_for(subject, VERB, Case, case_id)
    permits.require(subject, VERB, row.scope_id)
    if telling.get("language", "ja") not in LANGUAGES:
        raise problems.NO_SUCH_LANGUAGE(language=telling["language"]).at("language")
    ready = report.next_report(row.public_id)
    if not rules.is_coordinated(ready.material.case):
        raise problems.NOT_COORDINATED()
    if not ready.stance.products and ready.last is None:
        raise problems.NOTHING_TO_TELL()
    if version:
        check_seen(version, ready)
    if not ready.is_owed and not telling.get("remark", "").strip():
        raise problems.NOTHING_NEW()
    return ready


def check_seen(version: str, ready: NextReport) -> None:
    """Raises TOLD_MEANWHILE, OUTDATED where another report was looked at, with what is different now."""
    seen = report.read_seen(version)
    if seen.seal == ready.seal:
        return
    if seen.stance is not None and seen.last != (ready.last.public_id if ready.last else ""):
        raise problems.TOLD_MEANWHILE()
    found = rules.differences(seen.stance, ready.stance)
    what = wording.sentences(found) or (gettext("details of the vulnerabilities or measures"),)
    raise problems.OUTDATED(what=gettext(", ").join(what))


def _letter(ready: NextReport, told: _Told) -> str:
    written = ready.files[TEXT, told.language].decode()
    return text.with_remark(written, told.remark, told.language)


class _Whom(TypedDict, total=False):
    organisation: str
    counterpart: str


def _to(ready: NextReport) -> _Whom:
    """Whom it is said to: the party, else JPCERT/CC as the directory knows it."""
    party = rules.coordinator(ready.material.case)
    if party is not None and party.organisation:
        return {"organisation": party.organisation}
    known = Organisation.objects.filter(kind="coordinator", key__startswith=rules.JPCERT).first()
    return {"organisation": known.key} if known else {"counterpart": "JPCERT/CC"}


def _keep(subject: Subject, ready: NextReport, told: _Told, say: Callable[[], str]) -> str:
    """Say it and keep it, in one transaction; under the lock it must still be what was made ready."""
    with ledger.action():
        message = say()
        with changing(subject, VERB, Case, ready.material.case.id) as case:
            check_seen(ready.seen, report.next_report(case.public_id))
            row = StatusReport(
                case=case,
                scope_id=case.scope_id,
                at=told.at,
                noted_at=clock.now(),
                by_id=subject.person_id,
                way=told.way,
                language=told.language,
                remark=told.remark,
                value=ready.stance.value,
                stance=values.builtins(ready.stance),
                message=Communication.objects.get(public_id=message),
            )
            row.save()
            hashes = _keep_files(row, ready, _letter(ready, told))
            ledger.append(
                ("case", case.public_id),
                subject=subject,
                verb="disclose.status_told",
                facts={
                    "report": row.public_id,
                    "told_at": told.at,
                    "way": told.way,
                    "value": row.value,
                    "message": message,
                    "sha256": hashes,
                },
                scope=case.scope_id,
            )
    return row.public_id


def _keep_files(row: StatusReport, ready: NextReport, letter: str) -> dict[str, str]:
    """Every file to the byte; the text that went with what was added to it. Returns their hashes."""
    hashes = {}
    for (form, language), made in ready.files.items():
        went = letter.encode() if (form, language) == (TEXT, row.language) else made
        digest = hashlib.sha256(went).hexdigest()
        hashes[f"{language}.{form}"] = digest
        StatusFile(report=row, form=form, language=language, content=went.decode(), sha256=digest).save()
    return hashes
