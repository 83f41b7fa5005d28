"""When the lessons of a case are drawn: at least one lesson, and every promise has an owner.

Promises themselves may outlive the case; they stay visible until they are kept.
"""

from okiagari.cases.gates import Facts, Missing
from okiagari.learn.models import Lesson, LessonAction
from okiagari.problems import gettext_noop

NONE_YET = gettext_noop("No lesson has been drawn yet.")
DRAW = gettext_noop("Draw a lesson")
NOBODY = gettext_noop("Nobody owns “%(text)s”.")
NAME_SOMEBODY = gettext_noop("Name somebody")


def lessons(case_id: int) -> Facts:
    drawn = Lesson.objects.filter(case_id=case_id).order_by("pk").first()
    if drawn is None:
        return Facts(holds=False, missing=(Missing("lessons.none", NONE_YET, tab="lessons", action=DRAW),))
    orphans = LessonAction.objects.filter(lesson__case_id=case_id, team=None, person=None, done_at=None)
    missing = tuple(
        Missing(
            "lessons.nobody", NOBODY, {"text": action.text.to_json()}, tab="lessons", action=NAME_SOMEBODY
        )
        for action in orphans
    )
    return Facts(holds=not missing, missing=missing, since=drawn.at)
