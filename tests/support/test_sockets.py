"""The guard around the network: this machine is open, everything else is closed."""

import socket

import pytest

from tests.support.sockets import OutsideReachedError, is_inside


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "127.8.9.10", "::1", "localhost", "", None, "0.0.0.0", b"localhost"]
)
def test_this_machine_is_inside(host: object) -> None:
    assert is_inside(host)


@pytest.mark.parametrize("host", ["192.0.2.1", "2001:db8::1", "example.com", "10.0.0.1", b"example.com", 7])
def test_everything_else_is_outside(host: object) -> None:
    assert not is_inside(host)


def test_calling_out_is_refused() -> None:
    with pytest.raises(OutsideReachedError):
        socket.create_connection(("192.0.2.1", 80), timeout=1)


def test_looking_up_a_name_is_refused() -> None:
    with pytest.raises(OutsideReachedError):
        socket.getaddrinfo("vendor.example", 443)


def test_a_datagram_to_the_outside_is_refused() -> None:
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as endpoint, pytest.raises(OutsideReachedError):
        endpoint.sendto(b"hello", ("192.0.2.1", 53))


def test_loopback_is_open() -> None:
    with (
        socket.create_server(("127.0.0.1", 0)) as server,
        socket.create_connection(server.getsockname(), timeout=5) as caller,
    ):
        assert caller.getpeername() == server.getsockname()
