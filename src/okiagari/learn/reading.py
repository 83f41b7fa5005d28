"""The lessons of a case with what is promised because of each: for gates, what waits and the index."""

from django.db.models import Prefetch

from okiagari.learn.models import Lesson, LessonAction
from okiagari.plumbing.readings import shared


@shared
def lessons_of(case_id: int) -> tuple[Lesson, ...]:
    """In the order they were drawn, each with its actions, and who owns these."""
    actions = LessonAction.objects.select_related("team", "person").order_by("pk")
    found = Lesson.objects.filter(case_id=case_id).prefetch_related(Prefetch("actions", actions))
    return tuple(found.order_by("pk"))
