"""Tasks: somebody's, until an instant. A decision is a task whose outcome has to be said."""

from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards.localtext import LocalText

from .facts import DECISION

TASK_TITLE = define(
    "cases.task_title",
    Kind.INVALID,
    gettext_noop("A task needs a title."),
    gettext_noop("Say what is to be done, as a verb."),
)
TASK_OVER = define(
    "cases.task_over",
    Kind.CONFLICT,
    gettext_noop("This task is already over."),
    gettext_noop("Add a new task if there is more to do."),
)
OUTCOME_NEEDED = define(
    "cases.outcome_needed",
    Kind.INVALID,
    gettext_noop("A decision needs to be said."),
    gettext_noop("Write what was decided and why; it stays in the timeline."),
)
NOT_YOUR_TASK = define(
    "cases.not_your_task",
    Kind.DENIED,
    gettext_noop("This task is somebody else's."),
    gettext_noop("Those it was given to finish it, or a member of the security team."),
)


def check_task(title: LocalText) -> None:
    """Raises TASK_TITLE."""
    if not title:
        raise TASK_TITLE().at("title")


def is_decision(key: str) -> bool:
    return key.partition(":")[0] == DECISION


def check_finish(key: str, outcome: str, *, is_theirs: bool) -> None:
    """Raises NOT_YOUR_TASK, OUTCOME_NEEDED."""
    if not is_theirs:
        raise NOT_YOUR_TASK()
    if is_decision(key) and not outcome.strip():
        raise OUTCOME_NEEDED().at("outcome")
