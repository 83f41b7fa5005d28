"""Where a request comes from, as far as limits need to know."""

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.http import HttpRequest

from okiagari.intake.rules import limits
from okiagari.plumbing import limiter

NETWORK = 64  # bits of an IPv6 address that are one household


def address(request: HttpRequest) -> str:
    """The address of the client; of IPv6 the network, since one house has them all.

    Behind proxies (ALLAUTH_TRUSTED_PROXY_COUNT) the address that the outermost of them saw.
    """
    text = request.META.get("REMOTE_ADDR", "")
    trusted = settings.ALLAUTH_TRUSTED_PROXY_COUNT
    if trusted:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
        text = hops[-trusted] if len(hops) >= trusted else text
    try:
        found = ip_address(text)
    except ValueError:
        return text
    if isinstance(found, IPv6Address):
        return str(IPv6Address(int(found) >> NETWORK << NETWORK))
    return str(found)


def count_try(request: HttpRequest) -> None:
    """Raises TOO_OFTEN."""
    limiter.take("tries", address(request), limit=limits.TRIES_PER_HOUR, seconds=limits.HOUR)


def count_report(request: HttpRequest) -> None:
    """Raises TOO_OFTEN."""
    limiter.take("reports", address(request), limit=limits.REPORTS_PER_HOUR, seconds=limits.HOUR)


def count_message(request: HttpRequest) -> None:
    """Raises TOO_OFTEN."""
    limiter.take("messages", address(request), limit=limits.MESSAGES_PER_HOUR, seconds=limits.HOUR)
