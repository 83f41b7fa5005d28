"""The plan of an advisory: what goes where and when, who confirms it, what JPCERT/CC has to hear."""

from collections.abc import Mapping

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from okiagari.disclose import actions, queries
from okiagari.disclose.rules.channels import NAMES, OWN_SITE
from okiagari.disclose.site.jvn import STATUS_WORDS
from okiagari.plumbing.wording import spoken
from okiagari.web.cases.deeds import Deed
from okiagari.web.cases.forms import shown
from okiagari.web.disclose import forms, words
from okiagari.web.disclose.views.deeds import perform
from okiagari.web.doors import asking, instant


@require_safe
def plan(request: HttpRequest, advisory_id: str) -> HttpResponse:
    subject = asking(request)
    view = queries.advisory(subject, advisory_id)
    found = queries.plan(subject, advisory_id)
    own_at = next((each.at for each in found.channels if each.channel == OWN_SITE), None)
    context = {
        "advisory": view,
        "state": words.state(view.state),
        "tone": words.TONES[view.state],
        "plan": found,
        "lines": [_line(each) for each in found.channels],
        "own_at": own_at,
        "differs": [gettext(text) % spoken(parameters) for text, parameters in found.differs],
        "vendor_now": gettext(STATUS_WORDS[found.vendor_status.now]),
        "known": words.known_of(subject, view.cases),
        "jvn": reverse("disclose:preview", args=[view.id, view.languages[0], "jvn"]),
        "may_plan": "write" in view.may or "cancel" in view.may,
        "is_gone": view.withdrawn_at is not None,
    }
    return render(request, "disclose/plan.html", context)


def _line(each: queries.ChannelView) -> Mapping[str, object]:
    return {
        "view": each,
        "name": " · ".join(part for part in (gettext(NAMES[each.channel]), each.name) if part),
        "state": gettext(words.CHANNEL_STATES[each.state]),
        "tone": words.CHANNEL_TONES[each.state],
        "owner": words.who(each.owner),
        "by": words.who(each.confirmed_by),
        "is_own": each.channel == OWN_SITE,
        "is_open": each.channel != OWN_SITE and each.state in {"planned", "due", "open"},
    }


def _asked(request: HttpRequest, advisory_id: str) -> tuple[dict[str, object], queries.ChannelView | None]:
    """The channel the address names, and its line of the plan."""
    channel, name = request.GET.get("channel", ""), request.GET.get("name", "")
    lines = queries.plan(asking(request), advisory_id).channels
    known = next((each for each in lines if (each.channel, each.name) == (channel, name)), None)
    return {"channel": channel, "name": name}, known


def _back(advisory_id: str) -> str:
    return reverse("disclose:plan", args=[advisory_id])


def put(request: HttpRequest, advisory_id: str) -> HttpResponse:
    subject = asking(request)
    initial, known = _asked(request, advisory_id)
    if known is not None:
        owner = known.owner.key if known.owner else ""
        initial |= {"at": shown(known.planned_at), "agreed_with": known.agreed_with, "owner": owner}
        initial["note"] = known.note
    form = forms.PlanForm(request.POST or None, initial=initial, people=words.people(subject))
    deed = Deed(
        title=gettext("Plan a channel"),
        button=gettext("Keep the plan"),
        done=gettext("The plan is kept. When its time comes, it waits on the desk until it is confirmed."),
        back=_back(advisory_id),
        intro=gettext("JVN and CVE publish on their own clock; nothing of ours waits for them."),
    )

    def act() -> None:
        given = form.cleaned_data
        texts = {name: given[name] for name in ("channel", "name", "owner", "agreed_with", "note")}
        actions.plan_channel(subject, advisory_id, at=instant(request.POST, "at"), **texts)

    about = {"advisory": queries.advisory(subject, advisory_id)}
    return perform(request, deed, form, act, **about)


def confirm(request: HttpRequest, advisory_id: str) -> HttpResponse:
    subject = asking(request)
    initial, _ = _asked(request, advisory_id)
    form = forms.ConfirmForm(request.POST or None, initial=initial)
    deed = Deed(
        title=gettext("Confirm that it is out"),
        button=gettext("Confirm it"),
        done=gettext("Confirmed."),
        back=_back(advisory_id),
        intro=gettext(
            "If it was out before our own page, that is noted on the cases as “published elsewhere” and asks"
            " for a decision."
        ),
    )

    def act() -> None:
        given = form.cleaned_data
        texts = {name: given[name] for name in ("channel", "name", "address", "evidence")}
        actions.confirm_channel(subject, advisory_id, at=instant(request.POST, "at"), **texts)

    about = {"advisory": queries.advisory(subject, advisory_id)}
    return perform(request, deed, form, act, **about)


def drop(request: HttpRequest, advisory_id: str) -> HttpResponse:
    subject = asking(request)
    initial, _ = _asked(request, advisory_id)
    form = forms.DropForm(request.POST or None, initial=initial)
    deed = Deed(
        title=gettext("Take the channel out of the plan"),
        button=gettext("Take it out"),
        done=gettext("It is out of the plan."),
        back=_back(advisory_id),
    )

    def act() -> None:
        given = form.cleaned_data
        texts = {name: given[name] for name in ("channel", "name", "reason")}
        actions.drop_channel(subject, advisory_id, **texts)

    about = {"advisory": queries.advisory(subject, advisory_id)}
    return perform(request, deed, form, act, **about)
