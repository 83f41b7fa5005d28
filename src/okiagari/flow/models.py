"""Where each case stands: a projection, recomputed in the transaction of the action that moved it.

A rebuild from the facts proves it equal; lists and the first page read nothing else.
"""

from django.db import models

from okiagari.cases.models import Case
from okiagari.desk.models import Principal, Scope
from okiagari.plumbing.fields import JsonField


class Position(models.Model):
    """The computed step of a case, what is missing, the next action and the next due time."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    step = models.CharField(max_length=20, db_index=True)
    level = models.CharField(max_length=10, blank=True, default="")
    is_open = models.BooleanField(default=True)
    is_attacked = models.BooleanField(default=False)
    steps = JsonField(default=list)
    missing = JsonField(default=list)
    due_at = models.DateTimeField(null=True, db_index=True)
    embargo_until = models.DateTimeField(null=True)
    opened_at = models.DateTimeField()
    changed_at = models.DateTimeField(db_index=True)


class Wait(models.Model):
    """One thing that waits for somebody: whom, what, of which matter, until when."""

    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    stream_kind = models.CharField(max_length=24)
    stream_key = models.CharField(max_length=80)
    principal = models.ForeignKey(Principal, models.PROTECT, related_name="+")
    code = models.CharField(max_length=60)
    text = models.CharField(max_length=300)
    action = models.CharField(max_length=80, blank=True, default="")
    parameters = JsonField(default=dict)
    tab = models.CharField(max_length=24, blank=True, default="")
    due_at = models.DateTimeField(null=True)
    since = models.DateTimeField()

    class Meta:
        indexes = [
            models.Index(fields=["principal", "due_at"], name="wait_for"),
            models.Index(fields=["stream_kind", "stream_key"], name="wait_of"),
        ]
