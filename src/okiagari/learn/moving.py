"""Lessons and their actions, when cases are joined. A split leaves them where they were learned."""

from okiagari.cases.models import Case
from okiagari.cases.moving import Record, carry, rescope
from okiagari.learn.models import Lesson, LessonAction


def absorb(source: Case, target: Case) -> Record:
    moved = carry(Lesson.objects.filter(case=source), target)
    rescope(LessonAction.objects.filter(lesson__in=moved), target)
    return {"lessons": moved}


def give_back(source: Case, target: Case, record: Record) -> None:
    rows = Lesson.objects.filter(pk__in=record["lessons"], case=target)
    keys = carry(rows, source)
    rescope(LessonAction.objects.filter(lesson__in=keys), source)
