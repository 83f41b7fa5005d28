"""The deeds on an advisory, one page each: draft, submit, approve, send back, publish, cancel, withdraw."""

from collections.abc import Callable, Mapping, Sequence

from django import forms as django_forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from okiagari.cases import queries as cases
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.disclose import actions, queries
from okiagari.disclose.queries import AdvisoryRow
from okiagari.web.cases.deeds import Deed
from okiagari.web.disclose import forms, words
from okiagari.web.doors import asking, local_text, say, seen_version
from okiagari.web.frame import deeds as sending


def perform(
    request: HttpRequest,
    deed: Deed,
    form: django_forms.Form,
    act: Callable[[], str | None],
    **more: object,
) -> HttpResponse:
    """Show the form, or do it and go where it leads."""
    sent = sending.send(request, form, act)
    if sent.is_done:
        say(request, deed.done)
        return redirect(str(sent.result or deed.back))
    context = {"deed": deed, "form": form, "problem": sent.problem, **more}
    return render(request, "disclose/deed.html", context, status=sent.status)


def _about(request: HttpRequest, advisory_id: str) -> Mapping[str, object]:
    view = queries.advisory(asking(request), advisory_id)
    version = seen_version(request.POST) if request.method == "POST" else view.version
    return {"advisory": view, "version": version, "state": words.state(view.state)}


def _back(advisory_id: str) -> str:
    return reverse("disclose:advisory", args=[advisory_id])


def new(request: HttpRequest) -> HttpResponse:
    """Draft an advisory; ``?case=`` says of which cases."""
    subject = asking(request)
    permits.require(subject, "disclose.draft")
    given = request.GET.getlist("case")
    initial: dict[str, object] = {"cases": " ".join(given)}
    if given and request.method != "POST":
        title = cases.case(subject, given[0]).title
        initial |= {f"title_{language}": text for language, text in title.texts.items()}
    form = forms.DraftForm(request.POST or None, initial=initial)
    back = reverse("disclose:of_case", args=[given[0]]) if given else reverse("disclose:advisories")
    deed = Deed(
        title=gettext("Draft an advisory"),
        button=gettext("Draft it"),
        done=gettext("The advisory is drafted. Now write its words."),
        back=back,
        intro=gettext(
            "Products, versions, fixes and measures are drawn from the case; you write only the words."
        ),
    )

    def act() -> str:
        advisory_id = actions.draft(
            subject,
            cases=form.cleaned_data["cases"].replace(",", " ").split(),
            title=local_text(request.POST, "title"),
            kind=form.cleaned_data["kind"],
            languages=form.cleaned_data["languages"],
            tracking_id=form.cleaned_data["tracking_id"],
        )
        return _back(advisory_id)

    return perform(request, deed, form, act)


def submit(request: HttpRequest, advisory_id: str) -> HttpResponse:
    subject = asking(request)
    desk = queries.desk(subject, advisory_id)
    required = [item for item in desk.missing if item.is_required]
    deed = Deed(
        title=gettext("Submit for approval"),
        button=gettext("Submit it"),
        done=gettext("The approvers see it now."),
        back=_back(advisory_id),
        intro=gettext("The approvers are let into its cases, to see what they approve."),
    )
    lacking = [
        (gettext(item.label), item.of, words.LANGUAGE_WORDS.get(item.language, "")) for item in required
    ]
    return perform(
        request,
        deed,
        forms.SubmitForm(request.POST or None),
        lambda: _done(
            actions.submit(
                subject,
                advisory_id,
                version=seen_version(request.POST),
                reason=request.POST.get("reason", ""),
            )
        ),
        **_about(request, advisory_id),
        lacking=lacking,
        goes_out=words.languages(desk.now.languages),
    )


def _done(_: object) -> None:
    """What an action returns leads nowhere."""


