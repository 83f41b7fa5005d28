"""What one does with keys: create, bring, rotate, retire. The ring changes; publishing again is the caller's.

Secret keys come in and are locked at once; none goes out. A rotated key stays listed, so that what people
saved with its signatures can still be checked, and its secret part is removed once the new tree is out.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import msgspec

from okiagari.disclose.keys import problems
from okiagari.disclose.keys.hook import Hook
from okiagari.disclose.keys.ring import ELSEWHERE, HERE, LISTED, SIGNS, UNLISTED, Folder, Kept, Ring
from okiagari.disclose.site.provider import Signing
from okiagari.plumbing import clock
from okiagari.problems import Problem
from okiagari.standards import openpgp
from okiagari.standards.openpgp import Key, OpenPgpError, Signer

LEAST = 12
"""Characters of a passphrase."""
LARGEST = 64 * 1024
"""Bytes of a file with one key."""


@dataclass(frozen=True)
class Holder:
    """A ring with what opens it. `passphrase` and `command` come from the environment."""

    folder: Folder
    passphrase: str = field(default="", repr=False)
    command: Sequence[str] = ()
    text_command: Sequence[str] = ()

    @classmethod
    def at(
        cls, data: Path, passphrase: str = "", command: Sequence[str] = (), text_command: Sequence[str] = ()
    ) -> "Holder":
        return cls(Folder(data / "keys"), passphrase, command, text_command)

    @property
    def is_ready(self) -> bool:
        """Whether a key can be made: there is a passphrase to lock it with."""
        return len(self.passphrase) >= LEAST

    def opens(self, kept: Kept) -> bool:
        """Whether the passphrase opens this key."""
        try:
            self._signer(kept)
        except Problem:
            return False
        return True

    def create(self, user_id: str, lasting: timedelta, *, instead: bool = False) -> Kept:
        """A new key that signs from now on. `instead`: in the place of the one that signs now."""
        return self._take(openpgp.generate(user_id, lasting=lasting), instead=instead)

    def bring(self, data: bytes, *, is_public: bool = False, instead: bool = False) -> Kept:
        """A key made elsewhere; `is_public`: its secret part stays there, and the command signs.

        The one that signs may come again with another end of its validity. `instead`: as in `create`; a key
        that is renewed is put in the place of nobody.
        """
        if len(data) > LARGEST:
            raise problems.TOO_LARGE(most=LARGEST // 1024)
        if is_public:
            if openpgp.has_secret(data):
                raise problems.SECRET_INSIDE()
            key = _read(data)
            if self.command:
                Hook(self.command, key).sign(b"okiagari")  # better now than in the night of a publication
            return self._keep(key, None, instead=instead)
        secret = _bare(data)
        if not openpgp.has_secret(secret):
            raise problems.NOT_A_KEY(why="it has no secret part")
        return self._take(secret, instead=instead)

    def retire(self, fingerprint: str, *, stop_signing: bool = False, unlist: bool = False) -> Kept:
        """It signs no more; `unlist`: no longer show the public one (it fell into wrong hands)."""
        with self.folder.alone():
            ring = self.folder.read()
            kept = ring.find(fingerprint)
            if kept.state == SIGNS and not stop_signing:
                raise problems.SIGNS(fingerprint=kept.fingerprint)
            changed = _changed(kept, UNLISTED if unlist else LISTED)
            self.folder.write(ring.put(changed))
        return changed

    @contextmanager
    def one_deed(self) -> Iterator[None]:
        """Nobody else changes the ring until what is published has followed it."""
        with self.folder.alone("deed"):
            yield

    @contextmanager
    def undone_on_failure(self) -> Iterator[None]:
        """Put the ring back as it was if what follows fails; secret parts are still there by then."""
        before = self.folder.read()
        try:
            yield
        except BaseException:
            with self.folder.alone():
                self.folder.write(before)
            raise

    def forget_rotated(self) -> None:
        """Remove the secret parts of keys that no longer sign, and what a failure left behind."""
        with self.folder.alone():
            signing = self.folder.read().signing
            self.folder.forget_all_but(signing.fingerprint if signing else "")

    def signing(self) -> Signing:
        """Who signs a tree, ready to. Raises a problem where a key is there and cannot sign: a tree never
        goes out unsigned because somebody mislaid a passphrase."""
        ring = self.folder.read()
        listed = tuple(self.folder.public(each.fingerprint) for each in ring.keys if each.state != UNLISTED)
        kept = ring.signing
        if kept is None:
            return Signing(listed)
        key = next(each for each in listed if each.fingerprint == kept.fingerprint)
        if key.expires is not None and key.expires <= clock.now():
            raise problems.EXPIRED(fingerprint=key.fingerprint, day=f"{key.expires:%Y-%m-%d}")
        if kept.held == ELSEWHERE:
            return self._elsewhere(listed, key)
        signer = self._signer(kept)
        return Signing(listed, key.fingerprint, signer.sign, signer.sign_text)

    def _elsewhere(self, listed: tuple[Key, ...], key: Key) -> Signing:
        if not self.command:
            raise problems.NO_COMMAND()
        around = Hook(self.text_command, key).sign_text if self.text_command else None
        return Signing(listed, key.fingerprint, Hook(self.command, key).sign, around)

    def _signer(self, kept: Kept) -> Signer:
        if not self.passphrase:
            raise problems.NO_PASSPHRASE()
        locked = self.folder.locked(kept.fingerprint)
        try:
            return Signer(openpgp.unlock(locked, self.passphrase), self.passphrase)
        except OpenPgpError:
            raise problems.WRONG_PASSPHRASE(fingerprint=kept.fingerprint) from None

    def _take(self, secret: bytes, *, instead: bool) -> Kept:
        """Lock a secret key away, after it has signed once."""
        if not self.passphrase:
            raise problems.NO_PASSPHRASE()
        if len(self.passphrase) < LEAST:
            raise problems.SHORT_PASSPHRASE(least=LEAST)
        key = _read(secret)
        try:
            signer = Signer(secret, self.passphrase)
        except OpenPgpError as error:
            if openpgp.is_protected(secret):
                raise problems.NOT_OURS() from None
            raise problems.NOT_A_KEY(why=error) from None
        try:
            signature = signer.sign(b"okiagari")
            openpgp.verify(b"okiagari", signature, [key])
            locked = openpgp.lock(secret, self.passphrase)
        except OpenPgpError as error:
            raise problems.NOT_A_KEY(why=error) from None
        return self._keep(key, locked, instead=instead)

    def _keep(self, key: Key, locked: bytes | None, *, instead: bool) -> Kept:
        with self.folder.alone():
            ring = self.folder.read()
            held = HERE if locked is not None else ELSEWHERE
            known = next((each for each in ring.keys if each.fingerprint == key.fingerprint), None)
            if known is not None:
                _require_renewed(known, key, held)
            else:
                ring = _rested(ring, instead=instead)
            self.folder.put_public(key)
            if locked is not None:
                self.folder.put_locked(key.fingerprint, locked)
            kept = Kept(
                key.fingerprint,
                key.user_ids[0] if key.user_ids else "",
                SIGNS,
                held,
                known.made_at if known is not None else clock.now(),
                key.expires,
            )
            self.folder.write(ring.put(kept))
        return kept


def _bare(data: bytes) -> bytes:
    try:
        return openpgp.bare(data)
    except OpenPgpError as error:
        raise problems.NOT_A_KEY(why=error) from None


def _require_renewed(known: Kept, key: Key, held: str) -> None:
    """Did its owner give the key that signs another end? Raises KNOWN."""
    if known.state != SIGNS or known.held != held or known.expires == key.expires:
        raise problems.KNOWN(fingerprint=key.fingerprint)


def _rested(ring: Ring, *, instead: bool) -> Ring:
    """The ring with nobody signing. Raises ONE_SIGNS, NONE_SIGNS."""
    signing = ring.signing
    if signing is None:
        if instead:
            raise problems.NONE_SIGNS()
        return ring
    if not instead:
        raise problems.ONE_SIGNS(fingerprint=signing.fingerprint)
    return ring.put(_changed(signing, LISTED))


def _changed(kept: Kept, state: str) -> Kept:
    rested = kept.rested_at or (clock.now() if state != SIGNS else None)
    return msgspec.structs.replace(kept, state=state, rested_at=rested)


def _read(data: bytes) -> Key:
    """A key that may sign now. Raises NOT_A_KEY."""
    try:
        key = openpgp.public(data)
    except OpenPgpError as error:
        raise problems.NOT_A_KEY(why=error) from None
    if key.is_revoked:
        raise problems.NOT_A_KEY(why="it is revoked")
    if key.expires is not None and key.expires <= clock.now():
        raise problems.NOT_A_KEY(why=f"it expired on {key.expires:%Y-%m-%d}")
    return key
