"""Do the download links of an advisory answer with the file whose hash the catalogue names?

In: contents. Out: what each link answered, kept with its time. Nobody outside is asked unless the
installation is told to (OKIAGARI_CHECK_LINKS), and never while a past case is played again.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings
from django.db.models import Q

from okiagari.disclose.models import LinkAnswer
from okiagari.disclose.rules.content import Content
from okiagari.disclose.rules.standing import standings
from okiagari.plumbing import clock, jobs, outside
from okiagari.problems import Kind, define, gettext_noop

JOB = "disclose.links"
STATES = {
    "right": gettext_noop("answers with the file whose checksum we name"),
    "differs": gettext_noop("answers with another file than the checksum says"),
    "unnamed": gettext_noop("answers; the catalogue names no checksum"),
    "gone": gettext_noop("does not answer with a file"),
}
SWITCHED_OFF = define(
    "disclose.links_switched_off",
    Kind.CONFLICT,
    gettext_noop("This installation asks no download link."),
    gettext_noop("Set OKIAGARI_CHECK_LINKS=1, where it may reach the Internet, and start anew."),
)


@dataclass(frozen=True)
class Link:
    """A download link that an advisory names, and the hash that belongs to it."""

    url: str
    expected: str
    release: str
    models: tuple[str, ...]


@dataclass(frozen=True)
class Asked:
    """A link with its last answer; `state` is "" where nobody asked yet."""

    link: Link
    state: str = ""
    at: datetime | None = None
    status: int = 0
    sha256: str = ""
    size: int = 0
    seconds: float = 0.0
    why: str = ""

    @property
    def is_wrong(self) -> bool:
        return self.state in {"differs", "gone"}


def links(contents: Iterable[Content]) -> tuple[Link, ...]:
    """Every link to a release that somebody is told to install, once."""
    found: dict[tuple[str, str], tuple[str, list[str]]] = {}
    for content in contents:
        for standing in standings(content):
            release = standing.release
            if release and release.url.strip().lower().startswith(("https://", "http://")):
                key = (release.url.strip(), release.sha256.lower())
                found.setdefault(key, (release.text, []))[1].append(standing.product.model)
    return tuple(
        Link(url, expected, release, tuple(dict.fromkeys(models)))
        for (url, expected), (release, models) in found.items()
    )


def is_on() -> bool:
    """May this installation ask?"""
    return settings.ENVIRONMENT.check_links != "0" and not outside.is_silent()


def queue(advisory: int) -> None:
    """Have the links of what would go out asked soon; within the transaction of who wants it."""
    jobs.enqueue(JOB, {"advisory": advisory}, key=f"{JOB}:{advisory}")


def ask(known: Iterable[Link]) -> None:
    """Ask each link, one after the other, and keep what it said. Raises SWITCHED_OFF."""
    if not is_on():
        raise SWITCHED_OFF()
    from okiagari.engines import downloads  # the HTTP client takes time to load

    may_be_here = settings.ENVIRONMENT.check_links == "stand"
    for link in known:
        answer = downloads.ask(link.url, may_be_here=may_be_here)
        LinkAnswer.objects.update_or_create(
            url=link.url,
            expected=link.expected,
            defaults={
                "at": clock.now(),
                "state": _state(link, answer.sha256 if answer.came else ""),
                "status": answer.status,
                "sha256": answer.sha256,
                "size": answer.size,
                "seconds": answer.seconds,
                "why": answer.why[:200],
            },
        )


def _state(link: Link, sha256: str) -> str:
    if not sha256:
        return "gone"
    if not link.expected:
        return "unnamed"
    return "right" if sha256 == link.expected else "differs"


def answers(known: Iterable[Link]) -> tuple[Asked, ...]:
    """Each link with what it said last, the wrong ones first."""
    listed = list(known)
    wanted = Q(url__in=[each.url for each in listed])
    rows = {(each.url, each.expected): each for each in LinkAnswer.objects.filter(wanted)}
    found = [_asked(each, rows.get((each.url, each.expected))) for each in listed]
    return tuple(sorted(found, key=lambda each: not each.is_wrong))


def _asked(link: Link, row: LinkAnswer | None) -> Asked:
    if row is None:
        return Asked(link)
    return Asked(link, row.state, row.at, row.status, row.sha256, row.size, row.seconds, row.why)
