"""Hears that an edition is out, or that a record was seen, inside the transaction that says so."""

from okiagari.disclose.models import CveDeed, CveId, Publication
from okiagari.plumbing import clock
from okiagari.plumbing.ledger import Entry

from . import cited, connecting, rules, working


def hear(entry: Entry) -> None:
    if entry.stream_kind != "advisory":
        return
    if entry.verb == "disclose.published":
        _published(entry)
    elif entry.verb == "disclose.channel_confirmed" and entry.facts.get("channel") == "cve":
        _confirmed(entry)


def _edition(entry: Entry, **wanted: object) -> Publication | None:
    found = Publication.objects.filter(
        advisory__public_id=entry.stream_key, state="published", is_withdrawal=False, **wanted
    )
    return found.select_related("advisory", "snapshot").order_by("-number").first()


def _published(entry: Entry) -> None:
    """The records of what this edition cites are published, or brought up to it, by a job each."""
    if not connecting.is_set_up():
        return
    edition = _edition(entry, number=entry.facts.get("number"))
    if edition is not None:
        follow(edition)


def follow(edition: Publication, *, even_others: bool = False) -> list[CveDeed]:
    """A deed for each id that the edition cites and that may be ours; those of earlier editions are moot.

    An id that another advisory has published stays with that one while it is out. `even_others`: ask again
    whose it is, also where it was not ours.
    """
    made = []
    for row in cited.rows(edition):
        is_others = row.owner == "others" and not even_others
        if is_others or row.state == rules.REJECTED or _is_kept_elsewhere(row, edition):
            continue
        earlier = CveDeed.objects.filter(cve=row, kind="publish", state__in=("waiting", "failed"))
        earlier.update(state="dropped")
        deed = CveDeed.objects.create(
            vulnerability=row.vulnerability,
            cve=row,
            publication=edition,
            kind="publish",
            asked_at=clock.now(),
            asked_by_id=edition.by_id,
        )
        working.queue(deed)
        made.append(deed)
    return made


def _is_kept_elsewhere(row: CveId, edition: Publication) -> bool:
    keeper = CveId.objects.filter(number=row.number, edition__isnull=False).exclude(
        edition__advisory_id=edition.advisory_id
    )
    return keeper.filter(edition__advisory__withdrawn_at=None).exists()


def _confirmed(entry: Entry) -> None:
    """Somebody, or the watch, saw the record: it is missed no more."""
    edition = _edition(entry)
    if edition is None:
        return
    name, address = str(entry.facts.get("name") or ""), str(entry.facts.get("address") or "")
    numbers = cited.numbers(edition)
    seen = [each for each in numbers if each == name or address.endswith(each) or len(numbers) == 1]
    if not connecting.is_watching() and not CveId.objects.filter(number__in=seen).exists():
        return
    for row in cited.rows(edition):
        if row.number in seen and row.public_at is None:
            row.public_at = clock.now()
            row.save(update_fields=["public_at"])
