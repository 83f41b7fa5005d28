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
    `targets`: the products it is about, where the severity differs; none is all of them.
    `lapsed_at`: the due time passed without an answer, so that the product security team judges.
    """

    public_id = PublicIdField(prefix="JDG")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    vulnerability = models.ForeignKey(Vulnerability, models.PROTECT, null=True, related_name="+")
    targets = models.ManyToManyField(Target, related_name="+")
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

    `value` is what people compare: "9.8" of CVSS, the priority's key of SSVC. `targets`: the products it
    holds for; none is all of them.
    """

    public_id = PublicIdField(prefix="SCO")
    vulnerability = models.ForeignKey(Vulnerability, models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    targets = models.ManyToManyField(Target, related_name="+")
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


class Template(models.Model):
    """A search rule decided beforehand: how far back to look, kept under a name for the next case.

    Everybody who may choose products sees it, so it says nothing of a case.
    """

    key = models.SlugField(max_length=60, unique=True)
    name = LocalTextField()
    note = LocalTextField()
    rule = JsonField(default=dict)
    version = models.PositiveIntegerField(default=1)
    saved_at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    retired_at = models.DateTimeField(null=True)


class Selection(models.Model):
    """A search rule, what it found and what was left out and why: frozen with the case.

    `template`: the key and version of the template it came from, "" where it was made for this case.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    rule = JsonField(default=dict)
    template = models.CharField(max_length=80, blank=True, default="")
    found = JsonField(default=list)
    excluded = JsonField(default=list)
    frozen_at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")


class Group(models.Model):
    """Rows that share code: decided once, inherited by each that says nothing of its own.

    `by`: line, family, component, hand; `value`: which of these, "" of a group made by hand.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    key = models.CharField(max_length=120)
    by = models.CharField(max_length=12)
    value = models.CharField(max_length=80, blank=True, default="")
    made_at = models.DateTimeField()
    dissolved_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "key"], name="group_once")]


class Row(models.Model):
    """One target the case asks about. `due_at`: until when its cells are to be decided.

    `team`: who owns it instead of the product's team, once it was handed over.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    target = models.ForeignKey(Target, models.PROTECT, related_name="+")
    selection = models.ForeignKey(Selection, models.PROTECT, null=True, related_name="rows")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    group = models.ForeignKey(Group, models.PROTECT, null=True, related_name="rows")
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


class GroupDecision(models.Model):
    """A ruling on a whole group and one vulnerability; `change` is what was said."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="decisions")
    vulnerability = models.ForeignKey(Vulnerability, models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    change = JsonField(default=dict)
    reason = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    replaced_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["group", "vulnerability"],
                condition=models.Q(replaced_at__isnull=True),
                name="one_group_decision",
            )
        ]


class Decision(models.Model):
    """A ruling on one row and one vulnerability. A later one replaces it and keeps it; none is undecided.

    `inherited`: the group's decision it follows; none: said of this row itself. `carried`: the decision of
    another product on the same line it was taken over from. `replaced_in`: the version of the grid that
    replaced it.
    """

    row = models.ForeignKey(Row, models.PROTECT, related_name="decisions")
    vulnerability = models.ForeignKey(Vulnerability, models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    ruling = models.ForeignKey(Ruling, models.PROTECT, related_name="decisions")
    inherited = models.ForeignKey(GroupDecision, models.PROTECT, null=True, related_name="followers")
    carried = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
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


class Located(models.Model):
    """The components a vulnerability lies in, by name: what decides whether a decision carries over."""

    vulnerability = models.ForeignKey(Vulnerability, models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    name = models.CharField(max_length=80)
    folded = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["vulnerability", "folded"], name="located_once")]


class Carry(models.Model):
    """What became of a decision when a release, or another product, joined its firmware line.

    `outcome`: carried (it says `state` of the newcomer, too) or lapsed (somebody of `team` has to say).
    `code` and `facts` are the reason. A lapse is settled by a new decision of the cell, or by somebody who
    confirms with a reason that it still holds.
    """

    public_id = PublicIdField(prefix="CRY")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    decision = models.ForeignKey(Decision, models.PROTECT, related_name="carries")
    release = models.ForeignKey(Release, models.PROTECT, null=True, related_name="+")
    target = models.ForeignKey(Target, models.PROTECT, null=True, related_name="+")
    outcome = models.CharField(max_length=8)
    state = models.CharField(max_length=14, blank=True, default="")
    code = models.CharField(max_length=40)
    facts = JsonField(default=dict)
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField(null=True)
    at = models.DateTimeField()
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    settled_reason = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["decision", "release", "target"], name="carry_once"),
        ]
        indexes = [models.Index(fields=["case", "outcome", "settled_at"], name="carry_open")]
