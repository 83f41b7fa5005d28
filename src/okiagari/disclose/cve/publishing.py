"""Publishes the record of an id after the edition that cites it, or brings it up to a later edition.

Right before anything is sent it is asked again whether this edition is out on our own site and still the
newest, and whose id it is. A record that says the same already is left alone: a lost answer does no harm.
"""

from datetime import datetime

from okiagari.desk.subjects import SYSTEM
from okiagari.disclose.actions.channels import confirm_channel
from okiagari.disclose.models import Channel, CveDeed, CveId, Publication
from okiagari.disclose.targets import reach
from okiagari.engines.cve_services.values import State
from okiagari.plumbing import clock, ledger
from okiagari.standards import ids

from . import cited, connecting, containers, rules
from .problems import REJECTED_THERE
from .telling import in_name_of, tell


def publish(deed: CveDeed) -> None:
    """Raises NOT_OUT, what holds the record back, what the services refuse."""
    assert deed.cve is not None
    assert deed.publication is not None
    edition = Publication.objects.select_related("advisory", "snapshot").get(pk=deed.publication.pk)
    rules.check_out(_out(edition), clock.now())
    newest = cited.newest(edition.advisory)
    if newest is None or newest.pk != edition.pk:
        _drop(deed)
        return
    number = deed.cve.number
    body = containers.container(edition, number)
    with connecting.services() as client:
        held = client.find(number)
        if held is None or held.owner != connecting.org():
            _leave(deed, edition)
            return
        if held.state == State.REJECTED:
            raise REJECTED_THERE(cve=number)
        there = client.container(number)
        if there is None:
            client.publish(number, body)
        elif not containers.is_same(there, body):
            client.update(number, body)
    _keep(deed, edition)


def _out(edition: Publication) -> rules.Out:
    number = edition.number or 0
    there = reach.of(edition.advisory.tracking_id, [number]).get(number)
    return rules.Out(
        edition.state,
        edition.published_at,
        edition.is_withdrawal,
        goes_elsewhere=there is not None,
        reached_at=there.at if there else None,
    )


def _drop(deed: CveDeed) -> None:
    """A later edition speaks now, or the advisory was withdrawn."""
    CveDeed.objects.filter(pk=deed.pk).update(state="dropped", done_at=clock.now(), errors=[])


def _leave(deed: CveDeed, edition: Publication) -> None:
    with ledger.action():
        _finish(deed, edition, owner="others")
        assert deed.cve is not None
        tell(
            in_name_of(deed.asked_by_id),
            deed.vulnerability,
            "cve_others",
            edition.advisory,
            cve=deed.cve.number,
        )


def _keep(deed: CveDeed, edition: Publication) -> None:
    subject, now = in_name_of(deed.asked_by_id), clock.now()
    assert deed.cve is not None
    with ledger.action():
        confirm(edition, deed.cve.number)
        row = _finish(deed, edition, owner="ours")
        verb = "cve_updated" if row.state == rules.PUBLISHED else "cve_published"
        if row.state != rules.PUBLISHED:
            row.state, row.state_at = rules.PUBLISHED, now
        row.edition, row.public_at = edition, row.public_at or now
        row.save()
        tell(subject, deed.vulnerability, verb, edition.advisory, cve=row.number, number=edition.number)


def _finish(deed: CveDeed, edition: Publication, *, owner: str) -> CveId:
    row = CveId.objects.select_for_update().get(deeds=deed)
    row.owner = owner
    row.cited_at = row.cited_at or edition.published_at
    row.save(update_fields=["owner", "cited_at"])
    done = CveDeed.objects.filter(pk=deed.pk)
    done.update(state="done", done_at=clock.now(), errors=[])
    return row


def confirm(edition: Publication, number: str, *, at: datetime | None = None, evidence: str = "") -> None:
    """The channel “CVE record” of the advisory is out, with its address; once."""
    advisory, all_cited = edition.advisory, cited.numbers(edition)
    lines = Channel.objects.filter(advisory=advisory, channel="cve", dropped_at=None)
    known = dict(lines.values_list("name", "confirmed_at"))
    names = [rules.channel_name(all_cited, number)]
    if "" in known and "" not in names and _are_public(all_cited, number):
        names.append("")  # one line was planned for all of them: it is out when the last one is
    for name in names:
        if known.get(name) is None:
            confirm_channel(
                SYSTEM,
                advisory.public_id,
                channel="cve",
                name=name,
                at=at,
                address=ids.parse(number, ids.System.CVE).url(),
                evidence=evidence,
            )


def _are_public(all_cited: tuple[str, ...], number: str) -> bool:
    others = set(all_cited) - {number}
    public = CveId.objects.filter(number__in=others, public_at__isnull=False)
    return set(public.values_list("number", flat=True)) == others
