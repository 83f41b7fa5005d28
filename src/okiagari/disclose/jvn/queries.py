"""What JPCERT/CC was told of a case, what it would be told next, and the history of both, as frozen
values.
"""

from collections.abc import Mapping
from datetime import datetime

from django.db.models import QuerySet

from okiagari.cases import queries as cases
from okiagari.cases.models import Case
from okiagari.cases.reading import readable
from okiagari.cases.values import CaseView
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.disclose.jvn import gate, report, rules, wording
from okiagari.disclose.jvn.models import Outstanding, StatusFile, StatusReport, VendorStatement
from okiagari.disclose.jvn.report import NextReport
from okiagari.disclose.jvn.values import Stance
from okiagari.disclose.jvn.views import (
    ComparisonView,
    FileView,
    KnownView,
    ProductLine,
    ReportView,
    StatusView,
)
from okiagari.disclose.models import Channel
from okiagari.disclose.naming import name_of
from okiagari.plumbing import ids, mail
from okiagari.standards.localtext import LANGUAGES, LocalText


def status(subject: Subject, case_id: str) -> StatusView:
    """What was told last, and the next report ready. Raises NOTHING_HERE."""
    row = readable(subject, case_id, "cases.inside")
    ready = report.next_report(row.public_id)
    own = VendorStatement.objects.filter(case=row).first()
    told = _views(_of(row))
    found = ready.differences
    return StatusView(
        case_id=row.public_id,
        reference=ready.material.reference,
        state=_state(ready),
        value=ready.stance.value,
        stance=ready.stance,
        products=_lines(ready.before, ready.stance),
        differences=wording.sentences(found),
        what=wording.summary(found)
        if ready.last
        else wording.owed((), is_first=True).best(wording.language()),
        due=gate.publication_due(row.pk),
        is_unsent=ready.last is not None and gate.is_stuck(ready.last),
        statement=own.text if own else LocalText(),
        is_own=bool(own and own.text),
        texts={each: ready.files[report.TEXT, each].decode() for each in LANGUAGES},
        documents={each: ready.files[report.XML, each].decode() for each in LANGUAGES},
        losses=tuple((each.message, each.parameters) for each in ready.losses),
        seal=ready.seal,
        seen=ready.seen,
        last=told[0] if told else None,
        address=_address(subject, ready.material.case),
        channels=_channels(row),
        may=permits.allowed(subject, row.scope_id, ("disclose.report", "cases.send")),
    )


def reports(subject: Subject, case_id: str) -> tuple[ReportView, ...]:
    """Everything that was told, the newest first. Raises NOTHING_HERE."""
    return _views(_of(readable(subject, case_id, "cases.inside")))


def told(subject: Subject, case_id: str, number: str) -> ReportView:
    """One report. Raises NOTHING_HERE."""
    for each in reports(subject, case_id):
        if each.id == ids.folded(number):
            return each
    raise permits.NOTHING_HERE()


def compared(subject: Subject, case_id: str, *, before: str, after: str = "") -> ComparisonView:
    """Any two reports of a case, or one and what would be told now (`after` empty). Raises NOTHING_HERE."""
    known = {each.id: each for each in reports(subject, case_id)}
    earlier, later = known.get(ids.folded(before)), known.get(ids.folded(after)) if after else None
    if earlier is None or (after and later is None):
        raise permits.NOTHING_HERE()
    now = later.stance if later else report.next_report(ids.folded(case_id)).stance
    found = rules.differences(earlier.stance, now)
    return ComparisonView(earlier, later, wording.sentences(found), _lines(earlier.stance, now))


def next_file(subject: Subject, case_id: str, *, language: str, form: str) -> FileView:
    """A file of the next report. Raises NOTHING_HERE."""
    row = readable(subject, case_id, "cases.inside")
    ready = report.next_report(row.public_id)
    content = ready.files.get((form, language))
    if content is None:
        raise permits.NOTHING_HERE()
    return FileView(f"{row.public_id}-{language}.{form}", form, content, "")


def told_file(subject: Subject, case_id: str, number: str, *, language: str, form: str) -> FileView:
    """A file as it was kept, to the byte. Raises NOTHING_HERE."""
    row = readable(subject, case_id, "cases.inside")
    mine = StatusFile.objects.filter(report__case=row, report__scope_id__in=permits.scopes(subject))
    kept = mine.filter(report__public_id=ids.folded(number), language=language, form=form).first()
    if kept is None:
        raise permits.NOTHING_HERE()
    name = f"{ids.folded(number)}-{language}.{form}"
    return FileView(name, form, kept.content.encode(), kept.sha256)


