"""How often somebody may do something: counted in the cache, in windows of fixed length.

In: a name of what is done, a key of who does it (an address), how often in how many seconds. Out:
nothing, or TOO_OFTEN. The key is kept as a keyed hash only. Counting is per process and forgets at a
restart: it slows floods down, and is no wall against somebody with many addresses.
"""

from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest
from django.utils.crypto import salted_hmac

from okiagari.plumbing import clock
from okiagari.problems import Kind, define, gettext_noop

TOO_OFTEN = define(
    "limiter.too_often",
    Kind.TOO_MANY,
    gettext_noop("This was done too often from your address."),
    gettext_noop("Try again in %(minutes)s minutes. What you typed is kept on this page until then."),
)


NETWORK = 64  # bits of an IPv6 address that are one household


def address_of(request: HttpRequest) -> str:
    """The address of the client; of IPv6 the network, since one house has them all.

    Behind proxies (ALLAUTH_TRUSTED_PROXY_COUNT) the address that the outermost of them saw.
    """
    text = str(request.META.get("REMOTE_ADDR", ""))
    trusted = int(settings.ALLAUTH_TRUSTED_PROXY_COUNT)
    if trusted:
        hops = [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]
        text = str(hops[-trusted]) if len(hops) >= trusted else text
    try:
        found = ip_address(text)
    except ValueError:
        return text
    if isinstance(found, IPv6Address):
        return str(IPv6Address(int(found) >> NETWORK << NETWORK))
    return str(found)


def take(name: str, who: str, *, limit: int, seconds: int) -> None:
    """Count one more. Raises TOO_OFTEN, with the minutes until the window ends."""
    now = int(clock.now().timestamp())
    window, gone = divmod(now, seconds)
    key = f"limit:{name}:{window}:{salted_hmac('okiagari.limiter', who).hexdigest()[:32]}"
    cache.add(key, 0, timeout=seconds)
    try:
        count = cache.incr(key)
    except ValueError:  # it expired in between
        cache.set(key, 1, timeout=seconds)
        count = 1
    if count > limit:
        raise TOO_OFTEN(minutes=max(1, -(-(seconds - gone) // 60)))
