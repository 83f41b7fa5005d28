"""Reads the settings of one installation from the environment. No Django in here.

In: variables ``OKIAGARI_X``, or ``OKIAGARI_X_FILE`` naming a file that holds the value.
Out: a frozen `Environment`. A wrong or unknown name or value stops the start with one clear line.
"""

import re
import shlex
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from okiagari.disclose.targets.settings import Keys, NotATargetError, Target, read_keys
from okiagari.disclose.targets.settings import read as read_targets
from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards.mail.servers import Imap, NotAServerError, Smtp, read_imap, read_smtp

UNKNOWN = define(
    "config.unknown",
    Kind.INVALID,
    gettext_noop("%(name)s is not a setting of Okiagari."),
    gettext_noop("The settings are: %(known)s."),
)
WRONG = define(
    "config.wrong",
    Kind.INVALID,
    gettext_noop("%(name)s cannot be “%(value)s”."),
    gettext_noop("It must be %(allowed)s."),
)

T = TypeVar("T")
_UUID_4 = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}", re.IGNORECASE)
_IN_ONE_LINE = re.compile(r"[!-~]*")
KNOWN = {
    "DATA": "folder that holds everything (default ./data)",
    "DATABASE_URL": "postgres://user:password@host:port/name (default: SQLite in the data folder)",
    "SECRET_KEY": "key that signs sessions (default: made once, kept in the data folder)",
    "ANCHOR_KEY": "key that signs the anchors of the ledger (default: made once, kept in the data folder)",
    "HOSTS": "host names people use, comma separated",
    "BASE_URL": "address of the people's door as others see it",
    "SITE_URL": "address of the published site as others see it",
    "POLICY_URL": "address of the maker's policy on vulnerabilities (security.txt names it)",
    "SITE_DIR": "folder the published site is written to (default: site in the data folder)",
    "CSAF_2_1": "1 publishes documents of CSAF 2.1, a draft, beside those of 2.0",
    "CVE_ORG_ID": "UUID of the maker at CVE Services, where it is a CNA: CVE records go out whole",
    "CVE_ORG_NAME": "short name of the maker at CVE Services",
    "CVE_FORMAT": "format of CVE records: 5.2.0 (default), or 5.1.1, which has no package URLs",
    "CVE_API_URL": "CVE Services where a CNA reserves ids and publishes records: https://cveawg.mitre.org/api",
    "CVE_API_USER": "user at CVE Services",
    "CVE_API_KEY": "key of that user",
    "CVE_WATCH_URL": "where it is asked whether cited CVE ids are public: https://cveawg.mitre.org/api",
    "ZONE": "the maker's time zone (default Asia/Tokyo)",
    "LANGUAGE": "language of those who have not chosen one: ja or en",
    "PORT": "port of the people's door (default 8000)",
    "DEVICE_PORT": "port of the device door (default 8001)",
    "CHECK_IN_SECONDS": "seconds between two check-ins, as units are told (default 21600)",
    "BIND": "address both doors listen on (default 127.0.0.1)",
    "THREADS": "threads of the people's door (default 8)",
    "CHECK_LINKS": "1 asks download links whether they answer with the hash we name; stand: here, too",
    "KEY_PASSPHRASE": "opens the key that signs what is published",
    "SIGN_COMMAND": "program that signs with a key held elsewhere: bytes in, armored detached signature out",
    "CLEARSIGN_COMMAND": "the same for security.txt: a text in, the text with its signature around it out",
    "TARGETS": "where the published site goes as well, in TOML (default: targets.toml in the data folder)",
    "S3_KEYS": "keys of storage among the targets, one a line: target access-key secret-key",
    "SMTP_URL": "where letters are handed over: smtps://user:password@host/?from=address",
    "IMAP_URL": "mailbox that is read: imaps://user:password@host/INBOX",
    "DEBUG": "1 while developing",
    "AS": "who the command line acts for",
    "DEMO": "1 shows the sample accounts on the login page",
    "CORPUS": "test data made by others (tests only)",
    "TEST_DATABASE": "sqlite or postgres (tests only)",
    "TEST_ALL": "1: everything on both databases (tests only)",
    "CHROMIUM": "path of the browser (tests only)",
}


