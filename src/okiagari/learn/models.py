"""Lessons of a case, what is done about them, and the specification that they change."""

from django.db import models

from okiagari.cases.models import Case
from okiagari.desk.models import Person, Scope, Team
from okiagari.plumbing.fields import JsonField, LocalTextField, PublicIdField


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
    """What somebody does about a lesson, until when.

    Kept with `outcome` and `evidence` (where it can be seen); one on criteria names the version that kept it.
    """

    lesson = models.ForeignKey(Lesson, models.PROTECT, related_name="actions")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    public_id = PublicIdField(prefix="ACT")
    text = LocalTextField()
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    outcome = models.TextField(blank=True, default="")
    evidence = models.CharField(max_length=500, blank=True, default="")
    criteria_version = models.PositiveIntegerField(null=True)


class SpecItem(models.Model):
    """One item of the product security specification, by its key. What it says is its newest version."""

    key = models.SlugField(max_length=60, unique=True)


class SpecVersion(models.Model):
    """What an item said from a time on; never changed. `because`: the promise that led to it.

    `is_in_force` False: the item was withdrawn with this version.
    """

    item = models.ForeignKey(SpecItem, models.PROTECT, related_name="versions")
    version = models.PositiveIntegerField()
    title = LocalTextField()
    text = LocalTextField()
    references = JsonField(default=list)
    is_in_force = models.BooleanField(default=True)
    reason = models.TextField()
    because = models.ForeignKey(LessonAction, models.PROTECT, null=True, related_name="+")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["item", "version"], name="spec_version_once")]
