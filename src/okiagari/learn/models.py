"""Lessons of a case and what is done about them."""

from django.db import models

from okiagari.cases.models import Case
from okiagari.desk.models import Person, Scope, Team
from okiagari.plumbing.fields import LocalTextField, PublicIdField


class Lesson(models.Model):
    """What a case taught. `area`: criteria, specification, training, tools, process, support_dates."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    public_id = PublicIdField(prefix="LES")
    area = models.CharField(max_length=20)
    text = LocalTextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")


class LessonAction(models.Model):
    """What somebody does about a lesson, until when."""

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="actions")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    public_id = PublicIdField(prefix="ACT")
    text = LocalTextField()
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True, default="")
