"""The ring on the disk: ``keys/ring.json``, a public file per key, a locked secret file per key held here.

In and out: `Ring`. A write replaces `ring.json` at once, after the files it names are on the disk; two
writers wait for one another. Only the owner of the data folder can read any of it.
"""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import msgspec

from okiagari.disclose.keys import problems
from okiagari.standards import openpgp
from okiagari.standards.openpgp import Key, OpenPgpError

SIGNS, LISTED, UNLISTED = "signs", "listed", "unlisted"
HERE, ELSEWHERE = "here", "elsewhere"


class Kept(msgspec.Struct, frozen=True):
    """One key. `state`: it signs, is still shown, or no longer; `held`: where its secret part is.
    `rested_at`: since when it signs no more."""

    fingerprint: str
    user_id: str
    state: str
    held: str
    made_at: datetime
    expires: datetime | None = None
    rested_at: datetime | None = None


class Ring(msgspec.Struct, frozen=True):
    keys: tuple[Kept, ...] = ()

    @property
    def signing(self) -> Kept | None:
        return next((each for each in self.keys if each.state == SIGNS), None)

    def find(self, fingerprint: str) -> Kept:
        """By its fingerprint or the end of it, as people copy them. Raises NO_SUCH_KEY."""
        wanted = fingerprint.replace(" ", "").upper().removeprefix("0X")
        found = [each for each in self.keys if len(wanted) >= 8 and each.fingerprint.endswith(wanted)]
        if len(found) != 1:
            raise problems.NO_SUCH_KEY(fingerprint=fingerprint)
        return found[0]

    def put(self, kept: Kept) -> "Ring":
        """With this key in its place, or at the end."""
        others = [each if each.fingerprint != kept.fingerprint else kept for each in self.keys]
        return Ring(tuple(others if kept in others else [*others, kept]))


class Folder:
    """Where a ring lies."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @contextmanager
    def alone(self, what: str = "lock") -> Iterator[None]:
        """One writer at a time, of each thing that locks."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        handle = os.open(self.path / f".{what}", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(handle, fcntl.LOCK_EX)
            yield
        finally:
            os.close(handle)

    def read(self) -> Ring:
        """Raises LOST where it is there and cannot be read: that is never taken for an empty one."""
        path = self.path / "ring.json"
        try:
            return msgspec.json.decode(path.read_bytes(), type=Ring)
        except FileNotFoundError:
            return Ring()
        except (OSError, msgspec.DecodeError) as error:
            raise problems.LOST(file=path.name, why=error) from None

    def write(self, ring: Ring) -> None:
        self._put("ring.json", msgspec.json.format(msgspec.json.encode(ring)))

    def public(self, fingerprint: str) -> Key:
        """Raises LOST."""
        name = f"{fingerprint}.asc"
        try:
            return openpgp.public((self.path / name).read_bytes())
        except (OSError, OpenPgpError) as error:
            raise problems.LOST(file=name, why=error) from None

    def put_public(self, key: Key) -> None:
        self._put(f"{key.fingerprint}.asc", key.armored)

    def locked(self, fingerprint: str) -> bytes:
        """The secret key, locked. Raises LOST."""
        path = self._secret(fingerprint)
        try:
            return path.read_bytes()
        except OSError as error:
            raise problems.LOST(file=path.name, why=error.strerror) from None

    def put_locked(self, fingerprint: str, locked: bytes) -> None:
        self._put(self._secret(fingerprint).name, locked)

    def forget_all_but(self, fingerprint: str) -> None:
        """Remove every secret part but this one; the public ones stay."""
        for each in self.path.glob("*.secret.pgp"):
            if each != self._secret(fingerprint):
                each.unlink()

    def _secret(self, fingerprint: str) -> Path:
        return self.path / f"{fingerprint}.secret.pgp"

    def _put(self, name: str, data: bytes) -> None:
        """A whole file or the one before, readable by the owner only."""
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        fresh = self.path / f".{name}.{os.getpid()}"
        fresh.unlink(missing_ok=True)
        handle = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        fresh.replace(self.path / name)