def told_values(subject: Subject, case_ids: tuple[str, ...]) -> Mapping[str, tuple[str, datetime]]:
    """What status was told last of these cases, and when; cases of which nothing was told are left out."""
    permits.require(subject, "cases.inside")
    rows = StatusReport.objects.filter(
        case__public_id__in=case_ids, scope_id__in=permits.scopes(subject)
    ).order_by("at", "pk")
    return {number: (value, at) for number, value, at in rows.values_list("case__public_id", "value", "at")}


def known_of(subject: Subject, case_ids: tuple[str, ...]) -> tuple[KnownView, ...]:
    """How it stands with JPCERT/CC on those of the cases that it coordinates, or did."""
    permits.require(subject, "cases.inside")
    told = told_values(subject, case_ids)
    open_to_me = permits.scopes(subject)
    rows = Outstanding.objects.filter(case__public_id__in=case_ids, case__scope_id__in=open_to_me)
    owed = {
        number: what
        for number, what, is_owed in rows.values_list("case__public_id", "what", "is_owed")
        if is_owed
    }
    found = []
    for number in case_ids:
        if number in told or (number in owed and rules.is_coordinated(cases.case(subject, number))):
            value, at = told.get(number, ("", None))
            found.append(KnownView(number, value, at, owed.get(number)))
    return tuple(found)


def _of(row: Case) -> "QuerySet[StatusReport]":
    rows = StatusReport.objects.filter(case=row, scope_id=row.scope_id).select_related("by", "message")
    return rows.prefetch_related("files").order_by("-at", "-pk")


def _views(rows: "QuerySet[StatusReport]") -> tuple[ReportView, ...]:
    found = list(rows)
    letters = mail.deliveries(each.message.letter for each in found if each.message and each.message.letter)
    earlier = [*found[1:], None]
    return tuple(_view(each, before, letters) for each, before in zip(found, earlier, strict=False))


def _view(row: StatusReport, before: StatusReport | None, letters: Mapping[str, mail.Delivery]) -> ReportView:
    stance = report.stance_of(row)
    earlier = report.stance_of(before) if before else None
    letter = letters.get(row.message.letter) if row.message and row.message.letter else None
    return ReportView(
        id=row.public_id,
        at=row.at,
        noted_at=row.noted_at,
        by=name_of(row.by),
        way=row.way,
        language=row.language,
        remark=row.remark,
        value=row.value,
        stance=stance,
        message=row.message.public_id if row.message else "",
        delivery=letter.state if letter else "",
        files={f"{each.language}.{each.form}": each.sha256 for each in row.files.all()},
        differences=wording.sentences(rules.differences(earlier, stance)),
    )


def _state(ready: NextReport) -> str:
    if not rules.is_coordinated(ready.material.case):
        return "apart"
    if not ready.stance.products and ready.last is None:
        return "nothing"
    return "owed" if ready.is_owed else "told"


def _lines(before: Stance | None, now: Stance) -> tuple[ProductLine, ...]:
    old = {each.key: each for each in before.products} if before else {}
    new = {each.key: each for each in now.products}
    return tuple(
        ProductLine(key, (new.get(key) or old[key]).name, old.get(key), new.get(key))
        for key in dict.fromkeys([*new, *old])
    )


def _address(subject: Subject, case: CaseView) -> str:
    """Where a letter would go, if the directory knows."""
    known = [each for each in cases.contacts(subject, case.id) if each.audience == rules.JPCERT]
    party = rules.coordinator(case)
    wanted = party.organisation if party else ""
    ordered = sorted(known, key=lambda each: each.organisation != wanted)
    return next((each.address for each in ordered if each.address), "")


def _channels(row: Case) -> tuple[tuple[str, str, datetime | None], ...]:
    """JVN as a channel of the case's advisories: how it stands, its address, when."""
    found = Channel.objects.filter(advisory__cases__case=row, channel="jvn", dropped_at=None).order_by("pk")
    return tuple(
        ("out" if each.confirmed_at else "planned", each.address, each.confirmed_at or each.planned_at)
        for each in found
    )


__all__ = [
    "ComparisonView",
    "FileView",
    "KnownView",
    "ProductLine",
    "ReportView",
    "StatusView",
    "compared",
    "known_of",
    "next_file",
    "reports",
    "status",
    "told",
    "told_file",
    "told_values",
]
