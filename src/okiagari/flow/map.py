"""The table of the process: steps in their order, the gate of each, and what hears which verb.

It holds no code that decides anything; `advance` reads it. A step that does not apply to a case (an
executive judgement where nothing is severe) is skipped; one that holds early is done early.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from okiagari.cases import gate as cases
from okiagari.cases.gates import Facts, Missing
from okiagari.cases.rules import KINDS
from okiagari.disclose import gate as disclose
from okiagari.disclose.jvn import gate as jvn
from okiagari.intake import gate as intake
from okiagari.learn import gate as learn
from okiagari.problems import gettext_noop
from okiagari.reach import gate as reach
from okiagari.remedy import gate as remedy
from okiagari.triage import gate as triage

PUBLIC = frozenset({"product", "service"})
INCIDENTS = frozenset({"service", "infrastructure"})


@dataclass(frozen=True)
class Step:
    """One step: its key, its name in the process' own words, and the gate that says when it is done.

    `kinds`: cases of none of these do not have the step at all: a malware mail has no reach of devices.
    """

    key: str
    label: str
    gate: Callable[[int], Facts]
    kinds: frozenset[str] = frozenset(KINDS)


def steps_of(kinds: Iterable[str]) -> tuple[Step, ...]:
    """The steps that a case of these kinds has, in their order."""
    wanted = set(kinds)
    return tuple(step for step in STEPS if step.kinds & wanted)


STEPS: tuple[Step, ...] = (
    Step("received", gettext_noop("Received"), intake.received),
    Step("first_judgement", gettext_noop("First judgement"), triage.first_judgement, PUBLIC),
    Step("final_judgement", gettext_noop("Final judgement"), triage.final_judgement),
    Step("executive_judgement", gettext_noop("Executives"), triage.executive_judgement),
    Step("containment", gettext_noop("Containment"), cases.contained, INCIDENTS),
    Step("investigation", gettext_noop("Which products"), triage.affectedness, PUBLIC),
    Step("plan", gettext_noop("Countermeasure plan"), remedy.countermeasure_plan, PUBLIC),
    Step("countermeasure", gettext_noop("Countermeasures"), remedy.countermeasure, PUBLIC),
    Step("publication", gettext_noop("Publication"), disclose.publication, PUBLIC),
    Step("reach", gettext_noop("Reach"), reach.reach, frozenset({"product"})),
    Step("lessons", gettext_noop("Lessons"), learn.lessons),
)
ALWAYS = disclose.ALWAYS
TOLD = disclose.OUT
"""Codes of what is still missing when everybody concerned can read of the case already."""
ALSO: tuple[Callable[[int], tuple[Missing, ...]], ...] = (disclose.waiting, jvn.waiting)
"""What waits beside the step: codes of missing things that are always said, and gates that are no step."""
CLOSED = ("closed", gettext_noop("Closed"))
LABELS: Mapping[str, str] = {**{step.key: step.label for step in STEPS}, CLOSED[0]: CLOSED[1]}

COORDINATED = frozenset({"jpcert_publication"})
MET_BY: Mapping[str, frozenset[str]] = {
    "disclose.published": COORDINATED,
    "disclose.channel_confirmed": COORDINATED,
    "disclose.channel_dropped": COORDINATED,
}
"""Clocks that a deed meets once the advisory is out as the coordinator counts it, on JVN or on our own page:
verb -> rules of `standards.deadlines`."""

READY_TO_CLOSE = gettext_noop("Every step is done; the case can be closed.")
CLOSE = gettext_noop("Close the case")
OPEN_TASK = gettext_noop("%(title)s")
DO_TASK = gettext_noop("Do it")
CLOCK = gettext_noop("%(label)s")
SEE_CLOCK = gettext_noop("Look at the clock")
LESSON_ACTION = gettext_noop("Lesson: %(text)s")
THE_CRITERIA = gettext_noop("Judgement criteria")
REVIEW_CRITERIA = gettext_noop("Review the criteria: keep them with a reason, or adopt new ones")
REVIEW = gettext_noop("Review them")
REPORT_WAITS = gettext_noop("Look at the report “%(title)s”")
OPEN_REPORT = gettext_noop("Open the report")
REPLY_WAITS = gettext_noop("%(who)s wrote and waits for an answer")
ANSWER = gettext_noop("Answer")
LETTER_FAILED = gettext_noop("A letter to %(who)s did not arrive")
SEE_LETTER = gettext_noop("Look at the letter")
