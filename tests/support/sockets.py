"""Keeps tests on this machine: whoever looks up or calls an address outside loopback is stopped.

One audit hook sees every socket that Python opens, however it was made. Sockets of C libraries
(libpq) do not pass here; the database a test talks to is the one this run started.
"""

import ipaddress
import socket
import sys

CONTACTS = frozenset({"socket.connect", "socket.sendto", "socket.sendmsg"})
LOOKUPS = frozenset({"socket.getaddrinfo", "socket.gethostbyname", "socket.gethostbyaddr"})
NETWORK = (socket.AF_INET, socket.AF_INET6)


class OutsideReachedError(RuntimeError):
    """A test tried to leave this machine."""


def refuse_the_outside() -> None:
    """From here on, until the process ends."""
    sys.addaudithook(_watch)


def is_inside(host: object) -> bool:
    """Loopback, this machine's own name, or no host at all (an address to listen on)."""
    if isinstance(host, bytes):
        host = host.decode("ascii", "replace")
    if not isinstance(host, str) or host in ("", "localhost", socket.gethostname()):
        return not host or isinstance(host, str)
    try:
        address = ipaddress.ip_address(host.partition("%")[0])
    except ValueError:
        return False
    return address.is_loopback or address.is_unspecified


def _watch(event: str, arguments: tuple[object, ...]) -> None:
    if event in LOOKUPS:
        host = arguments[0]
    elif event in CONTACTS:
        endpoint, address = arguments[:2]
        if not isinstance(endpoint, socket.socket) or endpoint.family not in NETWORK or address is None:
            return
        host = address[0] if isinstance(address, tuple) else address
    else:
        return
    if not is_inside(host):
        raise OutsideReachedError(f"{event} to {host!r}: tests stay on this machine")
