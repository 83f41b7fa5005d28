"""What was said with people outside and inside, over all cases one is in."""

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext, gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_safe

from okiagari.cases import narration, queries
from okiagari.cases.queries import MessageRow
from okiagari.desk.subjects import Subject
from okiagari.web.cases import words
from okiagari.web.cases.views.worklists import case_column, either
from okiagari.web.frame.lists import Column, Filter, Sheet, by_offset
from okiagari.web.frame.lists.pages import page
from okiagari.web.frame.values import Empty


def _message_filters(subject: Subject) -> tuple[Filter, ...]:
    del subject
    return (
        Filter("text", gettext("Words, case or number"), kind="text"),
        Filter(
            "direction",
            gettext("Direction"),
            tuple(words.choices(narration.DIRECTION_WORDS)),
            gettext("In and out"),
        ),
        Filter(
            "audience",
            gettext("With whom"),
            tuple(words.choices(narration.AUDIENCE_WORDS)),
            gettext("With anybody"),
        ),
        Filter(
            "channel",
            gettext("Channel"),
            tuple(words.choices(narration.CHANNEL_WORDS)),
            gettext("Any channel"),
        ),
    )


def _said(row: MessageRow) -> tuple[str, str, str, str]:
    view = row.view
    return (
        gettext(narration.DIRECTION_WORDS.get(view.direction, view.direction)),
        gettext(narration.AUDIENCE_WORDS.get(view.audience, view.audience)),
        gettext(narration.CHANNEL_WORDS.get(view.channel, view.channel)),
        words.headline(view),
    )


MESSAGES = Sheet(
    key="messages",
    title=gettext_lazy("Messages"),
    page="cases:message_list",
    read="cases.inside",
    sort="-at",
    filters=_message_filters,
    fetch=by_offset(queries.message_list),
    identify=lambda row: row.view.id,
    count=lambda total: ngettext("%(total)d message", "%(total)d messages", total) % {"total": total},
    empty=either(
        lambda: Empty(gettext("No message matches."), gettext("Take a filter away.")),
        lambda: Empty(gettext("No message yet."), gettext("What is said about a case stands on its page.")),
    ),
    show=_said,
    columns=(
        Column(gettext_lazy("Message"), key="subject", cell=lambda row: row.view.subject_line),
        Column(key="id", name=gettext_lazy("Number"), cell=lambda row: row.view.id),
        case_column(),
        Column(gettext_lazy("With whom"), "audience", key="audience", cell=lambda row: _said(row)[1]),
        Column(gettext_lazy("Channel"), "channel", key="channel", cell=lambda row: _said(row)[2]),
        Column(key="direction", name=gettext_lazy("Direction"), cell=lambda row: _said(row)[0]),
        Column(pgettext_lazy("message", "When"), "at", "-", key="at", cell=lambda row: row.view.at),
        Column(key="text", name=gettext_lazy("Text"), cell=lambda row: row.view.text),
    ),
)


@require_safe
def messages(request: HttpRequest) -> HttpResponse:
    return page(request, MESSAGES, "cases/all_messages.html")
