"""Advisories: words in each language, the cases they draw on, approvals, publications, archive."""

from django.db import models

from okiagari.cases.models import Case, Vulnerability
from okiagari.desk.models import Person, Scoped
from okiagari.plumbing.fields import JsonField, LocalTextField, PublicIdField


class Advisory(Scoped):
    """What the maker says in public. Facts are drawn from the cases; only words are written here.

    `tracking_id` is the public document id (CSAF tracking id). `kind`: vulnerability, end_of_support,
    notice. `sections` maps a section's name to nothing else but words; see `rules.SECTIONS`.
    """

    public_id = PublicIdField(prefix="ADV")
    tracking_id = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=20, default="vulnerability")
    title = LocalTextField()
    summary = LocalTextField()
    description = LocalTextField()
    impact = LocalTextField()
    advice = LocalTextField()
    contact = LocalTextField()
    references = JsonField(default=list)
    languages = JsonField(default=list)
    state = models.CharField(max_length=12, default="draft")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    submitted_at = models.DateTimeField(null=True)
    submitted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)


class AdvisoryCase(models.Model):
    """A draft of several cases is seen by those who may see all of them."""

    advisory = models.ForeignKey(Advisory, models.PROTECT, related_name="cases")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["advisory", "case"], name="advisory_case_once")]


class AdvisoryVulnerability(models.Model):
    advisory = models.ForeignKey(Advisory, models.PROTECT, related_name="vulnerabilities")
    vulnerability = models.ForeignKey(Vulnerability, models.PROTECT, related_name="+")
    position = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["advisory", "vulnerability"], name="advisory_vulnerability_once")
        ]


class Author(models.Model):
    """Who wrote on a draft. None of them approves it."""

    advisory = models.ForeignKey(Advisory, models.PROTECT, related_name="authors")
    person = models.ForeignKey(Person, models.PROTECT, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["advisory", "person"], name="author_once")]


class Snapshot(models.Model):
    """Everything an advisory says, frozen: content by hash, and the renderer it was shown with."""

    advisory = models.ForeignKey(Advisory, models.PROTECT, related_name="snapshots")
    content = JsonField(default=dict)
    sha256 = models.CharField(max_length=64)
    renderer = models.CharField(max_length=40)
    made_at = models.DateTimeField()


class Approval(models.Model):
    """A yes or a sending back, bound to one snapshot and one renderer."""

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="approvals")
    verdict = models.CharField(max_length=10)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(blank=True, default="")


class Publication(models.Model):
    """One time the advisory goes, or went, out on the maker's own site. Revision history is computed from these.

    `state`: scheduled, published, cancelled, failed.
    """

    advisory = models.ForeignKey(Advisory, models.PROTECT, related_name="publications")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="publications")
    number = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=10)
    planned_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    summary = LocalTextField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    files = JsonField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["advisory", "number"], name="publication_once")]
