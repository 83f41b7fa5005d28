"""The product security specification: its items, how each came to say what it says, changing one."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.learn import actions, queries
from okiagari.learn.queries import SpecItemView
from okiagari.web.cases.forms import texts
from okiagari.web.cases.words import best
from okiagari.web.catalog.deeds import Deed, perform
from okiagari.web.doors import asking, local_text, seen_version
from okiagari.web.learn.forms import SpecEndForm, SpecForm


@require_safe
def items(request: HttpRequest) -> HttpResponse:
    subject = asking(request)
    found = queries.specification(subject)
    context = {
        "rows": tuple(each for each in found if each.is_in_force),
        "withdrawn": tuple(each for each in found if not each.is_in_force),
        "open": queries.promises(subject, area="specification", state="open"),
        "late": queries.promises(subject, area="specification", state="late"),
        "may_change": permits.may(subject, "learn.specify"),
    }
    return render(request, "learn/specification.html", context)


@require_safe
def item(request: HttpRequest, key: str) -> HttpResponse:
    """One item with its history."""
    subject = asking(request)
    context = {"item": queries.spec_item(subject, key), "may_change": permits.may(subject, "learn.specify")}
    return render(request, "learn/spec_item.html", context)


def add(request: HttpRequest) -> HttpResponse:
    subject = asking(request)
    permits.require(subject, "learn.specify")
    form = SpecForm(request.POST or None, promises=_promises(subject), is_new=True)
    deed = Deed(
        title=gettext("Add an item to the specification"),
        button=gettext("Put it in force"),
        done=gettext("The item is in force."),
        back=reverse("learn:specification"),
    )
    return _put(request, deed, form, request.POST.get("key", "").strip(), seen=0)


def change(request: HttpRequest, key: str) -> HttpResponse:
    subject = asking(request)
    permits.require(subject, "learn.specify")
    found = queries.spec_item(subject, key)
    initial = {
        **texts(title=found.now.title, text=found.now.text),
        "references": "\n".join(found.now.references),
    }
    initial["because"] = request.GET.get("because", "")
    form = SpecForm(request.POST or None, initial=initial, promises=_promises(subject), is_new=False)
    deed = Deed(
        title=gettext("Change an item of the specification"),
        button=gettext("Put the new version in force"),
        done=gettext("The new version is in force."),
        back=reverse("learn:spec_item", args=[key]),
        intro=best(found.now.title),
        version=found.now.version,
    )
    return _put(request, deed, form, key, seen=seen_version(request.POST))


def _put(request: HttpRequest, deed: Deed, form: SpecForm, key: str, *, seen: int | None) -> HttpResponse:
    subject = asking(request)

    def act() -> None:
        actions.put_spec_item(
            subject,
            key,
            title=local_text(request.POST, "title"),
            text=local_text(request.POST, "text"),
            references=request.POST.get("references", "").splitlines(),
            reason=request.POST.get("reason", ""),
            because=request.POST.get("because", ""),
            version=seen,
        )

    return perform(request, deed, form, act)


def withdraw(request: HttpRequest, key: str) -> HttpResponse:
    subject = asking(request)
    permits.require(subject, "learn.specify")
    found: SpecItemView = queries.spec_item(subject, key)
    form = SpecEndForm(request.POST or None)
    deed = Deed(
        title=gettext("Withdraw an item of the specification"),
        button=gettext("Withdraw it"),
        done=gettext("The item no longer counts."),
        back=reverse("learn:spec_item", args=[key]),
        intro=best(found.now.title),
        version=found.now.version,
    )

    def act() -> None:
        actions.withdraw_spec_item(
            subject, key, reason=request.POST.get("reason", ""), version=seen_version(request.POST)
        )

    return perform(request, deed, form, act)


def _promises(subject: Subject) -> tuple[tuple[str, str], ...]:
    """Promises on the specification that may have led to a change."""
    found = queries.promises(subject, area="specification")
    return tuple((each.id, f"{best(each.text)} ({each.case_id})") for each in found)
