"""Where each case stands, what waits, by what words cases are found alike: projections, made in the action.

A rebuild from the facts proves them equal; lists and the first page read nothing else. Beside them, the
things that flow itself remembers: what was moved between two cases, which documents were taken in.
"""

from django.db import models

from okiagari.cases.models import Case
from okiagari.desk.models import Person, Principal, Scope, Scoped
from okiagari.disclose.models import Advisory
from okiagari.intake.models import Report
from okiagari.plumbing.fields import JsonField, LocalTextField, PublicIdField
from okiagari.plumbing.models import Blob


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


class CaseTrait(models.Model):
    """Something a case has in common with others: an id it names, a model, a piece of its wording."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    value = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["value", "case"], name="case_trait_once")]


class Transfer(models.Model):
    """What was moved from one case to another, and why. `kind`: merge, split.

    `record` names the rows that went, by table: a merge is undone by it. Never changed but to be undone.
    """

    kind = models.CharField(max_length=8)
    source = models.ForeignKey(Case, models.PROTECT, related_name="+")
    target = models.ForeignKey(Case, models.PROTECT, related_name="+")
    reason = models.TextField()
    record = JsonField(default=dict)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    undone_at = models.DateTimeField(null=True)
    undone_reason = models.TextField(blank=True, default="")


class ReminderChoice(models.Model):
    """How one person wants to be reminded; without a row, as `reminders.rules.Choice` has it."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="+")
    is_on = models.BooleanField(default=True)
    hour = models.PositiveSmallIntegerField(default=8)
    days_ahead = models.PositiveSmallIntegerField(default=2)


class Digest(models.Model):
    """One person was reminded on one day: never twice."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="+")
    day = models.DateField()
    late = models.PositiveIntegerField()
    soon = models.PositiveIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "day"], name="digest_once_a_day")]


class Escalation(models.Model):
    """Something overdue was told to whoever leads: once for each stage. `what` names the thing that waits."""

    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    stream_kind = models.CharField(max_length=24)
    stream_key = models.CharField(max_length=80)
    what = models.CharField(max_length=64)
    stage = models.PositiveSmallIntegerField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["stream_kind", "stream_key", "what", "stage"], name="escalated_once"
            )
        ]


class LetterTemplate(models.Model):
    """The maker's own version of a template. Never changed; the highest number counts."""

    key = models.CharField(max_length=60)
    number = models.PositiveIntegerField()
    subject_line = LocalTextField()
    text = LocalTextField()
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "number"], name="letter_template_once")]


class ForeignDocument(Scoped):
    """A document of somebody else, or of the maker's own past, as it came: `blob` holds its very bytes.

    `state`: read, taken, dropped. `journey`: supplier, own, "" while it is only read. `unread`: what was not
    understood or has no place here: location, text, why (a marked text with `parameters`), seen_by, seen_at;
    `left_off`: how many more there were than are kept; `waiting`: lines nobody has looked at.
    `report`, `case`, `advisory`: what it became. `words`: what it says, for the search.
    """

    public_id = PublicIdField(prefix="DOC")
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    format = models.CharField(max_length=20)
    tracking_id = models.CharField(max_length=120, blank=True, default="", db_index=True)
    publisher = models.CharField(max_length=300, blank=True, default="")
    title = models.CharField(max_length=300, blank=True, default="")
    words = models.TextField(blank=True, default="")
    language = models.CharField(max_length=8, blank=True, default="")
    tlp = models.CharField(max_length=16, blank=True, default="")
    state = models.CharField(max_length=8, default="read")
    journey = models.CharField(max_length=8, blank=True, default="")
    read_at = models.DateTimeField()
    read_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    taken_at = models.DateTimeField(null=True)
    taken_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    unread = JsonField(default=list)
    left_off = models.PositiveIntegerField(default=0)
    waiting = models.PositiveIntegerField(default=0)
    faults = JsonField(default=list, null=True)
    report = models.ForeignKey(Report, models.PROTECT, null=True, related_name="+")
    case = models.ForeignKey(Case, models.PROTECT, null=True, related_name="+")
    advisory = models.ForeignKey(Advisory, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["scope", "-read_at"], name="document_newest")]
