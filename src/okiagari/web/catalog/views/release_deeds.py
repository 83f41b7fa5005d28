"""Releases of a line: put one at its place, change what it says, its state, its place, its aliases."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext

from okiagari.catalog import actions, queries
from okiagari.catalog.problems import NO_SUCH_RELEASE
from okiagari.catalog.queries import LineView, ReleaseView
from okiagari.desk import permits
from okiagari.web.catalog import forms, words
from okiagari.web.catalog.deeds import Deed, perform
from okiagari.web.doors import asking, seen_version
from okiagari.web.frame.deeds import by_form

FIELDS = ("date", "url", "sha256", "requires")


def _line(request: HttpRequest, key: str) -> LineView:
    permits.require(asking(request), "catalog.change")
    return queries.line(asking(request), key)


def _release(request: HttpRequest, line: LineView) -> ReleaseView:
    """The release named in the address. Raises NO_SUCH_RELEASE."""
    text = request.GET.get("release", "")
    for release in line.releases:
        if release.text == text:
            return release
    raise NO_SUCH_RELEASE(text=text, line=line.key)


def _deed(line: LineView, title: str, button: str, *, text: str = "", intro: str = "") -> Deed:
    return Deed(
        title=title,
        button=button,
        done=gettext("%(name)s is saved.") % {"name": text or line.key},
        back=reverse("catalog:line", args=[line.key]),
        intro=intro,
        version=line.version,
        crumb=line.key,
    )


def _entry(typed: dict[str, Any], text: str) -> dict[str, object]:
    """What was typed, as an entry of a line."""
    entry = {name: str(typed[name]).strip() for name in FIELDS}
    entry["sha256"] = entry["sha256"].lower()
    texts = {name: words.texts(typed, name) for name in ("notes", "public_note")}
    return {"text": text, **entry, "size": typed["size"], **texts}


def new(request: HttpRequest, key: str) -> HttpResponse:
    subject, line = asking(request), _line(request, key)
    texts = [release.text for release in line.releases]
    initial = {"state": "planned", "after": forms.place_after(texts[-1] if texts else "")}
    form = forms.ReleaseForm(request.POST or None, releases=texts, is_new=True, initial=initial)

    def act() -> str:
        typed = form.cleaned_data
        entry = {**_entry(typed, typed["text"].strip()), "state": typed["state"]}
        version = seen_version(request.POST)
        return actions.put_release(
            subject, line.key, entry, after=forms.after_of(typed["after"]), is_new=True, version=version
        )

    return perform(
        request, _deed(line, gettext("Put a release on the line"), gettext("Put it there")), form, act
    )


def edit(request: HttpRequest, key: str) -> HttpResponse:
    subject, line = asking(request), _line(request, key)
    release = _release(request, line)
    initial = {
        "date": str(release.date),
        "url": release.url,
        "sha256": release.sha256,
        "size": release.size,
        "requires": release.requires,
        **words.initial(notes=release.notes, public_note=release.public_note),
    }
    older = [each.text for each in line.releases[: line.releases.index(release)]]
    form = forms.ReleaseForm(request.POST or None, releases=older, is_new=False, initial=initial)
    title = gettext("Change release %(text)s") % {"text": release.text}
    return perform(
        request,
        _deed(line, title, gettext("Save"), text=release.text),
        form,
        lambda: actions.put_release(
            subject,
            line.key,
            _entry(form.cleaned_data, release.text),
            whole=True,
            version=seen_version(request.POST),
        ),
    )


def state(request: HttpRequest, key: str) -> HttpResponse:
    subject, line = asking(request), _line(request, key)
    release = _release(request, line)
    form = forms.StateForm(request.POST or None, initial={"state": release.state})
    title = gettext("State of release %(text)s") % {"text": release.text}
    return perform(
        request,
        _deed(line, title, gettext("Set the state"), text=release.text),
        form,
        by_form(
            form,
            actions.set_release_state,
            subject,
            line.key,
            release.text,
            version=seen_version(request.POST),
        ),
    )


def move(request: HttpRequest, key: str) -> HttpResponse:
    subject, line = asking(request), _line(request, key)
    release = _release(request, line)
    place = line.releases.index(release)
    others = [each.text for each in line.releases if each is not release]
    initial = {"after": forms.place_after(line.releases[place - 1].text if place else "")}
    form = forms.MoveForm(request.POST or None, releases=others, initial=initial)
    title = gettext("Move release %(text)s") % {"text": release.text}

    def act() -> None:
        after, reason = forms.after_of(form.cleaned_data["after"]), form.cleaned_data["reason"]
        version = seen_version(request.POST)
        actions.move_release(subject, line.key, release.text, after=after, reason=reason, version=version)

    return perform(request, _deed(line, title, gettext("Move it"), text=release.text), form, act)


def alias(request: HttpRequest, key: str) -> HttpResponse:
    subject, line = asking(request), _line(request, key)
    release = _release(request, line)
    form = forms.AliasForm(request.POST or None)
    title = gettext("Another text for release %(text)s") % {"text": release.text}
    intro = gettext("Units that report this text count as running the release, also in the past.")
    return perform(
        request,
        _deed(line, title, gettext("Make it an alias"), text=release.text, intro=intro),
        form,
        by_form(form, actions.put_alias, subject, line.key, release.text, version=seen_version(request.POST)),
    )


def unalias(request: HttpRequest, key: str) -> HttpResponse:
    subject, line = asking(request), _line(request, key)
    text = request.GET.get("alias", "")
    form = forms.ReasonForm(request.POST or None)
    title = gettext("“%(alias)s” is no alias after all") % {"alias": text}
    intro = gettext("Units that report this text count as unknown again, also in the past.")
    return perform(
        request,
        _deed(line, title, gettext("Take the alias away"), text=text, intro=intro),
        form,
        lambda: actions.drop_alias(
            subject,
            line.key,
            text,
            reason=form.cleaned_data["reason"],
            version=seen_version(request.POST),
        ),
    )
