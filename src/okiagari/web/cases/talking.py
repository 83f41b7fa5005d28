"""What the Messages tab shows: conversations by contact, those with reporters, promises, answers.

In: the subject and a case. Out: the context of ``cases/parts/talk.html``, in the reader's language.
"""

from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext

from okiagari.cases import queries
from okiagari.cases.narration import AUDIENCE_WORDS, CHANNEL_WORDS, DIRECTION_WORDS
from okiagari.cases.talks import ConversationView, MessageView
from okiagari.cases.values import CaseView
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.intake import queries as reports
from okiagari.problems import gettext_noop
from okiagari.web.cases import words

DELIVERY_WORDS = {
    "queued": gettext_noop("is being sent"),
    "sent": gettext_noop("sent by mail"),
    "failed": gettext_noop("did not arrive"),
    "by_hand": gettext_noop("to be copied and sent by hand"),
    "sent_by_hand": gettext_noop("sent by hand"),
    "not_sent": gettext_noop("not sent"),
}


def shown(subject: Subject, case: CaseView) -> dict[str, object]:
    """The context. From outside nothing but the conversations of one's own organisation."""
    talks = tuple(_talk(case, each) for each in queries.conversations(subject, case.id))
    if case.is_seen_from_outside:
        return {"talks": talks, "reporters": (), "promises": (), "answers": ()}
    return {
        "talks": talks,
        "reporters": _reporters(subject, case),
        "promises": _promises(subject, case),
        "answers": queries.answers(subject, case.id),
    }


def _talk(case: CaseView, each: ConversationView) -> dict[str, object]:
    audience, name = gettext(AUDIENCE_WORDS[each.audience]), words.best(each.name)
    key = each.organisation.key if each.organisation else each.counterpart or each.address
    query = urlencode({"to": f"{each.audience}:{key}"})
    return {
        "audience": audience,
        "name": name if name != audience else "",
        "waiting": each.waiting,
        "href": f"{reverse('cases:letter_new', args=[case.id])}?{query}",
        "messages": tuple(_message(message) for message in each.messages),
    }


def _message(each: MessageView) -> dict[str, object]:
    state = each.delivery.state if each.delivery else ""
    return {
        "view": each,
        "direction": gettext(DIRECTION_WORDS[each.direction]),
        "channel": gettext(CHANNEL_WORDS[each.channel]),
        "by": words.who(each.by) if each.by else None,
        "delivery": gettext(DELIVERY_WORDS[state]) if state else "",
        "is_by_hand": state in ("by_hand", "failed"),
    }


def _reporters(subject: Subject, case: CaseView) -> tuple[dict[str, object], ...]:
    """Conversations with reporters, where the reader may read the report; never who they are."""
    if not permits.may(subject, "intake.read"):
        return ()
    found = reports.reports_of_case(subject, case.id)
    views = [reports.report(subject, row.id) for row in found]
    return tuple({"report": view, "messages": _said(view)} for view in views)


def _said(view: reports.ReportView) -> tuple[tuple[reports.MessageView, str], ...]:
    """What was said with a reporter, each with how its letter stands."""
    return tuple(
        (each, gettext(DELIVERY_WORDS[each.delivery]) if each.delivery else "") for each in view.messages
    )


def _promises(subject: Subject, case: CaseView) -> tuple[dict[str, object], ...]:
    """What we said we would do, and until when."""
    running = queries.clocks(subject, case.id, is_running=True)
    return tuple(
        {
            "name": words.best(each.label) or gettext(each.title),
            "due": each.due,
            "href": reverse("cases:clock", args=[case.id, each.id]),
        }
        for each in running
        if each.rule == "promise" and each.due
    )
