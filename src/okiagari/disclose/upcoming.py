"""The edition that would go out now: what it says, after those that went before it."""

from okiagari.disclose import history, publisher, sealing
from okiagari.disclose.models import Advisory
from okiagari.disclose.rules.content import Content
from okiagari.disclose.site.entries import Edition, Entry
from okiagari.plumbing import clock


def entry(row: Advisory, language: str = "") -> Entry:
    """What would go out now; a language that is not ready yet is shown as far as it is written."""
    now = sealing.now(row)
    said: Content = now.whole if language and language not in now.content.languages else now.content
    earlier = [each for each in publisher.entries() if each.content.tracking_id == row.tracking_id]
    before = history.Before([row.pk])
    editions = earlier[0].editions if earlier else before.editions(row.pk)
    at = clock.now()
    waiting = row.publications.filter(state="scheduled").first()
    if waiting is not None:
        at = waiting.planned_at
    number = editions[-1].number + 1 if editions else 1
    summary = publisher.next_summary(row, said)
    label = before.label(row.pk, number)
    next_one = Edition(number, at, dict(summary.texts), tuple(said.languages), label=label)
    if row.state in {"published", "withdrawn"} and earlier:
        return Entry(said, editions)
    return Entry(said, (*editions, next_one))
