"""The keys that sign what is published: how they stand, what is next, the deeds that need no secret."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.views.decorators.http import require_safe

from okiagari.desk import permits
from okiagari.disclose import queries
from okiagari.disclose.actions import keys as actions
from okiagari.disclose.keys.holding import LARGEST
from okiagari.disclose.keys.problems import NO_SUCH_KEY
from okiagari.disclose.keys.ring import ELSEWHERE
from okiagari.disclose.queries import KeysView, KeyView
from okiagari.web.cases.deeds import Deed
from okiagari.web.disclose import forms, words
from okiagari.web.disclose.views.deeds import perform
from okiagari.web.doors import asking
from okiagari.web.frame.values import Empty

DEEDS = {"make": "disclose:make_key", "rotate": "disclose:rotate_key", "bring": "disclose:bring_key"}


@require_safe
def keys(request: HttpRequest) -> HttpResponse:
    subject = asking(request)
    view = queries.keys(subject)
    may_keep = permits.may(subject, "keys.keep")
    names = {
        "make": gettext("Make the key"),
        "rotate": gettext("Put a new key in its place"),
        "bring": gettext("Bring a key"),
    }
    context = {
        "view": view,
        "standing": _standing(view),
        "step": gettext(view.step.text) % view.step.parameters,
        "is_now": view.step.is_urgent or view.step.code in DEEDS,
        "deed": (names[view.step.code], reverse(DEEDS[view.step.code]))
        if may_keep and view.step.code in DEEDS
        else (),
        "notes": _notes(view),
        "may_keep": may_keep,
        "may_bring": may_keep and view.can_bring and view.step.code != "bring",
        "may_rotate": may_keep and view.can_make and view.signing and view.step.code == "wait",
        "keys": [_shown(each) for each in view.keys],
        "empty": Empty(
            gettext("No key yet."),
            gettext("With a key, clients can tell what is yours from what somebody else put in its place."),
        ),
    }
    return render(request, "disclose/keys.html", context)


def _standing(view: KeysView) -> str:
    count = sum(each.signatures for each in view.keys)
    if not view.signing:
        return gettext("Nothing that is published is signed.")
    if not count:
        return gettext("Nothing is published yet. The key signs from the first publication on.")
    return ngettext(
        "What is published carries %(count)s signature.",
        "What is published carries %(count)s signatures.",
        count,
    ) % {"count": f"{count:,}"}


def _notes(view: KeysView) -> list[tuple[str, bool]]:
    """What runs out; that there is no key stands above already."""
    return [
        (gettext(each.text) % each.parameters, each.is_urgent) for each in view.notes if each.code != "plain"
    ]


def _shown(view: KeyView) -> dict[str, object]:
    state = "over" if view.state == "signs" and view.ends == "over" else view.state
    prints = [view.fingerprint[at : at + 4] for at in range(0, len(view.fingerprint), 4)]
    return {
        "view": view,
        "prints": " ".join(prints),
        "state": gettext(words.KEY_STATES[state]),
        "tone": words.KEY_TONES[state],
        "held": gettext(words.HELD[view.held]),
        "ends": gettext(words.KEY_ENDS[view.ends]) if view.ends else "",
    }


@require_safe
def public_key(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """The public key as a file."""
    response = HttpResponse(
        queries.public_key(asking(request), fingerprint), content_type="application/pgp-keys"
    )
    response["Content-Disposition"] = f'attachment; filename="{fingerprint[-16:]}.asc"'
    return response


def make(request: HttpRequest) -> HttpResponse:
    subject = asking(request)
    permits.require(subject, "keys.keep")
    deed = Deed(
        title=gettext("Make the signing key"),
        button=gettext("Make the key"),
        done=gettext("The key signs. Everything published carries its signature."),
        back=reverse("disclose:keys"),
        intro=gettext(
            "It is locked with the passphrase of the installation and never leaves it. Back up the folder"
            " “keys” of the data folder and the passphrase, apart from one another."
        ),
    )
    form = forms.KeyForm(request.POST or None, initial={"name": queries.keys(subject).name})

    def act() -> None:
        actions.make(subject, name=form.cleaned_data["name"], years=form.cleaned_data["years"])

    return perform(request, deed, form, act)


def bring(request: HttpRequest) -> HttpResponse:
    """A key made elsewhere: public, or protected by a passphrase that this form never asks for."""
    subject = asking(request)
    permits.require(subject, "keys.keep")
    view = queries.keys(subject)
    deed = Deed(
        title=gettext("Bring a key"),
        button=gettext("Bring it and sign everything with it"),
        done=gettext("The key signs. Everything published carries its signature."),
        back=reverse("disclose:keys"),
        intro=" ".join(
            (
                gettext(
                    "The key that signs now is replaced and stays listed. If that fails, it goes on signing."
                )
                if view.signing
                else gettext("Everything that is published is signed with it at once."),
                gettext(
                    "An unprotected secret key is not taken here: bring it on the server with"
                    " “okiagari keys import”."
                ),
            )
        ),
    )
    initial = {"instead_of": view.signing, "held": ELSEWHERE if not view.can_make else ""}
    form = forms.BringForm(request.POST or None, request.FILES or None, initial=initial)

    def act() -> None:
        given = form.cleaned_data
        actions.receive(
            subject,
            given["key"].read(LARGEST + 1),
            is_public=given["held"] == ELSEWHERE,
            instead_of=given["instead_of"],
        )

    return perform(request, deed, form, act)


def rotate(request: HttpRequest) -> HttpResponse:
    subject = asking(request)
    permits.require(subject, "keys.keep")
    view = queries.keys(subject)
    deed = Deed(
        title=gettext("Put a new key in its place"),
        button=gettext("Put it in place and sign everything again"),
        done=gettext("The new key signs. Everything published carries its signature."),
        back=reverse("disclose:keys"),
        intro=gettext(
            "A new key is made, everything published is signed again, and the public site switches over at"
            " once. If that fails, the old key goes on signing. With many advisories it takes a while."
        ),
    )
    form = forms.RotateForm(request.POST or None, initial={"name": view.name, "instead_of": view.signing})

    def act() -> None:
        given = form.cleaned_data
        actions.rotate(
            subject,
            instead_of=given["instead_of"],
            name=given["name"],
            years=given["years"],
            unlist=given["why"] == forms.LOST,
        )

    return perform(request, deed, form, act)


def retire(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """Of a key that rests: show it no longer. Of the one that signs: sign no more."""
    subject = asking(request)
    permits.require(subject, "keys.keep")
    kept = next((each for each in queries.keys(subject).keys if each.fingerprint == fingerprint), None)
    if kept is None:
        raise NO_SUCH_KEY(fingerprint=fingerprint)
    signs = kept.state == "signs"
    stopping = gettext(
        "What is published goes out unsigned from now on: that of a CSAF provider, no longer of a trusted"
        " one. The secret part is removed for good; the public key stays listed."
    )
    hiding = gettext(
        "Nobody can check any more what people saved with signatures of this key. Do this only where it fell"
        " into wrong hands. What is published now is signed by another key and not touched."
    )
    deed = Deed(
        title=gettext("Stop signing") if signs else gettext("Show the key no longer"),
        button=gettext("Stop signing") if signs else gettext("Show it no longer"),
        done=gettext("What is published is unsigned.") if signs else gettext("The key is no longer shown."),
        back=reverse("disclose:keys"),
        intro=stopping if signs else hiding,
    )
    form = forms.RetireForm(request.POST or None)

    def act() -> None:
        actions.retire(subject, fingerprint, unlist=not signs, stop_signing=signs)

    return perform(request, deed, form, act, key=_shown(kept))
