"""Meetings about a case, questions and what was decided, and acts that could not wait."""

from django.db import models

from okiagari.desk.models import Person, Scope
from okiagari.plumbing.fields import JsonField, LocalTextField, PublicIdField


class Meeting(models.Model):
    """People called together about a case. `state`: called, held, cancelled.

    `called`: [{kind, key, name}], whom (teams and people); `present`: names, as they were there. `agenda`:
    what was known when it was held, kept as it was then.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="meetings")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    public_id = PublicIdField(prefix="MTG")
    state = models.CharField(max_length=10, default="called")
    at = models.DateTimeField()
    place = models.CharField(max_length=300)
    reason = models.TextField()
    called = JsonField(default=list)
    called_at = models.DateTimeField()
    called_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    held_at = models.DateTimeField(null=True)
    present = JsonField(default=list)
    minutes = models.TextField(blank=True, default="")
    agenda = JsonField(default=dict)


class Resolution(models.Model):
    """A question people decide, at a meeting or by a named person. `matter`: what it is about.

    `answer`: "" while open; yes, no, later, or what is done with an embargo (keep, revise, end, publish).
    `made`: the number of what came of it (a task, a measure).
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="resolutions")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    public_id = PublicIdField(prefix="RES")
    meeting = models.ForeignKey(Meeting, models.PROTECT, null=True, related_name="resolutions")
    matter = models.CharField(max_length=60)
    question = LocalTextField()
    raised_at = models.DateTimeField()
    raised_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    answer = models.CharField(max_length=10, blank=True, default="")
    words = models.TextField(blank=True, default="")
    decided_at = models.DateTimeField(null=True)
    decided_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    made = JsonField(default=list)


class UrgentAct(models.Model):
    """Something done at once, without waiting for anybody, and looked at afterwards by somebody else.

    `kind`: stop_shipping, workaround, investigating, jpcert, authority. `verdict`: right, partly, wrong.
    """

    case = models.ForeignKey("cases.Case", models.PROTECT, related_name="urgent_acts")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    public_id = PublicIdField(prefix="URG")
    kind = models.CharField(max_length=16)
    reason = models.TextField()
    made = models.CharField(max_length=40, blank=True, default="")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    reviewed_at = models.DateTimeField(null=True)
    reviewed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    verdict = models.CharField(max_length=8, blank=True, default="")
    words = models.TextField(blank=True, default="")
