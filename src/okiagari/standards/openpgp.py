"""OpenPGP (RFC 4880, version 4 keys): keys, signatures beside a file or around a text, and secret keys kept
under a passphrase.

In and out: bytes. Version 4, so that GnuPG 2.2 reads what is made here. It never keeps a key, never
writes a file, and no error of it repeats a passphrase or a part of a secret key.
"""

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta

import pysequoia as library

CLEAR = b"-----BEGIN PGP SIGNED MESSAGE-----"
"""How a text with a signature around it begins (section 7)."""
_SIGNATURE = b"-----BEGIN PGP SIGNATURE-----"


class OpenPgpError(ValueError):
    """What was given is not what it should be; the text says why, in one line."""


class UnknownSignerError(OpenPgpError):
    """None of the keys at hand made the signature, so nothing can be said of it."""


@dataclass(frozen=True)
class Key:
    """A public key. `fingerprint`: upper case; `armored`: as a file, with nothing secret in it."""

    fingerprint: str
    user_ids: tuple[str, ...]
    expires: datetime | None
    is_revoked: bool
    armored: bytes


def generate(user_id: str, *, lasting: timedelta) -> bytes:
    """A new secret key (Ed25519) for this name, ``PSIRT <psirt@maker.example>``; not protected yet."""
    with _plainly():
        return bytes(library.Tsk.generate(user_id, validity_seconds=int(lasting.total_seconds())))


def public(data: bytes) -> Key:
    """The public key of a file that holds one key, public or secret. Raises OpenPgpError."""
    found = public_keys(data)
    if len(found) != 1:
        raise OpenPgpError(f"{len(found)} keys in one file")
    return found[0]


def public_keys(data: bytes) -> tuple[Key, ...]:
    """Every public key of a file, binary or armored. Raises OpenPgpError."""
    with _plainly():
        return tuple(_key(each) for each in library.Cert.split_bytes(data))


def has_secret(data: bytes) -> bool:
    """Whether a file with a key holds its secret part."""
    try:
        key = library.Tsk.from_bytes(data)
        return bytes(key) != bytes(key.extract_certificate())
    except (RuntimeError, ValueError):
        return False


def is_protected(data: bytes) -> bool:
    """Whether every secret part of a file asks for a passphrase (RFC 4880, 5.5.3: the octet of its use).

    A file without any secret part is not. Raises OpenPgpError.
    """
    with _plainly():
        parts = list(_secret_parts(library.Tsk.from_bytes(data)))
    return bool(parts) and all(rest[:1] != b"\0" for _, _, rest in parts)


def bare(data: bytes) -> bytes:
    """A secret key without the stubs that stand for parts kept elsewhere: GnuPG leaves one of the primary key
    where only subkeys are exported. Those parts are public here. Raises OpenPgpError."""
    with _plainly():
        key = library.Tsk.from_bytes(data)
        stubs = {bytes(each.body): public for each, public, rest in _secret_parts(key) if _is_stub(rest)}
        if not stubs:
            return data
        packets = library.packet.PacketPile.from_bytes(bytes(key))
        return bytes(library.Tsk.from_packets([stubs.get(bytes(each.body), each) for each in packets]))


def _secret_parts(key: library.Tsk) -> Iterator[tuple[library.packet.Packet, library.packet.Packet, bytes]]:
    """Each with its public part, and what stands behind that: its use of a passphrase first."""
    certificate = library.packet.PacketPile.from_bytes(bytes(key.extract_certificate()))
    tags = library.packet.Tag
    public = [each for each in certificate if each.tag in (tags.PublicKey, tags.PublicSubkey)]
    for each in library.packet.PacketPile.from_bytes(bytes(key)):
        if each.tag in (tags.SecretKey, tags.SecretSubkey):
            body = bytes(each.body)
            own = next(known for known in public if body.startswith(bytes(known.body)))
            yield each, own, body[len(bytes(own.body)) :]


