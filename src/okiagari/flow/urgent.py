"""Acts that cannot wait, at any step and under embargo: the deed by its own room, and the record of it.

The four eyes of an approval stay where they are: "we are investigating" is drafted here and published by
disclose, and a shipping stop made at once is approved afterwards.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import TypedDict, Unpack

from okiagari.cases import actions as cases
from okiagari.cases import queries as read
from okiagari.desk.subjects import Subject
from okiagari.disclose import actions as disclose
from okiagari.disclose import queries as advisories
from okiagari.flow import knowing
from okiagari.plumbing import ledger
from okiagari.remedy import actions as remedy
from okiagari.standards.localtext import LocalText
from okiagari.triage import actions as triage
from okiagari.triage import queries as grids


class With(TypedDict, total=False):
    """What the deed needs: products, words for owners or for who is told, how and which organisation."""

    targets: Sequence[str]
    text: LocalText
    channel: str
    organisation: str


def act_urgently(subject: Subject, case_id: str, *, kind: str, reason: str, **given: Unpack[With]) -> str:
    """Do what cannot wait (stop_shipping, workaround, investigating, jpcert, authority), with a reason.

    It is marked as urgent, and somebody else reviews it afterwards. Returns the number of the act.
    """
    cases.check_urgent(subject, kind, reason)
    with ledger.action():
        made = DEEDS[kind](subject, case_id, reason, given)
        return cases.note_urgent(subject, case_id, kind=kind, reason=reason, made=made)


def _stop(subject: Subject, case_id: str, reason: str, given: With) -> str:
    targets = list(given.get("targets") or knowing.shipping(subject, case_id))
    return remedy.stop_shipping(subject, case_id, targets=targets, reason=reason, urgent=True)


def _workaround(subject: Subject, case_id: str, reason: str, given: With) -> str:
    """A workaround is ready at once. A product nobody has asked about yet is asked about from now on."""
    targets = list(given.get("targets") or knowing.shipping(subject, case_id))
    rows = {row.target.key for row in grids.grid(subject, case_id).rows}
    for target in targets:
        if target not in rows:
            triage.add_row(subject, case_id, target=target, reason=reason)
    text = given.get("text", LocalText())
    measure = remedy.plan_measure(
        subject, case_id, kind="workaround", targets=targets, text=text, reason=reason
    )
    remedy.ready(subject, measure, note=reason)
    return measure


def _investigating(subject: Subject, case_id: str, reason: str, given: With) -> str:
    """The draft that says so; approval by somebody else and publication stay disclose's."""
    known = [each for each in advisories.advisories_of_case(subject, case_id) if each.state != "withdrawn"]
    if known:
        return str(known[0].id)
    case = read.case(subject, case_id)
    advisory = disclose.draft(subject, cases=[case.id], title=case.title)
    disclose.write(subject, advisory, summary=given.get("text", LocalText()))
    return advisory


def _tell(audience: str) -> Callable[[Subject, str, str, With], str]:
    def told(subject: Subject, case_id: str, reason: str, given: With) -> str:
        text = given.get("text", LocalText())
        language = text.source or "ja"
        return cases.communicate(
            subject,
            case_id,
            audience=audience,
            text=text.exact(language),
            language=language,
            channel=given.get("channel", "phone"),
            organisation=given.get("organisation"),
        )

    return told


DEEDS: Mapping[str, Callable[[Subject, str, str, With], str]] = {
    "stop_shipping": _stop,
    "workaround": _workaround,
    "investigating": _investigating,
    "jpcert": _tell("jpcert"),
    "authority": _tell("authority"),
}
