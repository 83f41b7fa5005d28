"""Gives an id up: one that was reserved and is not needed, or one whose record should never have been."""

from okiagari.cases import actions as cases
from okiagari.desk.subjects import Subject
from okiagari.disclose.models import CveDeed, CveId
from okiagari.engines.cve_services.problems import NOT_OWNER
from okiagari.engines.cve_services.values import State
from okiagari.plumbing import clock, ledger
from okiagari.problems import Problem
from okiagari.standards import cve
from okiagari.standards.cve.model import Rejection, Said

from . import connecting, containers, rules
from .telling import in_name_of, tell


def reject(deed: CveDeed) -> None:
    """Raises what the services refuse. Rejected already is as good as rejected now."""
    assert deed.cve is not None
    number = deed.cve.number
    texts = sorted(deed.reason.texts.items(), key=lambda each: each[0] != "en")
    reasons = tuple(Said(language, text) for language, text in texts if text)
    body = containers.checked(cve.rejection(Rejection(reasons, tuple(deed.replaced_by))), number)
    with connecting.services() as client:
        held = client.find(number)
        if held is None or held.owner != connecting.org():
            raise NOT_OWNER(cve=number)
        if held.state != State.REJECTED:
            client.reject(number, body, has_record=client.container(number) is not None)
    keep(deed)


def keep(deed: CveDeed) -> None:
    """It is rejected, and no longer the number of its vulnerability."""
    subject, now = in_name_of(deed.asked_by_id), clock.now()
    with ledger.action():
        row = CveId.objects.select_for_update().get(deeds=deed)
        row.state, row.state_at = rules.REJECTED, now
        row.save(update_fields=["state", "state_at"])
        CveDeed.objects.filter(pk=deed.pk).update(state="done", done_at=now, errors=[])
        stop(row)
        forget(row, subject)
        tell(subject, deed.vulnerability, "cve_rejected", cve=row.number)


def stop(row: CveId) -> None:
    """Nothing else is told of an id that is given up."""
    CveDeed.objects.filter(cve=row, state__in=("waiting", "failed")).update(state="dropped")


def forget(row: CveId, subject: Subject) -> None:
    """The vulnerability needs another number, or none; that of a closed case is left as it was."""
    if row.vulnerability.cve != row.number:
        return
    try:
        cases.change_vulnerability(subject, row.vulnerability.public_id, cve="")
    except Problem:
        return
