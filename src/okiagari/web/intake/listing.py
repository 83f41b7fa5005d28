"""The list of reports. The address holds filter, order and page."""

from collections.abc import Mapping
from typing import Any

from django.core import signing
from django.http import HttpRequest, HttpResponse, QueryDict
from django.urls import reverse
from django.utils.text import capfirst
from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext, pgettext_lazy
from django.views.decorators.http import require_safe

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.intake import actions, queries
from okiagari.intake.queries import ReportRow
from okiagari.intake.rules import words as codes
from okiagari.web.cases.words import choices
from okiagari.web.doors import asking
from okiagari.web.frame.lists import Column, Deed, Filter, Sheet, Slice
from okiagari.web.frame.lists.pages import page
from okiagari.web.frame.lists.sheet import Chosen
from okiagari.web.frame.values import Empty
from okiagari.web.intake import words

SALT = "intake.reports"
BANDS = (
    ("any", gettext_lazy("Waiting for us")),
    ("acknowledge", gettext_lazy("Not acknowledged")),
    ("assess", gettext_lazy("Not judged")),
    ("read", gettext_lazy("New messages")),
    ("", gettext_lazy("All")),
)


def _filters(subject: Subject) -> tuple[Filter, ...]:
    del subject
    return (
        Filter("need", gettext("Next for us"), BANDS, kind="band"),
        Filter("search", gettext("Words, product or number"), kind="text"),
        Filter("state", pgettext("report", "State"), tuple(choices(codes.STATES)), gettext("Any state")),
        Filter("source", pgettext("report", "From"), tuple(choices(codes.SOURCES)), gettext("From anybody")),
        Filter("kind", pgettext("report", "Kind"), tuple(choices(codes.KINDS)), gettext("Any kind")),
    )


def _after(asked: QueryDict) -> tuple[str, str] | None:
    """Where the page begins, if the address says so in our own hand."""
    try:
        value, number = signing.loads(asked.get("after", ""), salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return str(value), str(number)


def _fetch(subject: Subject, chosen: Chosen, asked: QueryDict, limit: int) -> Slice:
    """Rows in pages by a key that stays right while others write."""
    filters: dict[str, Any] = dict(chosen)
    found = queries.reports(subject, limit=limit, after=_after(asked), **filters)
    following = {"after": signing.dumps(found.next_after, salt=SALT)} if found.next_after else None
    is_first = "after" not in asked
    return Slice(found.rows, found.total, int(is_first), before=None if is_first else {}, after=following)


def _need(row: ReportRow) -> str:
    return capfirst(gettext(codes.NEEDS[row.need])) if row.need else ""


def _shown(row: ReportRow) -> tuple[object, ...]:
    return (*words.state(row.state), capfirst(gettext(codes.SOURCES[row.source])), _need(row))


def _empty(subject: Subject, is_filtered: bool) -> Empty:
    if is_filtered:
        return Empty(
            gettext("No report matches."),
            gettext("Take a filter away."),
            gettext("Show all reports"),
            f"{reverse('intake:reports')}?view=none",
        )
    if permits.may(subject, "intake.receive"):
        return Empty(
            gettext("No report yet."),
            gettext(
                "Reports come in through the public form and the API. What reaches you by mail, telephone or "
                "JPCERT/CC is entered here."
            ),
            gettext("Enter a report"),
            reverse("intake:new"),
        )
    return Empty(gettext("No report yet."), gettext("A report appears here when its team lets you in."))


def _defer(subject: Subject, report_id: str, given: Mapping[str, Any]) -> None:
    actions.defer(subject, report_id, reason=given["reason"])


def _close(subject: Subject, report_id: str, given: Mapping[str, Any]) -> None:
    actions.close_report(subject, report_id, reason=given["reason"])


def _read(subject: Subject, report_id: str, given: Mapping[str, Any]) -> None:
    del given
    actions.mark_read(subject, report_id)


def _deeds(subject: Subject) -> tuple[Deed, ...]:
    if not permits.may(subject, "intake.work"):
        return ()
    return (
        Deed("defer", gettext("Defer the reports"), "intake.work", _defer),
        Deed("read", gettext("Mark their messages as read"), "intake.work", _read, needs_reason=False),
        Deed("close", gettext("Close the reports"), "intake.work", _close),
    )


SHEET = Sheet(
    key="reports",
    title=gettext_lazy("Reports"),
    page="intake:reports",
    read="intake.read",
    sort="-received",
    filters=_filters,
    fetch=_fetch,
    identify=lambda row: row.id,
    count=lambda total: ngettext("%(total)d report", "%(total)d reports", total) % {"total": total},
    empty=_empty,
    deeds=_deeds,
    show=_shown,
    columns=(
        Column(key="id", name=gettext_lazy("Report"), cell=lambda row: row.id),
        Column(
            gettext_lazy("Report"),
            "title",
            key="title",
            name=gettext_lazy("Title"),
            cell=lambda row: row.title,
        ),
        Column(
            pgettext_lazy("report", "State"),
            "state",
            key="state",
            cell=lambda row: words.state(row.state)[0],
        ),
        Column(
            pgettext_lazy("report", "From"),
            "source",
            key="source",
            cell=lambda row: gettext(codes.SOURCES[row.source]),
        ),
        Column(key="reference", name=gettext_lazy("Reference"), cell=lambda row: row.reference),
        Column(gettext_lazy("Product"), "product", key="product", cell=lambda row: row.product_text),
        Column(key="version", name=gettext_lazy("Version"), cell=lambda row: row.version_text),
        Column(
            pgettext_lazy("report", "Came in"),
            "received",
            "-",
            key="received_at",
            cell=lambda row: row.received_at,
        ),
        Column(
            key="acknowledged_at",
            name=pgettext_lazy("report", "Acknowledged"),
            cell=lambda row: row.acknowledged_at,
        ),
        Column(key="assessed_at", name=pgettext_lazy("report", "Judged"), cell=lambda row: row.assessed_at),
        Column(gettext_lazy("Next for us"), key="next", cell=_need),
        Column(
            key="cases", name=gettext_lazy("Cases"), cell=lambda row: " ".join(case.id for case in row.cases)
        ),
    ),
)


@require_safe
def reports(request: HttpRequest) -> HttpResponse:
    subject = asking(request)
    may = {"may_enter": "intake.receive", "may_read": "flow.read_document"}
    allowed = {name: permits.may(subject, verb) for name, verb in may.items()}
    return page(request, SHEET, "intake/list.html", **allowed)
