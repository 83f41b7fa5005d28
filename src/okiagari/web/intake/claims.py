"""A report that claims to belong to another conversation: a person says whether it does."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from okiagari.intake import actions, queries
from okiagari.web.doors import asking, say


@require_POST
def confirm(request: HttpRequest, report_id: str) -> HttpResponse:
    """It does: its words go there, and this report is closed."""
    subject = asking(request)
    view = queries.report(subject, report_id)
    reason = gettext("Belongs to %(number)s.") % {"number": view.claims}
    actions.confirm_claim(subject, view.id, reason=reason)
    say(request, reason)
    return redirect(reverse("intake:report", args=[view.id]))


@require_POST
def dismiss(request: HttpRequest, report_id: str) -> HttpResponse:
    """It does not: it is a report of its own."""
    subject = asking(request)
    view = queries.report(subject, report_id)
    actions.dismiss_claim(subject, view.id)
    say(request, gettext("It stays a report of its own."))
    return redirect(reverse("intake:report", args=[view.id]))