@dataclass(frozen=True)
class Environment:
    """Everything an installation is told from outside."""

    data: Path
    database_url: str
    secret_key: str
    anchor_key: str
    hosts: tuple[str, ...]
    base_url: str
    site_url: str
    site_dir: Path
    zone: str
    language: str
    port: int
    device_port: int
    bind: str
    threads: int
    debug: bool
    demo: bool
    csaf_2_1: bool = False
    cve_org_id: str = ""
    cve_org_name: str = ""
    cve_format: str = "5.2.0"
    cve_api_url: str = ""
    cve_api_user: str = ""
    cve_api_key: str = field(default="", repr=False)
    cve_watch_url: str = ""
    check_links: str = "0"
    smtp: Smtp | None = None
    imap: Imap | None = None
    policy_url: str = ""
    key_passphrase: str = field(default="", repr=False)
    sign_command: tuple[str, ...] = ()
    clearsign_command: tuple[str, ...] = ()
    targets: tuple[Target, ...] = ()
    s3_keys: Keys = field(default_factory=dict, repr=False)


def read(variables: Mapping[str, str]) -> Environment:
    """Read and check every OKIAGARI_ variable. Raises UNKNOWN or WRONG."""
    values = _values(variables)
    data = Path(values.get("DATA") or "data").expanduser().resolve()
    port = _number(values, "PORT", 8000)
    base_url = _address(values, "BASE_URL", f"http://127.0.0.1:{port}")
    return Environment(
        data=data,
        database_url=_database(values),
        secret_key=values.get("SECRET_KEY", ""),
        anchor_key=values.get("ANCHOR_KEY", ""),
        hosts=tuple(
            host.strip() for host in values.get("HOSTS", "127.0.0.1,localhost").split(",") if host.strip()
        ),
        base_url=base_url,
        site_url=_address(values, "SITE_URL", f"{base_url}/security"),
        policy_url=_outside(values, "POLICY_URL"),
        site_dir=Path(values.get("SITE_DIR") or data / "site").expanduser().resolve(),
        zone=_zone(values),
        language=_choice(values, "LANGUAGE", ("ja", "en")),
        port=port,
        device_port=_number(values, "DEVICE_PORT", 8001),
        bind=values.get("BIND", "127.0.0.1"),
        threads=_number(values, "THREADS", 8),
        debug=_choice(values, "DEBUG", ("0", "1")) == "1",
        demo=_choice(values, "DEMO", ("0", "1")) == "1",
        csaf_2_1=_choice(values, "CSAF_2_1", ("0", "1")) == "1",
        cve_org_id=_uuid(values, "CVE_ORG_ID"),
        cve_org_name=_short_name(values, "CVE_ORG_NAME"),
        cve_format=_choice(values, "CVE_FORMAT", ("5.2.0", "5.1.1")),
        cve_api_url=_cve_services(values),
        cve_api_user=values.get("CVE_API_USER", ""),
        cve_api_key=values.get("CVE_API_KEY", ""),
        cve_watch_url=_outside(values, "CVE_WATCH_URL"),
        check_links=_choice(values, "CHECK_LINKS", ("0", "1", "stand")),
        smtp=_server(values, "SMTP_URL", read_smtp),
        imap=_server(values, "IMAP_URL", read_imap),
        key_passphrase=values.get("KEY_PASSPHRASE", ""),
        sign_command=_command(values, "SIGN_COMMAND"),
        clearsign_command=_command(values, "CLEARSIGN_COMMAND"),
        targets=_targets(values, data),
        s3_keys=_keys(values),
    )


