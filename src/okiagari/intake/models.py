"""Reports as they came in, the spool of the public door, and who reported (apart, with its own scope)."""

from django.db import models

from okiagari.cases.models import Case
from okiagari.desk.models import Person, Scope, Scoped
from okiagari.plumbing.fields import JsonField, LocalTextField, PartialDateField, PublicIdField
from okiagari.plumbing.models import Blob


class Spooled(models.Model):
    """What a door took in, and the register of all report numbers.

    No key into any case table; a job absorbs it into a report (or into the report it `follows`, where
    `kind` is message) and empties `body`. `receipt_hash` and `follows` are hashes of receipt secrets.
    """

    kind = models.CharField(max_length=8, default="report")
    receipt_hash = models.CharField(max_length=64, unique=True, null=True)
    follows = models.CharField(max_length=64, blank=True, default="")
    number = PublicIdField(prefix="REP")
    body = JsonField(default=dict)
    received_at = models.DateTimeField()
    door = models.CharField(max_length=12)
    absorbed_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [
            models.Index(fields=["received_at"], name="spooled_left", condition=models.Q(absorbed_at=None))
        ]


class SpooledFile(models.Model):
    """A file that came with it: in quarantine, hash recorded, never served inline."""

    spooled = models.ForeignKey(Spooled, models.PROTECT, related_name="files")
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100, blank=True, default="")


class Reporter(models.Model):
    """Who reported. Its scope is its own: knowing of the report is not knowing of the person."""

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
    duplicate, not_ours, not_security, obsolete. `said_public` and `said_attacked` are what the reporter
    says (yes, no, unknown or nothing). `answer` is the newest answer to the reporter.
    """

    public_id = PublicIdField(prefix="REP")
    source = models.CharField(max_length=12)
    reference = models.CharField(max_length=120, blank=True, default="")
    kind = models.CharField(max_length=16, default="product")
    state = models.CharField(max_length=12, default="received")
    verdict = models.CharField(max_length=16, blank=True, default="")
    reason = models.TextField(blank=True, default="")
    title = models.CharField(max_length=300)
    text = models.TextField()
    effect = models.TextField(blank=True, default="")
    product_text = models.CharField(max_length=300, blank=True, default="")
    version_text = models.CharField(max_length=120, blank=True, default="")
    said_public = models.CharField(max_length=8, blank=True, default="")
    said_attacked = models.CharField(max_length=8, blank=True, default="")
    language = models.CharField(max_length=5, default="ja")
    received_at = models.DateTimeField()
    first_contact_at = models.DateTimeField(null=True)
    wanted_publication = PartialDateField()
    acknowledged_at = models.DateTimeField(null=True)
    assessed_at = models.DateTimeField(null=True)
    news_at = models.DateTimeField(null=True)
    """When the reporter added something that nobody has answered or marked as read."""
    entered_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reporter = models.OneToOneField(Reporter, models.PROTECT, null=True, related_name="report")
    receipt_hash = models.CharField(max_length=64, unique=True, null=True)
    message_id = models.CharField(max_length=420, blank=True, default="", db_index=True)
    claims = models.CharField(max_length=24, blank=True, default="")
    """What a mail said it belongs to, from somebody else than those we talk to about it."""
    duplicate_of = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    answer = LocalTextField()

    class Meta:
        indexes = [models.Index(fields=["scope", "-received_at"], name="report_newest")]


class Attachment(models.Model):
    """A file of a report, in quarantine."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="attachments")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    public_id = PublicIdField(prefix="ATT")
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100, blank=True, default="")
    received_at = models.DateTimeField()


class Message(models.Model):
    """Something said between the reporter and us about a report. `direction`: in, out.

    `letter`: the posted letter it also went out as; `message_id`: the mail it came as.
    """

    report = models.ForeignKey(Report, models.PROTECT, related_name="messages")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    direction = models.CharField(max_length=4)
    text = LocalTextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    letter = models.CharField(max_length=24, blank=True, default="", db_index=True)
    message_id = models.CharField(max_length=420, blank=True, default="", db_index=True)
    is_automatic = models.BooleanField(default=False)


class Incoming(models.Model):
    """A mail that came in: taken once by its Message-ID, absorbed by a job, then forgotten but for its end.

    `outcome`: "", report, message, reply, bounce, automatic, own, empty.
    """

    public_id = PublicIdField(prefix="MAI")
    key = models.CharField(max_length=64, unique=True)
    raw = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="+")
    source = models.CharField(max_length=12, default="")
    is_head = models.BooleanField(default=False)
    taken_at = models.DateTimeField()
    absorbed_at = models.DateTimeField(null=True)
    outcome = models.CharField(max_length=12, blank=True, default="")
    became = models.CharField(max_length=24, blank=True, default="")

    class Meta:
        indexes = [
            models.Index(fields=["taken_at"], name="incoming_left", condition=models.Q(absorbed_at=None))
        ]


class Trait(models.Model):
    """Something a report has in common with others: an id it names, a model, a piece of its wording."""

    report = models.ForeignKey(Report, models.CASCADE, related_name="traits")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    value = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["value", "report"], name="trait_once")]


class ReportCase(models.Model):
    """Which reports led to which cases: n to m. `via`: the report whose cases a duplicate joined."""

    report = models.ForeignKey(Report, models.PROTECT, related_name="links")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    via = models.ForeignKey(Report, models.PROTECT, null=True, related_name="+")
    reason = models.TextField(blank=True, default="")
    linked_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["report", "case"], name="report_case_once")]