def approve(request: HttpRequest, advisory_id: str) -> HttpResponse:
    """Approve what the page showed: its hash comes with the form."""
    subject = asking(request)
    seen = queries.snapshot_now(subject, advisory_id)
    deed = Deed(
        title=gettext("Approve the advisory"),
        button=gettext("Approve it"),
        done=gettext("Approved. It can be published now."),
        back=_back(advisory_id),
        intro=gettext("You approve exactly what the preview shows. Any change after this asks again."),
    )
    form = forms.ApproveForm(request.POST or None, initial={"snapshot": seen.sha256})
    return perform(
        request,
        deed,
        form,
        lambda: actions.approve(
            subject,
            advisory_id,
            snapshot=form.cleaned_data["snapshot"],
            note=form.cleaned_data["note"],
        ),
        **_about(request, advisory_id),
        seal=seen,
    )


def send_back(request: HttpRequest, advisory_id: str) -> HttpResponse:
    subject = asking(request)
    deed = Deed(
        title=gettext("Send it back"),
        button=gettext("Send it back"),
        done=gettext("Its authors see your note."),
        back=_back(advisory_id),
    )
    form = forms.NoteForm(request.POST or None)
    return perform(
        request,
        deed,
        form,
        lambda: actions.send_back(subject, advisory_id, note=form.cleaned_data["note"]),
        **_about(request, advisory_id),
    )


def publish(request: HttpRequest, advisory_id: str) -> HttpResponse:
    subject = asking(request)
    about = _about(request, advisory_id)
    view = queries.advisory(subject, advisory_id)
    agreed = [cases.case(subject, case_id).embargo for case_id in view.cases]
    desk = queries.desk(subject, advisory_id)
    form = forms.PublishForm(request.POST or None, zones=[each.zone for each in agreed if each])
    if request.method != "POST" and not any(each and each.holds for each in agreed):
        del form.fields["reason"]
    deed = Deed(
        title=gettext("Publish the advisory"),
        button=gettext("Publish it"),
        done=gettext("Done. The publications below say what is live and what waits."),
        back=_back(advisory_id),
        intro=gettext("The whole site is written anew and switched to at once: pages, feeds and documents."),
    )
    return perform(
        request,
        deed,
        form,
        lambda: actions.publish(
            subject,
            advisory_id,
            at=form.planned(),
            summary=local_text(request.POST, "summary"),
            reason=form.cleaned_data["reason"],
        ),
        **about,
        embargoes=[each for each in agreed if each and each.holds],
        goes_out=words.languages(desk.now.languages),
        proposed=[(words.LANGUAGE_WORDS[each], desk.proposed.exact(each)) for each in desk.now.languages],
    )


def cancel(request: HttpRequest, advisory_id: str) -> HttpResponse:
    subject = asking(request)
    deed = Deed(
        title=gettext("Cancel the publication"),
        button=gettext("Cancel the publication"),
        done=gettext("The publication is cancelled; the approval stays."),
        back=_back(advisory_id),
    )
    form = forms.ReasonForm(request.POST or None)
    return perform(
        request,
        deed,
        form,
        lambda: actions.cancel_publication(subject, advisory_id, reason=form.cleaned_data["reason"]),
        **_about(request, advisory_id),
    )


def _published(subject: Subject) -> Sequence[AdvisoryRow]:
    """The newest of what is out, to choose from."""
    return queries.advisories(subject, state="published", is_counted=False).items


def withdraw(request: HttpRequest, advisory_id: str) -> HttpResponse:
    subject = asking(request)
    deed = Deed(
        title=gettext("Withdraw the advisory"),
        button=gettext("Withdraw it"),
        done=gettext("The advisory is withdrawn."),
        back=_back(advisory_id),
        intro=gettext(
            "A published one stays at its address and says that it was withdrawn; why stays inside."
        ),
        is_danger=True,
    )
    form = forms.WithdrawForm(request.POST or None)
    return perform(
        request,
        deed,
        form,
        lambda: actions.withdraw(subject, advisory_id, **form.cleaned_data),
        **_about(request, advisory_id),
        offered=[each for each in _published(subject) if each.id != advisory_id],
    )
