"""What one deed settles elsewhere, so that nobody types it twice: a publication meets clocks, ends embargoes.

Only the maker's own publication does so, which people approved and scheduled. What others publish never ends
an embargo; it raises a decision (see `cases`).
"""

from django.utils.translation import gettext

from okiagari.cases import actions as cases
from okiagari.cases import queries
from okiagari.desk.subjects import SYSTEM
from okiagari.flow.map import MET_BY
from okiagari.plumbing import clock
from okiagari.plumbing.ledger import Entry
from okiagari.plumbing.wording import house_language


def hear(entry: Entry) -> None:
    """Meet the clocks that the table names for this verb, on the case it happened to."""
    if entry.stream_kind != "case" or entry.verb not in MET_BY:
        return
    said = str(entry.facts.get("tracking_id") or entry.verb)
    case = queries.case(SYSTEM, entry.stream_key)
    embargo = case.embargo
    over = embargo and embargo.state != "ended" and embargo.until and embargo.until <= clock.now()
    if embargo and over and case.is_open:
        with house_language():
            reason = gettext("Published: %(advisory)s") % {"advisory": said}
        cases.set_embargo(
            SYSTEM,
            case.id,
            state="ended",
            until=embargo.until,
            zone=embargo.zone,
            agreed_with=embargo.agreed_with,
            reason=reason,
        )
    for running in queries.clocks(SYSTEM, case.id, is_running=True):
        if running.rule in MET_BY[entry.verb]:
            cases.meet_clock(SYSTEM, running.id, by=said)
