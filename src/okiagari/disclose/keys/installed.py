"""The keys of this installation, as its environment names them, and who signs the next tree."""

from pathlib import Path

from django.conf import settings

from okiagari.disclose.keys import standing
from okiagari.disclose.keys.holding import Holder
from okiagari.disclose.keys.ring import HERE
from okiagari.disclose.keys.standing import Means, Note
from okiagari.disclose.site.entries import Site
from okiagari.disclose.site.provider import Signing
from okiagari.disclose.site.tree import CURRENT
from okiagari.plumbing import clock
from okiagari.problems import Problem
from okiagari.standards.provider import layout, security_txt


def holder() -> Holder:
    environment = settings.ENVIRONMENT
    return Holder.at(
        environment.data,
        environment.key_passphrase,
        environment.sign_command,
        environment.clearsign_command,
    )


def notes() -> tuple[Note, ...]:
    """What is missing, and what runs out soon."""
    tree = Path(settings.ENVIRONMENT.site_dir) / CURRENT
    try:
        expires = security_txt.read((tree / layout.SECURITY_TXT).read_bytes()).expires
    except OSError:
        expires = None
    try:
        ring = holder().folder.read()
    except Problem as problem:
        return (Note("lost", problem.definition.message, problem.parameters, is_urgent=True),)
    return tuple(standing.notes(ring, has_tree=tree.exists(), text_expires=expires, now=clock.now()))


def means() -> Means:
    """What this process can sign with: a command is not run to find out, a passphrase is tried."""
    ring = holder()
    try:
        kept = ring.folder.read().signing
        opens = kept is not None and kept.held == HERE and ring.opens(kept)
    except Problem:
        opens = False
    return Means(ring.is_ready, bool(ring.command), opens)


def name_of(site: Site) -> str:
    """What a key is called by itself: the maker and its address; "" where it has none."""
    names = site.publisher.name
    named = names.get("en") or names.get("ja") or "PSIRT"
    return f"{named} <{site.contact}>" if "@" in site.contact else ""


def signing() -> Signing:
    """Who signs the next tree. Raises what `Holder.signing` raises."""
    return holder().signing()
