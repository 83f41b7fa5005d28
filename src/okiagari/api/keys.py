"""Signing keys: how they stand, bringing one, rotation, retirement. No passphrase comes in, a secret key only
under one, and neither goes out."""

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.utils.translation import gettext
from ninja import Router, Schema

from okiagari.api.base import answer, asking, idempotent
from okiagari.disclose import queries
from okiagari.disclose.actions import keys as actions
from okiagari.disclose.keys.standing import Note
from okiagari.plumbing.plain import plain

router = Router()


class KeyIn(Schema):
    """Without a name the key is called by the maker and its contact address."""

    name: str = ""
    years: int = actions.YEARS


class RotateIn(KeyIn):
    """`instead_of`: the fingerprint that signs as you saw it. `unlist`: the old one fell into wrong hands."""

    instead_of: str
    unlist: bool = False


class BroughtIn(Schema):
    """`key`: armored; the secret one protected by the passphrase of the installation, or, with `is_public`,
    the public one of a key that a command signs with. `instead_of`: the fingerprint that signs as you saw it,
    empty where none does."""

    key: str
    is_public: bool = False
    instead_of: str = ""


@router.get("/keys", operation_id="list_keys", response=dict[str, Any])
def keys(request: HttpRequest) -> HttpResponse:
    """Every key, the one that signs first; what to do next; what is missing or runs out."""
    view = queries.keys(asking(request))
    return answer(
        {
            "items": plain(view.keys),
            "signing": view.signing,
            "next": _note(view.step),
            "notes": [_note(each) for each in view.notes],
        }
    )


def _note(note: Note) -> dict[str, Any]:
    text = gettext(note.text) % note.parameters
    return {"code": note.code, "text": text, "is_urgent": note.is_urgent}


@router.post("/keys/rotate", operation_id="rotate_key", response={201: dict[str, Any]})
@idempotent
def rotate(request: HttpRequest, body: RotateIn) -> HttpResponse:
    """A new key in the place of the one that signs; everything published is signed again."""
    made = actions.rotate(
        asking(request),
        instead_of=body.instead_of,
        name=body.name,
        years=body.years,
        unlist=body.unlist,
    )
    return answer({"fingerprint": made}, status=201)


@router.post("/keys/bring", operation_id="bring_key", response={201: dict[str, Any]})
@idempotent
def bring(request: HttpRequest, body: BroughtIn) -> HttpResponse:
    """A key made elsewhere signs from now on; everything published is signed with it. The key that signs may
    come again with another end."""
    made = actions.receive(
        asking(request), body.key.encode(), is_public=body.is_public, instead_of=body.instead_of
    )
    return answer({"fingerprint": made}, status=201)


@router.post("/keys", operation_id="make_key", response={201: dict[str, Any]})
@idempotent
def make(request: HttpRequest, body: KeyIn) -> HttpResponse:
    """Make the key that signs, where none does; everything published is signed."""
    made = actions.make(asking(request), name=body.name, years=body.years)
    return answer({"fingerprint": made}, status=201)


@router.get("/keys/{fingerprint}", operation_id="read_public_key", response=dict[str, Any])
def public_key(request: HttpRequest, fingerprint: str) -> HttpResponse:
    """The public key, armored, as it is published."""
    armored = queries.public_key(asking(request), fingerprint).decode()
    return answer({"fingerprint": fingerprint.upper(), "public_key": armored})


@router.delete("/keys/{fingerprint}", operation_id="retire_key", response={204: None})
def retire(
    request: HttpRequest, fingerprint: str, unlist: bool = False, stop_signing: bool = False
) -> HttpResponse:
    """Remove the secret part for good; `unlist` shows the public one no longer, too."""
    actions.retire(asking(request), fingerprint, unlist=unlist, stop_signing=stop_signing)
    return HttpResponse(status=204)
