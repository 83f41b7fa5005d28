"""Signing keys as deeds of somebody: made, brought, rotated, retired. What is published follows at once.

In: who does it, and public values alone; the passphrase is the environment's. Out: the fingerprint. The line
in the ledger is written with the ring, before the tree: where the tree cannot follow, the ring is put back,
and that is a line, too.
"""

from collections.abc import Callable
from datetime import timedelta

from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.disclose import publisher
from okiagari.disclose.keys import problems
from okiagari.disclose.keys.holding import Holder
from okiagari.disclose.keys.installed import holder, name_of
from okiagari.disclose.keys.ring import Kept
from okiagari.plumbing import ledger
from okiagari.problems import Kind, Problem
from okiagari.standards import openpgp

STREAM = ("desk", "keys")
YEARS, MOST_YEARS = 3, 10


def make(subject: Subject, *, name: str = "", years: int = YEARS) -> str:
    """The key that signs from now on, where none does yet; everything published is signed."""

    def deed(ring: Holder) -> Kept:
        return ring.create(_called(name), _lasting(years))

    return _done(subject, "made", deed)


def bring(subject: Subject, data: bytes, *, is_public: bool = False, instead: bool = False) -> str:
    """A key made elsewhere. `is_public`: its secret part stays there, and a command signs."""

    def deed(ring: Holder) -> Kept:
        return ring.bring(data, is_public=is_public, instead=instead)

    return _done(subject, "brought", deed, instead=instead)


def receive(subject: Subject, data: bytes, *, is_public: bool = False, instead_of: str = "") -> str:
    """A key that came over the network: public, or protected by the passphrase that this house has, so that
    nobody on the way can read it, and nobody who does not know the passphrase can bring one of their own.

    `instead_of`: the fingerprint somebody saw signing, "" for none. Raises OTHER_SIGNS, UNPROTECTED.
    """

    def deed(ring: Holder) -> Kept:
        before = ring.folder.read().signing
        _require_seen(before, instead_of)
        try:
            if not is_public and openpgp.has_secret(data) and not openpgp.is_protected(data):
                raise problems.UNPROTECTED()
            return ring.bring(data, is_public=is_public, instead=before is not None)
        except Problem as problem:
            raise problem.at("key") if problem.kind is Kind.INVALID else problem from None
        except openpgp.OpenPgpError as error:
            raise problems.NOT_A_KEY(why=error).at("key") from None

    return _done(subject, "brought", deed, instead=bool(instead_of))


def rotate(
    subject: Subject, *, instead_of: str = "", name: str = "", years: int = YEARS, unlist: bool = False
) -> str:
    """A new key in the place of the one that signs; everything published is signed again.

    `instead_of`: the fingerprint somebody saw signing; where another signs by now, nothing happens.
    `unlist`: the old one fell into wrong hands and is shown no longer.
    """

    def deed(ring: Holder) -> Kept:
        before = ring.folder.read().signing
        if instead_of:
            _require_seen(before, instead_of)
        made = ring.create(_called(name), _lasting(years), instead=True)
        if before and unlist:
            ring.retire(before.fingerprint, unlist=True)
        return made

    return _done(subject, "rotated", deed, unlisted=unlist)


def retire(subject: Subject, fingerprint: str, *, unlist: bool = False, stop_signing: bool = False) -> str:
    """Remove the secret part for good. `unlist`: the public one is shown no longer, too."""

    def deed(ring: Holder) -> Kept:
        return ring.retire(fingerprint, stop_signing=stop_signing, unlist=unlist)

    return _done(subject, "retired", deed, unlisted=unlist)


def _require_seen(signing: Kept | None, seen: str) -> None:
    """Does the key sign that somebody saw signing? Raises OTHER_SIGNS."""
    if signing is not None and signing.fingerprint != seen.upper():
        raise problems.OTHER_SIGNS(fingerprint=signing.fingerprint)


def _done(subject: Subject, verb: str, deed: Callable[[Holder], Kept], **facts: object) -> str:
    """One deed at a time. Where the tree cannot be written anew, ring and tree are as before."""
    permits.require(subject, "keys.keep")
    ring = holder()
    with ring.one_deed():
        signing = ring.folder.read().signing
        before = signing.fingerprint if signing else ""
        with ring.undone_on_failure():
            kept = deed(ring)
            _tell(subject, verb, {"fingerprint": kept.fingerprint, "before": before, **facts})
            _publish_anew(subject, before)
        ring.forget_rotated()
    return kept.fingerprint


def _publish_anew(subject: Subject, before: str) -> None:
    try:
        if publisher.has_tree():
            publisher.refresh()
    except BaseException as error:
        why = error.code if isinstance(error, Problem) else type(error).__name__
        _tell(subject, "put_back", {"fingerprint": before, "why": why})
        raise


def _tell(subject: Subject, verb: str, facts: dict[str, object]) -> None:
    with ledger.action():
        ledger.append(STREAM, subject=subject, verb=f"keys.{verb}", facts=facts)


def _lasting(years: int) -> timedelta:
    if not 1 <= years <= MOST_YEARS:
        raise problems.YEARS(most=MOST_YEARS).at("years")
    return timedelta(days=365 * years)


def _called(name: str) -> str:
    """What the key is called: as somebody says, else the maker with its contact address."""
    said = " ".join(name.split()) or name_of(publisher.site())
    if not said:
        raise problems.NAMELESS().at("name")
    return said
