"""Is everything planned; is everything ready? Read by `flow`, as the system."""

from collections.abc import Mapping

from okiagari.cases.gates import Facts, Missing
from okiagari.cases.reading import by_key
from okiagari.desk.subjects import SYSTEM
from okiagari.problems import gettext_noop
from okiagari.remedy import queries
from okiagari.remedy.rules import Gap, Lack

SENTENCES: Mapping[Lack, str] = {
    Lack.STOP_USE: gettext_noop(
        "%(product)s cannot be fixed and has no workaround: ask its owners to stop using it"
    ),
    Lack.MEASURE: gettext_noop("%(product)s has no fix, no workaround and no other measure yet"),
    Lack.APPROVAL: gettext_noop("the risk of %(product)s is not accepted by anybody else yet"),
    Lack.EXPIRED: gettext_noop("the accepted risk of %(product)s has run out: decide again"),
    Lack.READY: gettext_noop("the measure for %(product)s is planned but not ready to be published"),
}
BUTTONS: Mapping[Lack, str] = {
    Lack.STOP_USE: gettext_noop("Plan the stop-use request"),
    Lack.MEASURE: gettext_noop("Plan a measure"),
    Lack.APPROVAL: gettext_noop("Accept the risk"),
    Lack.EXPIRED: gettext_noop("Plan a measure"),
    Lack.READY: gettext_noop("Make it ready"),
}


def countermeasure_plan(case_id: int) -> Facts:
    """Holds when every affected product has a measure: stop use where it can never be fixed."""
    gaps = queries.gaps(SYSTEM, by_key(case_id).public_id)
    return _facts(gaps.plan, concerns=gaps.concerns)


def countermeasure(case_id: int) -> Facts:
    """Holds when the measures are ready to be published."""
    gaps = queries.gaps(SYSTEM, by_key(case_id).public_id)
    return _facts(gaps.ready, concerns=gaps.concerns)


def _facts(gaps: tuple[Gap, ...], *, concerns: bool) -> Facts:
    return Facts(holds=not gaps, missing=tuple(_missing(gap) for gap in gaps), applies=concerns)


def _missing(gap: Gap) -> Missing:
    return Missing(
        code=f"remedy.{gap.lack}",
        text=SENTENCES[gap.lack],
        parameters={"product": gap.target},
        tab="measures",
        action=BUTTONS[gap.lack],
    )
