"""The targets of one installation, as a text in TOML names them. No Django in here.

In: ``[[target]]`` tables with `name`, `kind` (folder, rsync, s3) and what the kind needs. Out: frozen values.
Errors: `NotATargetError` with what is wrong; secrets are not part of the text and never repeated.
"""

import ipaddress
import re
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,29}")
PLACE = re.compile(r"/[A-Za-z0-9._/-]*[A-Za-z0-9_-]")
HOST = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?")
USER = re.compile(r"[a-z_][a-z0-9_-]{0,31}")
FILE = re.compile(r"[A-Za-z0-9._/@+-]+")
BUCKET = re.compile(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]")
PREFIX = re.compile(r"(?:[A-Za-z0-9_-][A-Za-z0-9._-]*/)*")
_NEVER = "it must not lead through “..”"


class NotATargetError(ValueError):
    """The text cannot be used; it says why."""


class _Target(msgspec.Struct, frozen=True, forbid_unknown_fields=True, kw_only=True, tag_field="kind"):
    """`public`: readers read there, so that an advisory has reached them only when it has arrived there."""

    name: str
    public: bool = False


class FolderTarget(_Target, frozen=True, kw_only=True, tag="folder"):
    """`path`/current is the link a web server follows; `path`/trees holds what it leads to."""

    path: str

    @property
    def where(self) -> str:
        return self.path


class RsyncTarget(_Target, frozen=True, kw_only=True, tag="rsync"):
    """The same on another machine. `known_hosts` holds its key: no other is trusted. Without `key_file` the
    SSH agent signs in."""

    host: str
    user: str
    path: str
    known_hosts: str
    port: int = 22
    key_file: str = ""

    @property
    def where(self) -> str:
        return f"{self.user}@{self.host}:{self.path}"


class BucketTarget(_Target, frozen=True, kw_only=True, tag="s3"):
    """S3-compatible storage. Without `endpoint` it is that of AWS in `region`. `keys`: set from the
    environment, never part of the text."""

    bucket: str
    prefix: str = ""
    endpoint: str = ""
    region: str = "us-east-1"

    @property
    def where(self) -> str:
        return f"s3://{self.bucket}/{self.prefix}"


Target = FolderTarget | RsyncTarget | BucketTarget


class _File(msgspec.Struct, forbid_unknown_fields=True):
    target: list[Target] = []


def read(text: str) -> tuple[Target, ...]:
    """Every target. Raises NotATargetError."""
    try:
        found = msgspec.toml.decode(text, type=_File).target
    except (msgspec.DecodeError, ValueError) as error:
        raise NotATargetError(str(error)) from None
    seen: set[str] = set()
    for each in found:
        if not NAME.fullmatch(each.name):
            raise NotATargetError(f"the name “{each.name}”: small letters, digits and hyphens, up to 30")
        if each.name in seen:
            raise NotATargetError(f"two targets are called “{each.name}”")
        seen.add(each.name)
        for what, is_right in _rules(each).items():
            if not is_right:
                raise NotATargetError(f"target “{each.name}”: {what}")
    return tuple(found)


def _rules(target: Target) -> Mapping[str, bool]:
    if isinstance(target, FolderTarget):
        return _of_place(target.path)
    if isinstance(target, RsyncTarget):
        return {
            **_of_place(target.path),
            "host is the name or number of a machine": bool(HOST.fullmatch(target.host)),
            "user is the name of an account there": bool(USER.fullmatch(target.user)),
            "port is a number from 1 to 65535": 0 < target.port < 65536,
            "known_hosts is the path of a file, without spaces": _is_file(target.known_hosts),
            "key_file is the path of a file, without spaces": not target.key_file
            or _is_file(target.key_file),
        }
    return {
        "bucket is the name of a bucket": bool(BUCKET.fullmatch(target.bucket)),
        "prefix is empty or ends with a slash, such as security/": bool(PREFIX.fullmatch(target.prefix)),
        "endpoint starts with https://; http:// on this machine only": _is_endpoint(target.endpoint),
        "region is a word such as ap-northeast-1": bool(re.fullmatch(r"[a-z0-9-]{1,40}", target.region)),
    }


def _of_place(path: str) -> Mapping[str, bool]:
    return {
        "path starts with / and holds letters, digits, dots, hyphens and underscores": bool(
            PLACE.fullmatch(path)
        ),
        f"path: {_NEVER}": not {".", ".."} & set(path.split("/")),
    }


def _is_file(path: str) -> bool:
    return bool(FILE.fullmatch(path)) and Path(path).is_absolute()


def _is_endpoint(address: str) -> bool:
    """A server by TLS, or one on this machine. Never the link-local addresses that give out secrets."""
    if not address:
        return True
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return False
    if not host or parts.username or parts.query or parts.fragment or parts.path.strip("/"):
        return False
    try:
        number = ipaddress.ip_address(host)
    except ValueError:
        return parts.scheme == "https" or (parts.scheme == "http" and host == "localhost")
    if number.is_link_local or number.is_unspecified or number.is_multicast:
        return False
    return parts.scheme == "https" or (parts.scheme == "http" and number.is_loopback)


Keys = Mapping[str, tuple[str, str]]


def read_keys(text: str) -> Keys:
    """The keys of S3 targets: one a line, ``target access-key secret-key``. Raises NotATargetError."""
    found: dict[str, tuple[str, str]] = {}
    for line in text.splitlines():
        match line.split():
            case []:
                continue
            case [name, access, secret] if NAME.fullmatch(name):
                found[name] = (access, secret)
            case _:
                raise NotATargetError("one a line: the target's name, its access key, its secret key")
    return found
