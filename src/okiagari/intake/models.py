"""Reports as they came in, the spool of the public form, and who reported (apart, with its own scope)."""

from django.db import models

from okiagari.cases.models import Case
from okiagari.desk.models import Person, Scope, Scoped
from okiagari.plumbing.fields import JsonField, LocalTextField, PublicIdField
from okiagari.plumbing.models import Blob


class Spooled(models.Model):
    """What the public door took in. No key into any case table; absorbed into a report by a job."""

    receipt_hash = models.CharField(max_length=64, unique=True)
    number = PublicIdField(prefix="REP")
    body = JsonField(default=dict)
    received_at = models.DateTimeField()
    door = models.CharField(max_length=12)
    absorbed_at = models.DateTimeField(null=True)


class SpooledFile(models.Model):
    """A file that came with it: in quarantine, hash recorded, never served inline."""

    spooled = models.ForeignKey(Spooled, models.PROTECT, related_name="files")
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100, blank=True, default="")


class Reporter(models.Model):
    """Who reported. Its scope is its own: knowing of the case is not knowing of the person."""

    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200, blank=True, default="")
    contact = models.CharField(max_length=200, blank=True, default="")
    affiliation = models.CharField(max_length=200, blank=True, default="")
    credit_name = models.CharField(max_length=200, blank=True, default="")
    consents_to_credit = models.BooleanField(default=False)
    language = models.CharField(max_length=5, default="ja")
    erased_at = models.DateTimeField(null=True)


class Report(Scoped):
    """One report. `source`: form, api, jpcert, support, press, own, supplier, user, field.

    `state`: received, valid, invalid, accepted, deferred, closed. `verdict` for the invalid:
    duplicate, not_ours, not_security, obsolete.
    """

    public_id = PublicIdField(prefix="REP")
    source = models.CharField(max_length=12)
    reference = models.CharField(max_length=120, blank=True, default="")
    kind = models.CharField(max_length=16, default="product")
    state = models.CharField(max_length=12, default="received")
    verdict = models.CharField(max_length=16, blank=True, default="")
    title = models.CharField(max_length=300)
    text = models.TextField()
    product_text = models.CharField(max_length=300, blank=True, default="")
    version_text = models.CharField(max_length=120, blank=True, default="")
    language = models.CharField(max_length=5, default="ja")
    received_at = models.DateTimeField()
    first_contact_at = models.DateTimeField(null=True)
    acknowledged_at = models.DateTimeField(null=True)
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reporter = models.OneToOneField(Reporter, models.PROTECT, null=True, related_name="report")
    receipt_hash = models.CharField(max_length=64, unique=True, null=True)
    duplicate_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    answer = LocalTextField()


class Attachment(models.Model):
    """A file of a report, in quarantine."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="attachments")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    public_id = PublicIdField(prefix="ATT")
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100, blank=True, default="")


class ReportCase(models.Model):
    """Which reports led to which cases: n to m."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="links")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "case"], name="report_case_once")]
