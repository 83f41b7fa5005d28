"""Tasks: somebody's, until an instant. Decisions and reviews are tasks that only their own deed ends."""

from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards.localtext import LocalText

from .facts import DECISION
from .meetings import DECIDE_IT, REVIEW_IT, is_review

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


def check_finish(key: str, *, is_theirs: bool) -> None:
    """Raises NOT_YOUR_TASK; DECIDE_IT and REVIEW_IT where the deed is another one than ticking off."""
    if not is_theirs:
        raise NOT_YOUR_TASK()
    if is_decision(key):
        raise DECIDE_IT()
    if is_review(key):
        raise REVIEW_IT()
