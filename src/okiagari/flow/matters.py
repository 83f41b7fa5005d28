"""What an emergency meeting has to decide, seen from the facts; and which deed each decision is. Pure.

In: what is known of a case, as flags. Out: the matters to put on the list, in the order they are decided.
Who decides and what is done about it lies in `meeting`.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import timedelta

from okiagari.problems import gettext_noop


@dataclass(frozen=True)
class Matter:
    """One question. `team`: the kind of team that owns what follows; `within`: until when.

    `verbs` (`where` these facts hold) are the deeds that show it done.
    """

    key: str
    question: str
    team: str
    within: timedelta
    verbs: tuple[str, ...] = ()
    where: Mapping[str, str] = field(default_factory=dict)


def _told(audience: str) -> dict[str, str]:
    return {"audience": audience, "direction": "out"}


MATTERS: tuple[Matter, ...] = (
    Matter(
        "executive_judgement",
        gettext_noop("Is the severity right? Judge it."),
        "executives",
        timedelta(hours=4),
        ("triage.judged_executive",),
    ),
    Matter(
        "stop_shipping",
        gettext_noop("Stop shipping?"),
        "psirt",
        timedelta(hours=4),
        ("remedy.stop_asked", "remedy.stopped_at_once", "remedy.stop_approved"),
    ),
    Matter(
        "recall",
        gettext_noop("Call back stock in shops and warehouses?"),
        "psirt",
        timedelta(days=3),
        ("remedy.planned",),
        {"kind": "recall"},
    ),
    Matter(
        "answer_reporter",
        gettext_noop("What do we answer the reporter first?"),
        "psirt",
        timedelta(days=1),
        ("cases.said",),
        _told("reporter"),
    ),
    Matter(
        "brief_sales",
        gettext_noop("Brief sales?"),
        "psirt",
        timedelta(days=1),
        ("cases.said",),
        _told("sales"),
    ),
    Matter(
        "brief_support",
        gettext_noop("Brief the support desk?"),
        "psirt",
        timedelta(days=1),
        ("cases.said",),
        _told("support"),
    ),
    Matter(
        "tell_jpcert",
        gettext_noop("Tell JPCERT/CC?"),
        "psirt",
        timedelta(days=1),
        ("cases.said",),
        _told("jpcert"),
    ),
    Matter(
        "workaround",
        gettext_noop("Put a workaround out before the fix?"),
        "development",
        timedelta(days=2),
        ("remedy.ready",),
        {"kind": "workaround"},
    ),
    Matter("embargo", gettext_noop("What follows for the embargo?"), "psirt", timedelta(hours=4)),
    Matter(
        "publication_date",
        gettext_noop("When do we publish?"),
        "psirt",
        timedelta(days=2),
        ("disclose.published",),
    ),
    Matter("playbook", gettext_noop("Work by the playbook “%(playbook)s”?"), "psirt", timedelta(days=1)),
)
BY_KEY: Mapping[str, Matter] = {matter.key: matter for matter in MATTERS}


@dataclass(frozen=True)
class Known:
    """What is known of a case, as far as the list of decisions depends on it."""

    has_report: bool = False
    told: frozenset[str] = frozenset()
    is_judged_by_executives: bool = True
    may_be_affected: bool = False
    is_shipping: bool = False
    has_shipped: bool = False
    has_recall: bool = False
    has_workaround: bool = False
    has_open_embargo_decision: bool = False
    is_published: bool = False
    playbook: str = ""


def to_decide(known: Known) -> tuple[Matter, ...]:
    """The matters that are open, in the order they are decided."""
    is_open = {
        "executive_judgement": not known.is_judged_by_executives,
        "stop_shipping": known.may_be_affected and known.is_shipping,
        "recall": known.has_shipped and not known.has_recall,
        "answer_reporter": known.has_report and "reporter" not in known.told,
        "brief_sales": "sales" not in known.told,
        "brief_support": "support" not in known.told,
        "tell_jpcert": "jpcert" not in known.told,
        "workaround": known.may_be_affected and not known.has_workaround,
        "embargo": known.has_open_embargo_decision,
        "publication_date": not known.is_published,
        "playbook": bool(known.playbook),
    }
    return tuple(matter for matter in MATTERS if is_open[matter.key])
