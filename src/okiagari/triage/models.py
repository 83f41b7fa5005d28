"""Judging: criteria, judgements, scores. Affectedness: the frozen selection, its rows and cells."""

from django.db import models

from okiagari.cases.models import Case, Vulnerability
from okiagari.catalog.models import Release, Target
from okiagari.desk.models import Person, Scope, Team
from okiagari.plumbing.fields import JsonField, LocalTextField, PartialDateField, PublicIdField


class Criteria(models.Model):
    """One version of the written criteria: questions, answers with points, lines. Never changed in place."""

    key = models.SlugField(max_length=40)
    version = models.PositiveIntegerField()
    content = JsonField(default=dict)
    valid_from = models.DateTimeField()
    next_review = PartialDateField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["key", "version"], name="criteria_once")]


class CriteriaReview(models.Model):
    """Somebody looked at the criteria when their date came, and kept them as they are, with a reason."""

    key = models.SlugField(max_length=40)
    version = models.PositiveIntegerField()
    reason = models.TextField()
    next_review = PartialDateField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")


class Judgement(models.Model):
    """One judgement, asked for or given. All are kept; the newest of a stage, team and subject counts.

    `stage`: first, final, executive. `level`: low, medium, high, severe (the four steps); "" until given.
    `lapsed_at`: the due time passed without an answer, so that the product security team judges.
    """

    public_id = PublicIdField(prefix="JDG")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    vulnerability = models.ForeignKey(Vulnerability, models.PROTECT, null=True, related_name="+")
    target = models.ForeignKey(Target, models.PROTECT, null=True, related_name="+")
    stage = models.CharField(max_length=10)
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    criteria = models.ForeignKey(Criteria, models.PROTECT, related_name="+")
    asked_at = models.DateTimeField()
    due_at = models.DateTimeField(null=True)
    answers = JsonField(default=dict)
    score = models.PositiveIntegerField(null=True)
    proposed = models.CharField(max_length=10, blank=True, default="")
    level = models.CharField(max_length=10, blank=True, default="")
    reason = models.TextField(blank=True, default="")
    assumed_use = LocalTextField()
    given_at = models.DateTimeField(null=True)
    given_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    lapsed_at = models.DateTimeField(null=True)
    reopened_at = models.DateTimeField(null=True)
    reopened_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reopened_reason = models.TextField(blank=True, default="")

    class Meta:
        indexes = [models.Index(fields=["case", "stage"], name="judgement_stage")]


class Score(models.Model):
    """A score beside the judgement: CVSS of any version, SSVC. `source`: own, jvn, nvd, supplier, finder.

    `value` is what people compare: "9.8" of CVSS, the priority's key of SSVC.
    """

    public_id = PublicIdField(prefix="SCO")
    vulnerability = models.ForeignKey(Vulnerability, models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    system = models.CharField(max_length=10)
    version = models.CharField(max_length=8)
    vector = models.CharField(max_length=300)
    value = models.CharField(max_length=16)
    severity = models.CharField(max_length=16, blank=True, default="")
    source = models.CharField(max_length=20)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    replaced_at = models.DateTimeField(null=True)


class Sheet(models.Model):
    """The grid of one case, for its version alone: two people set cells without losing each other's."""

    case = models.OneToOneField(Case, models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    version = models.PositiveIntegerField(default=0)


class Selection(models.Model):
    """A search rule, what it found and what was left out and why: frozen with the case."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    rule = JsonField(default=dict)
    found = JsonField(default=list)
    excluded = JsonField(default=list)
    frozen_at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")


class Row(models.Model):
    """One target the case asks about. `due_at`: until when its cells are to be decided."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    target = models.ForeignKey(Target, models.PROTECT, related_name="+")
    selection = models.ForeignKey(Selection, models.PROTECT, null=True, related_name="rows")
    added_at = models.DateTimeField()
    added_reason = models.TextField(blank=True, default="")
    due_at = models.DateTimeField(null=True)
    removed_at = models.DateTimeField(null=True)
    removed_reason = models.TextField(blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "target"], name="row_once")]


class Ruling(models.Model):
    """What was said in one deed, of one cell or of two thousand: by whom, when, why. Never changed.

    `state`: investigating, affected, not_affected, fixed. The range is on the targets' firmware line
    (`standards.firmware_order.Range` as JSON). `cannot_fix` holds why a fix is impossible; "not yet" is an
    empty `cannot_fix` with a planned date or none. `sheet`: the version of the grid that this deed made.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    state = models.CharField(max_length=14)
    range = JsonField(default=dict)
    condition = LocalTextField()
    justification = models.CharField(max_length=60, blank=True, default="")
    note = LocalTextField()
    fixed_in = models.ForeignKey(Release, models.PROTECT, null=True, related_name="+")
    verification = JsonField(default=dict)
    planned = PartialDateField()
    planned_confidence = models.CharField(max_length=12, blank=True, default="")
    planned_wording = LocalTextField()
    cannot_fix = LocalTextField()
    reason = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    sheet = models.PositiveIntegerField(default=0)


class Decision(models.Model):
    """A ruling on one row and one vulnerability. A later one replaces it and keeps it; none is undecided.

    `replaced_in`: the version of the grid that replaced it.
    """

    row = models.ForeignKey(Row, models.PROTECT, related_name="decisions")
    vulnerability = models.ForeignKey(Vulnerability, models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    ruling = models.ForeignKey(Ruling, models.PROTECT, related_name="decisions")
    replaced_at = models.DateTimeField(null=True)
    replaced_in = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["row", "vulnerability"],
                condition=models.Q(replaced_at__isnull=True),
                name="one_decision",
            )
        ]