def _values(variables: Mapping[str, str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for name, value in variables.items():
        if not name.startswith("OKIAGARI_"):
            continue
        key = name.removeprefix("OKIAGARI_")
        if key.endswith("_FILE") and key.removesuffix("_FILE") in KNOWN:
            try:
                values[key.removesuffix("_FILE")] = Path(value).read_text().strip()
            except (OSError, UnicodeDecodeError):
                raise WRONG(name=name, value=value, allowed="the path of a file that can be read") from None
        elif key in KNOWN:
            values.setdefault(key, value)
        else:
            raise UNKNOWN(name=name, known=", ".join(f"OKIAGARI_{known}" for known in KNOWN))
    return values


def _number(values: Mapping[str, str], key: str, default: int) -> int:
    value = values.get(key, str(default))
    if not value.isdecimal() or not 0 < int(value) < 65536:
        raise WRONG(name=f"OKIAGARI_{key}", value=value, allowed="a number from 1 to 65535")
    return int(value)


def _choice(values: Mapping[str, str], key: str, allowed: tuple[str, ...]) -> str:
    value = values.get(key, allowed[0])
    if value not in allowed:
        raise WRONG(name=f"OKIAGARI_{key}", value=value, allowed=" or ".join(allowed))
    return value


def _address(values: Mapping[str, str], key: str, default: str) -> str:
    value = values.get(key, default).rstrip("/")
    if not value.startswith(("http://", "https://")):
        raise WRONG(
            name=f"OKIAGARI_{key}", value=value, allowed="an address that starts with https:// or http://"
        )
    return value


def _outside(values: Mapping[str, str], key: str) -> str:
    """An address outside that may be asked, or none. Without TLS only on this very machine (test stands)."""
    value = values.get(key, "").rstrip("/")
    allowed = value.startswith("https://") or urlsplit(value).hostname in {"127.0.0.1", "localhost"}
    if value and not (allowed and _IN_ONE_LINE.fullmatch(value)):
        raise WRONG(name=f"OKIAGARI_{key}", value="…", allowed="an address that starts with https://")
    return value


def _cve_services(values: Mapping[str, str]) -> str:
    """The address of CVE Services, with everything an account needs. The key is never repeated."""
    value = _outside(values, "CVE_API_URL")
    for key in ("CVE_API_USER", "CVE_API_KEY", "CVE_ORG_NAME", "CVE_ORG_ID"):
        text = values.get(key, "")
        if value and not text:
            raise WRONG(name=f"OKIAGARI_{key}", value="", allowed="set where OKIAGARI_CVE_API_URL is")
        if not text.isascii() or not _IN_ONE_LINE.fullmatch(text):
            raise WRONG(name=f"OKIAGARI_{key}", value="…", allowed="one word of ASCII")
    return value


def _short_name(values: Mapping[str, str], key: str) -> str:
    value = values.get(key, "")
    if value and not re.fullmatch(r"[A-Za-z0-9._-]{2,32}", value):
        raise WRONG(name=f"OKIAGARI_{key}", value=value, allowed="2 to 32 letters, digits, dots or hyphens")
    return value


def _server(values: Mapping[str, str], key: str, reader: Callable[[str], T]) -> T | None:
    """A mail server, or none. What was given holds a password and is never repeated."""
    if not values.get(key):
        return None
    try:
        return reader(values[key])
    except NotAServerError as error:
        raise WRONG(name=f"OKIAGARI_{key}", value="…", allowed=str(error)) from None


def _targets(values: Mapping[str, str], data: Path) -> tuple[Target, ...]:
    """From the environment, else from a file in the data folder, where there is one."""
    text, file = values.get("TARGETS", ""), data / "targets.toml"
    try:
        if "TARGETS" not in values and file.is_file():
            text = file.read_text()
        return read_targets(text)
    except (NotATargetError, OSError, UnicodeDecodeError) as error:
        raise WRONG(name="OKIAGARI_TARGETS", value="…", allowed=f"targets in TOML ({error})") from None


def _keys(values: Mapping[str, str]) -> Keys:
    """Secrets: never repeated."""
    try:
        return read_keys(values.get("S3_KEYS", ""))
    except NotATargetError as error:
        raise WRONG(name="OKIAGARI_S3_KEYS", value="…", allowed=str(error)) from None


def _command(values: Mapping[str, str], key: str) -> tuple[str, ...]:
    """A program with its arguments, quoted as in a shell. What was given may hold a PIN: never repeated."""
    try:
        return tuple(shlex.split(values.get(key, "")))
    except ValueError:
        raise WRONG(name=f"OKIAGARI_{key}", value="…", allowed="a program and its arguments") from None


def _uuid(values: Mapping[str, str], key: str) -> str:
    value = values.get(key, "")
    if value and not _UUID_4.fullmatch(value):
        raise WRONG(name=f"OKIAGARI_{key}", value=value, allowed="a UUID of version 4")
    return value


def _database(values: Mapping[str, str]) -> str:
    value = values.get("DATABASE_URL", "")
    if value and not _is_database(value):
        raise WRONG(
            name="OKIAGARI_DATABASE_URL", value="…", allowed="postgres://user:password@host:port/name"
        )
    return value


def _is_database(value: str) -> bool:
    try:
        parts = urlsplit(value)
        return parts.scheme in ("postgres", "postgresql") and bool(parts.path.strip("/")) and parts.port != 0
    except ValueError:  # a port that is no number
        return False


def _zone(values: Mapping[str, str]) -> str:
    value = values.get("ZONE", "Asia/Tokyo")
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError):
        raise WRONG(name="OKIAGARI_ZONE", value=value, allowed="a time zone such as Asia/Tokyo") from None
    return value
