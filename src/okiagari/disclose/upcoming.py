"""The edition that would go out now: what it says, after those that went before it."""

from okiagari.disclose import history, publisher, sealing
from okiagari.disclose.models import Advisory
from okiagari.disclose.published import editions_of
from okiagari.disclose.rules.content import Content
from okiagari.disclose.site.entries import Edition, Entry
from okiagari.plumbing import clock


def entry(row: Advisory, language: str = "") -> Entry:
    """What would go out now; a language that is not ready yet is shown as far as it is written."""
    now = sealing.now(row)
    said: Content = now.whole if language and language not in now.content.languages else now.content
    before, out = editions_of(row.pk)
    editions = (*before, *out)
    at = clock.now()
    waiting = row.publications.filter(state="scheduled").first()
    if waiting is not None:
        at = waiting.planned_at
    number = editions[-1].number + 1 if editions else 1
    summary = publisher.next_summary(row, said)
    label = history.Before([row.pk]).label(row.pk, number)
    next_one = Edition(number, at, dict(summary.texts), tuple(said.languages), label=label)
    if row.state in {"published", "withdrawn"} and out:
        return Entry(said, editions)
    return Entry(said, (*editions, next_one))
