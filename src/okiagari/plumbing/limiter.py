"""How often somebody may do something: counted in the cache, in windows of fixed length.

In: a name of what is done, a key of who does it, how often in how many seconds. Raises TOO_OFTEN. The
key is kept as a keyed hash only. Counting is per process and forgets at a restart: it slows floods
down, and is no wall against somebody with many addresses.
"""

from django.core.cache import cache
from django.utils.crypto import salted_hmac

from okiagari.plumbing import clock
from okiagari.problems import Kind, define, gettext_noop

TOO_OFTEN = define(
    "limiter.too_often",
    Kind.TOO_MANY,
    gettext_noop("This was done too often from your address."),
    gettext_noop("Try again in %(minutes)s minutes. What you typed is kept on this page until then."),
)


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
