"""When the lessons of a case are drawn: at least one lesson, and every promise has an owner.

Promises themselves may outlive the case; they stay visible until they are kept.
"""

from okiagari.cases.gates import Facts, Missing
from okiagari.learn.reading import lessons_of
from okiagari.problems import gettext_noop

NONE_YET = gettext_noop("No lesson has been drawn yet.")
DRAW = gettext_noop("Draw a lesson")
NOBODY = gettext_noop("Nobody owns “%(text)s”.")
NAME_SOMEBODY = gettext_noop("Name somebody")


def lessons(case_id: int) -> Facts:
    drawn = lessons_of(case_id)
    if not drawn:
        return Facts(holds=False, missing=(Missing("lessons.none", NONE_YET, tab="lessons", action=DRAW),))
    missing = tuple(
        Missing(
            "lessons.nobody", NOBODY, {"text": action.text.to_json()}, tab="lessons", action=NAME_SOMEBODY
        )
        for lesson in drawn
        for action in lesson.actions.all()
        if action.team is None and action.person is None and action.done_at is None
    )
    return Facts(holds=not missing, missing=missing, since=drawn[0].at)
