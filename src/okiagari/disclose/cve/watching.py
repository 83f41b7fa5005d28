"""Asks whether the records of cited ids are public, ours and others', and says so where one is overdue.

In: the editions that are out. Out: a channel confirmed with time and address, or, 72 hours after we cited the
id, one line that it is missing. It runs only where the settings name whom to ask; what does not answer is
asked again later and is no news.
"""

import logging
from collections.abc import Iterable

from django.db.models import Max, Q
from django.utils.translation import gettext

from okiagari.desk.subjects import SYSTEM
from okiagari.disclose.models import Advisory, CveId, Publication
from okiagari.engines.cve_services.values import Seen, State
from okiagari.plumbing import clock, ledger
from okiagari.plumbing.wording import house_language
from okiagari.problems import Problem, gettext_noop

from . import cited, connecting, publishing, rules
from .telling import tell

log = logging.getLogger("okiagari.disclose")
MOST_AT_ONCE = 50
EVIDENCE = gettext_noop("The CVE Program shows the record in public (asked at %(at)s).")


def look() -> None:
    """Once around: those not asked for some hours, the longest ago first."""
    if not connecting.is_watching():
        return
    note_cited()
    last = clock.now() - rules.ASKED_EVERY
    open_ = CveId.objects.filter(cited_at__isnull=False, public_at=None).exclude(state=rules.REJECTED)
    due = open_.filter(Q(asked_at=None) | Q(asked_at__lte=last)).order_by("asked_at", "pk")
    ask(list(due.select_related("vulnerability__case")[:MOST_AT_ONCE]))


def note_cited(advisories: Iterable[int] | None = None) -> None:
    """A row for each id that the newest editions cite."""
    out = Publication.objects.filter(state="published", advisory__withdrawn_at=None)
    if advisories is not None:
        out = out.filter(advisory__in=advisories)
    newest = out.values("advisory").annotate(last=Max("pk")).values("last")
    for edition in Publication.objects.filter(pk__in=newest).select_related("snapshot"):
        cited.rows(edition)


def ask(rows: Iterable[CveId]) -> None:
    """Ask for each, and write down what was seen. Raises NO_WATCH; what does not answer is logged."""
    with connecting.public_records() as client:
        for row in rows:
            try:
                seen = client.find(row.number)
            except Problem as problem:
                log.warning("%s could not be asked for: %s", row.number, problem.code)
                return
            _note(row, seen)


def _note(row: CveId, seen: Seen | None) -> None:
    now = clock.now()
    with ledger.action():
        CveId.objects.filter(pk=row.pk).update(asked_at=now)
        editions = _citing(row)
        if seen is not None and seen.state == State.PUBLISHED:
            CveId.objects.filter(pk=row.pk).update(public_at=min(seen.at or now, now))
            with house_language():
                evidence = gettext(EVIDENCE) % {"at": now.strftime("%Y-%m-%d %H:%M UTC")}
            for edition in editions:
                publishing.confirm(edition, row.number, at=min(seen.at or now, now), evidence=evidence)
        elif row.missing_told_at is None and rules.is_missing(row.cited_at, row.public_at, now):
            CveId.objects.filter(pk=row.pk).update(missing_told_at=now)
            for edition in editions[:1]:
                tell(SYSTEM, row.vulnerability, "cve_missing", edition.advisory, cve=row.number)


def _citing(row: CveId) -> list[Publication]:
    """The newest editions that are out and cite the id."""
    about = Advisory.objects.filter(vulnerabilities__vulnerability=row.vulnerability_id, withdrawn_at=None)
    found = [cited.newest(each) for each in about.order_by("pk")]
    return [each for each in found if each is not None and row.number in cited.numbers(each)]
