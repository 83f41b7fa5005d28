"""How often somebody may do something: counted in the database, in windows of fixed length.

In: a name of what is done, a key of who does it (an address), how often in how many seconds. Out:
nothing, or TOO_OFTEN. The key is kept as a keyed hash only, until its window is over. All processes count
together, by one statement that adds and answers; a process remembers who was refused, so that a flood
costs the database no more writes than the limit allows. It slows floods down, and is no wall against
somebody with many addresses.
"""

from datetime import UTC, datetime
from ipaddress import IPv6Address, ip_address

from django.conf import settings
from django.core.cache import cache
from django.db import connection
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
    ends = (window + 1) * seconds
    key = f"limit:{name}:{window}:{salted_hmac('okiagari.limiter', who).hexdigest()[:32]}"
    if cache.get(key) is not None or _counted(key, ends) > limit:
        cache.set(key, 1, timeout=seconds - gone)
        raise TOO_OFTEN(minutes=max(1, -(-(seconds - gone) // 60)))


_COUNT = """
    INSERT INTO plumbing_knock (key, count, ends_at) VALUES (%s, 1, %s)
    ON CONFLICT (key) DO UPDATE SET count = plumbing_knock.count + 1 RETURNING count
"""


def _counted(key: str, ends: int) -> int:
    """One more, whichever process it is: how many there are now."""
    ends_at = connection.ops.adapt_datetimefield_value(datetime.fromtimestamp(ends, tz=UTC))
    with connection.cursor() as cursor:
        cursor.execute(_COUNT, [key, ends_at])
        ((count,),) = cursor.fetchall()
    return int(count)