def _is_stub(rest: bytes) -> bool:
    """GnuPG's own mark (S2K 101): no secret part follows."""
    return rest[:1] in b"\xfe\xff" and rest[2:3] == b"\x65" and rest[4:7] == b"GNU"


def lock(secret: bytes, passphrase: str) -> bytes:
    """A secret key as a file that only opens with the passphrase; ``gpg --decrypt`` opens it, too."""
    with _plainly():
        return library.encrypt(secret, passwords=[passphrase])


def unlock(locked: bytes, passphrase: str) -> bytes:
    """What was locked. Raises OpenPgpError where it is another passphrase, or no such file."""
    with _plainly():
        opened = library.decrypt(locked, passwords=[passphrase]).bytes
    if opened is None:
        raise OpenPgpError("nothing in it")
    return opened


class Signer:
    """Signs with a secret key, which may be protected by a passphrase of its own as well."""

    def __init__(self, secret: bytes, passphrase: str = "") -> None:
        with _plainly():
            key = library.Tsk.from_bytes(secret)
            self._signer = _signer(key, passphrase)

    def sign(self, data: bytes) -> bytes:
        """A detached signature, armored."""
        with _plainly():
            return library.sign(self._signer, data, mode=library.SignatureMode.DETACHED)

    def sign_text(self, text: bytes) -> bytes:
        """The text, readable, with the signature around it. `text`: UTF-8, lines that end in a line feed."""
        with _plainly():
            return library.sign(self._signer, text, mode=library.SignatureMode.CLEAR)


def verify(data: bytes, signature: bytes, keys: Iterable[Key]) -> str:
    """The fingerprint of the key that made this detached signature. Raises OpenPgpError where none did."""
    with _plainly():
        certificates = [library.Cert.from_bytes(each.armored) for each in keys]
        made = library.Sig.from_bytes(signature)
        found = library.verify(bytes=data, store=lambda _: certificates, signature=made)
    return str(found.valid_sigs[0].certificate).upper()


def verify_text(data: bytes, keys: Iterable[Key]) -> tuple[bytes, str]:
    """The text inside a signature around it, and the key that made it. Raises OpenPgpError where it was
    changed or is none, UnknownSignerError where it is of none of these keys.
    """
    start = data.find(_SIGNATURE)
    if not data.startswith(CLEAR) or start < 0:
        raise OpenPgpError("there is no signature around it")
    with _plainly():
        maker = library.Sig.from_bytes(data[start:]).issuer_fingerprint
        known = [library.Cert.from_bytes(each.armored) for each in keys]
        certificates = [each for each in known if maker in _fingerprints(each)]
        if not certificates:
            raise UnknownSignerError(f"it is signed by {(maker or 'nobody').upper()}")
        found = library.verify(bytes=data, store=lambda _: certificates)
    return bytes(found.bytes or b""), str(found.valid_sigs[0].certificate).upper()


def _fingerprints(key: library.Cert) -> set[str | None]:
    """Of the key and of its parts."""
    return {each.fingerprint for each in library.packet.PacketPile.from_bytes(bytes(key))}


def _signer(key: library.Tsk, passphrase: str) -> library.PySigner:
    try:
        return key.signer()
    except (RuntimeError, ValueError):
        if not passphrase:
            raise
        return key.signer(passphrase)


def _key(found: library.Cert) -> Key:
    return Key(
        found.fingerprint.upper(),
        tuple(str(each) for each in found.user_ids),
        found.expiration,
        found.is_revoked,
        f"{str(found).rstrip()}\n".encode(),
    )


@contextmanager
def _plainly() -> Iterator[None]:
    """Errors of the library as one line: it raises all kinds, with its own stack behind the first line."""
    try:
        yield
    except OpenPgpError:
        raise
    except (RuntimeError, ValueError, TypeError) as error:
        why = (str(error).strip().splitlines() or ["not OpenPGP"])[0]
        raise OpenPgpError(why) from None
