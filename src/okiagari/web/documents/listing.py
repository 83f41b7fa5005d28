"""The list of documents that were read. The address holds filter and page."""

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext
from django.views.decorators.http import require_safe

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.flow.importing import queries
from okiagari.web.documents import words
from okiagari.web.doors import asking
from okiagari.web.frame.lists import Column, Filter, Sheet, by_offset
from okiagari.web.frame.lists.pages import page
from okiagari.web.frame.values import Empty


def _filters(subject: Subject) -> tuple[Filter, ...]:
    del subject
    states = (("", pgettext("documents", "At hand")), *words.STATES.items())
    return (
        Filter("state", gettext("State"), states, kind="band"),
        Filter("text", gettext("Title, publisher or number"), kind="text"),
    )


def _empty(subject: Subject, is_filtered: bool) -> Empty:
    if is_filtered:
        return Empty(
            gettext("No document matches."),
            gettext("Documents of cases and reports you are not part of are never listed."),
            gettext("Clear the filter"),
            f"{reverse('documents:documents')}?view=none",
        )
    may = permits.may(subject, "flow.read_document")
    return Empty(
        gettext("No document was read yet."),
        gettext(
            "A supplier's advisory becomes a report from its file; an advisory of your own past becomes a "
            "case and a draft that goes on counting."
        ),
        gettext("Import an advisory from a file") if may else "",
        reverse("documents:new") if may else "",
    )


SHEET = Sheet(
    key="documents",
    title=gettext_lazy("Imported documents"),
    page="documents:documents",
    read="flow.documents",
    sort="-read",
    filters=_filters,
    fetch=by_offset(queries.documents),
    identify=lambda row: row.id,
    count=lambda total: ngettext("%(total)d document", "%(total)d documents", total) % {"total": total},
    empty=_empty,
    show=words.row,
    columns=(
        Column(
            gettext_lazy("Document"),
            "title",
            key="title",
            name=gettext_lazy("Title"),
            cell=lambda row: row.title,
        ),
        Column(key="id", name=gettext_lazy("Number"), cell=lambda row: row.id),
        Column(gettext_lazy("Publisher"), "publisher", key="publisher", cell=lambda row: row.publisher),
        Column(gettext_lazy("Its id"), "id", key="tracking_id", cell=lambda row: row.tracking_id),
        Column(gettext_lazy("State"), "state", key="state", cell=lambda row: str(words.STATES[row.state])),
        Column(gettext_lazy("Not looked at"), key="left", cell=lambda row: row.left, is_number=True),
        Column(gettext_lazy("Read"), "read", "-", key="read_at", cell=lambda row: row.read_at),
    ),
)


@require_safe
def documents(request: HttpRequest) -> HttpResponse:
    subject = asking(request)
    may = permits.may(subject, "flow.read_document")
    return page(request, SHEET, "documents/list.html", may_read=may)
