"""When a record may go, when a try is repeated, when somebody is told. Values in, decision out.

The first law: a record is never earlier than the advisory (its public reference). `check_out` is asked right
before anything is sent.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from okiagari.engines.cve_services import problems as services
from okiagari.engines.outside import NOT_ALLOWED, UNREACHABLE
from okiagari.problems import Kind, Problem, gettext_noop

from .problems import HELD_BACK, NOT_OUT, NOT_THERE_YET, REJECTED_THERE

RESERVED, PUBLISHED, REJECTED = "reserved", "published", "rejected"
STATES: Mapping[str, str] = {
    "": gettext_noop("not known"),
    RESERVED: gettext_noop("reserved"),
    PUBLISHED: gettext_noop("record published"),
    REJECTED: gettext_noop("rejected"),
}
KINDS: Mapping[str, str] = {
    "reserve": gettext_noop("reserve an id"),
    "publish": gettext_noop("publish the record"),
    "reject": gettext_noop("reject the id"),
    "note": gettext_noop("noted by hand"),
}
FOLLOWS: Mapping[str, frozenset[str]] = {
    RESERVED: frozenset({""}),
    PUBLISHED: frozenset({"", RESERVED, PUBLISHED}),
    REJECTED: frozenset({"", RESERVED, PUBLISHED}),
}
"""State -> the states it may follow."""
UNDONE = frozenset({"waiting", "failed"})
MISSING_AFTER = timedelta(hours=72)
ASKED_EVERY = timedelta(hours=6)
AGAIN_FIRST, AGAIN_MOST = timedelta(seconds=30), timedelta(hours=1)
MOST_TRIES = 30
HELD_AT = 3
"""From this try on people are told that it is held up."""
PASSING = frozenset({Kind.UNAVAILABLE, Kind.TOO_MANY})
WHY: Mapping[str, str] = {
    services.KEY_REFUSED.code: gettext_noop("the account is not accepted"),
    services.NO_QUOTA.code: gettext_noop("the quota is used up"),
    services.NOT_OWNER.code: gettext_noop("it belongs to another CNA"),
    services.INVALID.code: gettext_noop("the record is not accepted"),
    services.REFUSED.code: gettext_noop("CVE Services refused it"),
    services.BUSY.code: gettext_noop("CVE Services are busy"),
    services.UNCLEAR.code: gettext_noop("the answer cannot be understood"),
    UNREACHABLE.code: gettext_noop("CVE Services do not answer"),
    NOT_ALLOWED.code: gettext_noop("the address is not allowed"),
    REJECTED_THERE.code: gettext_noop("the id is rejected there"),
    NOT_OUT.code: gettext_noop("the advisory is not out"),
    NOT_THERE_YET.code: gettext_noop("the advisory is not at every public target yet"),
    HELD_BACK.code: gettext_noop("the record lacks something"),
}


@dataclass(frozen=True)
class Out:
    """What the law looks at: the edition on our own site. `reached_at`: where the site is served from
    elsewhere, since when readers have it there; None where it has not arrived.
    """

    state: str
    published_at: datetime | None
    is_withdrawal: bool = False
    goes_elsewhere: bool = False
    reached_at: datetime | None = None


def check_out(edition: Out, now: datetime) -> None:
    """Raises NOT_OUT unless this edition is out on our own site; NOT_THERE_YET unless readers have it."""
    is_out = edition.state == "published" and edition.published_at is not None
    if not is_out or edition.is_withdrawal or edition.published_at > now:  # type: ignore[operator]
        raise NOT_OUT()
    if edition.goes_elsewhere and (edition.reached_at is None or edition.reached_at > now):
        raise NOT_THERE_YET()


def again_after(attempts: int) -> timedelta:
    """How long to wait after so many tries."""
    return min(AGAIN_MOST, AGAIN_FIRST * (1 << min(attempts - 1, 12)))


def is_passing(problem: Problem, attempts: int) -> bool:
    """Does it pass by itself, so that it is tried again?"""
    return problem.kind in PASSING and attempts < MOST_TRIES


def lost(listed: Iterable[str], before: Iterable[str], known: Iterable[str], most: int) -> tuple[str, ...]:
    """Of the ids the account holds now, those that an earlier request got whose answer was lost."""
    old = {*before, *known}
    return tuple(each for each in listed if each not in old)[:most]


def is_missing(cited_at: datetime | None, public_at: datetime | None, now: datetime) -> bool:
    """Is a record overdue that a page of ours cites?"""
    return cited_at is not None and public_at is None and now - cited_at >= MISSING_AFTER


def channel_name(cited: Iterable[str], number: str) -> str:
    """What its line of the plan is called: nothing where the page cites one id alone."""
    return "" if len(set(cited)) == 1 else number
