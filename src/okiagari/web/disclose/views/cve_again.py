"""Buttons that ask CVE Services, or the public address, once more: nothing to type, and back again."""

from collections.abc import Callable
from functools import partial

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from okiagari.disclose.cve import actions
from okiagari.problems import Problem
from okiagari.web.doors import asking, complain, say
from okiagari.web.frame.deeds import NOT_OURS


def _press(request: HttpRequest, act: Callable[[], object], done: str, back: tuple[str, str]) -> HttpResponse:
    try:
        act()
    except Problem as problem:
        if problem.kind in NOT_OURS:
            raise
        told = complain(request, problem)
        messages.error(request, f"{told.message} {told.hint}")
    else:
        say(request, done)
    return redirect(back[0], back[1])


@require_POST
def retry(request: HttpRequest, case_id: str, deed_id: str) -> HttpResponse:
    subject = asking(request)
    done = gettext("Tried again. How it went stands below.")
    return _press(
        request, partial(actions.retry, subject, case_id, deed=deed_id), done, ("disclose:cve", case_id)
    )


@require_POST
def publish(request: HttpRequest, advisory_id: str) -> HttpResponse:
    """Now, what the edition that is out cites."""
    subject = asking(request)
    done = gettext("CVE Services are told. How it went stands below.")
    return _press(
        request,
        partial(actions.publish, subject, advisory_id),
        done,
        ("disclose:cve_of_advisory", advisory_id),
    )


@require_POST
def check(request: HttpRequest, advisory_id: str) -> HttpResponse:
    subject = asking(request)
    done = gettext("Asked. What was seen stands below.")
    return _press(
        request, partial(actions.check, subject, advisory_id), done, ("disclose:cve_of_advisory", advisory_id)
    )
