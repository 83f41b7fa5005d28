"""Advisories: words in each language, the cases they draw on, approvals, publications, archive."""

from django.db import models

from okiagari.cases.models import Case, Vulnerability
from okiagari.desk.models import Person, Scope, Scoped
from okiagari.disclose.archive.models import PrunedContent, PublishedFile, PublishedTree
from okiagari.disclose.jvn import models as jvn  # noqa: F401 - its tables are those of this room
from okiagari.disclose.targets.models import Delivery
from okiagari.plumbing.fields import JsonField, LocalTextField, PublicIdField

__all__ = [
    "Advisory",
    "AdvisoryCase",
    "AdvisoryVulnerability",
    "Approval",
    "Author",
    "Channel",
    "Comparison",
    "Delivery",
    "PrunedContent",
    "Publication",
    "PublishedFile",
    "PublishedTree",
    "QuietEnd",
    "Snapshot",
]


class Advisory(Scoped):
    """What the maker says in public. Facts are drawn from the cases; only words are written here.

    `tracking_id` is the public document id (CSAF tracking id); `file_name` is what its files are called.
    `kind`: one of `rules.content.KINDS`. `state`: draft, submitted, approved, published, withdrawn.
    `phase`: how far a notice has come (`rules.content.PHASES`). `next_update`: what the page promises, as
    an instant or a partial date. `publishes_on_approval`: in an emergency the approver's yes is the last
    step; `publish_reason` is why no embargo holds it back. `thanked`: who is thanked beside the reporters who
    consented: names that somebody wrote down. With one case the scope is the case's own;
    with several it holds nobody: who may see all of the cases sees the draft (`access`).
    """

    public_id = PublicIdField(prefix="ADV")
    tracking_id = models.CharField(max_length=60, unique=True)
    file_name = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=20, default="vulnerability")
    title = LocalTextField()
    summary = LocalTextField()
    description = LocalTextField()
    impact = LocalTextField()
    advice = LocalTextField()
    contact = LocalTextField()
    references = JsonField(default=list)
    thanked = JsonField(default=list)
    languages = JsonField(default=list)
    state = models.CharField(max_length=12, default="draft")
    phase = models.CharField(max_length=16, blank=True, default="")
    next_update = models.CharField(max_length=40, blank=True, default="")
    publishes_on_approval = models.BooleanField(default=False)
    publish_reason = models.TextField(blank=True, default="")
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

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["advisory", "sha256", "renderer"], name="snapshot_once")
        ]


class Approval(models.Model):
    """A yes or a sending back, bound to one snapshot and one renderer."""

    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="approvals")
    verdict = models.CharField(max_length=10)
    by = models.ForeignKey(Person, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    note = models.TextField(blank=True, default="")


class Publication(models.Model):
    """One time the advisory goes, or went, out on the maker's own site: one line of the revision history.

    `state`: scheduled, publishing (its tree is being written or has just been switched to), published,
    cancelled, failed. `reason`: why an embargo or a missing thing did not hold it back. `superseded_by`:
    the public id of the advisory that says it now, on a withdrawal.
    """

    advisory = models.ForeignKey(Advisory, models.PROTECT, related_name="publications")
    snapshot = models.ForeignKey(Snapshot, models.PROTECT, related_name="publications")
    number = models.PositiveIntegerField(null=True)
    state = models.CharField(max_length=10)
    planned_at = models.DateTimeField()
    published_at = models.DateTimeField(null=True)
    summary = LocalTextField()
    reason = models.TextField(blank=True, default="")
    is_withdrawal = models.BooleanField(default=False)
    superseded_by = models.CharField(max_length=60, blank=True, default="")
    error = models.CharField(max_length=80, blank=True, default="")
    warned_at = models.DateTimeField(null=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    files = JsonField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["advisory", "number"], name="publication_once"),
            models.UniqueConstraint(
                fields=["advisory"],
                condition=models.Q(state__in=["scheduled", "publishing"]),
                name="one_open_publication",
            ),
        ]


class EarlierEdition(models.Model):
    """One edition that went out elsewhere before the advisory came here: `number` as it was written there."""

    advisory = models.ForeignKey(Advisory, models.PROTECT, related_name="earlier")
    position = models.PositiveIntegerField()
    number = models.CharField(max_length=64)
    at = models.DateTimeField()
    summary = LocalTextField()
    languages = JsonField(default=list)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["advisory", "position"], name="earlier_edition_once")]


class Channel(models.Model):
    """One way an advisory reaches its readers beside the maker's own page, with a clock of its own.

    `channel`: one of `rules.channels.CHANNELS`; `name` tells two of a kind apart (which dealers).
    `planned_at` is what was agreed, `confirmed_at` when it was really out, with address, evidence and who.
    `reference_at`: when its address joined the references of the advisory.
    """

    advisory = models.ForeignKey(Advisory, models.PROTECT, related_name="channels")
    public_id = PublicIdField(prefix="CHN")
    channel = models.CharField(max_length=16)
    name = models.CharField(max_length=120, blank=True, default="")
    planned_at = models.DateTimeField(null=True)
    agreed_with = models.CharField(max_length=200, blank=True, default="")
    owner = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    note = models.TextField(blank=True, default="")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    noted_at = models.DateTimeField(null=True)
    address = models.CharField(max_length=500, blank=True, default="")
    evidence = models.TextField(blank=True, default="")
    is_early = models.BooleanField(default=False)
    reference_at = models.DateTimeField(null=True)
    dropped_at = models.DateTimeField(null=True)
    dropped_reason = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["advisory", "channel", "name"],
                condition=models.Q(dropped_at__isnull=True),
                name="channel_once",
            )
        ]


class QuietEnd(models.Model):
    """The choice to end a case without a word in public, as no product is affected. The newest counts."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    taken_back_at = models.DateTimeField(null=True)


class Comparison(models.Model):
    """What the last comparison of the newest edition with the facts found: a projection, never a source.

    `facts` is the fingerprint of the facts it was made from; while it is the same, nothing is drawn again.
    `changes` holds what differs, as marked texts with their parameters.
    """

    advisory = models.OneToOneField(Advisory, models.CASCADE, related_name="comparison")
    facts = models.CharField(max_length=64)
    is_same = models.BooleanField()
    changes = JsonField(default=list)
    open_products = JsonField(default=dict)


class ConsistencyCheck(models.Model):
    """What reading every finished format of an advisory back found: a projection, never a source.

    `seal` is what it was made from: the content, the renderer, the editions before. `result` is a
    `consistency.report.Report` as JSON.
    """

    advisory = models.OneToOneField(Advisory, models.CASCADE, related_name="consistency")
    seal = models.CharField(max_length=64)
    at = models.DateTimeField()
    result = JsonField(default=dict)


class LinkAnswer(models.Model):
    """What one download link answered last. `state`: one of `consistency.downloads.STATES`; `expected` is the
    SHA-256 that the catalogue names, `sha256` and `size` what came."""

    url = models.CharField(max_length=500)
    expected = models.CharField(max_length=64, blank=True, default="")
    at = models.DateTimeField()
    state = models.CharField(max_length=12)
    status = models.PositiveIntegerField(default=0)
    sha256 = models.CharField(max_length=64, blank=True, default="")
    size = models.PositiveBigIntegerField(default=0)
    seconds = models.FloatField(default=0)
    why = models.CharField(max_length=200, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["url", "expected"], name="link_answer_once")]


class SiteCheck(models.Model):
    """One look at what is really out: the files of the public tree, read from the disk. The newest are kept.

    `tree` is the name of the tree; `result` a `consistency.out.Outcome` as JSON. `has_asked_links`: whether
    addresses outside were asked, too.
    """

    at = models.DateTimeField()
    tree = models.CharField(max_length=40)
    is_fine = models.BooleanField()
    has_asked_links = models.BooleanField(default=False)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    result = JsonField(default=dict)


# What follows points to Publication.
from okiagari.disclose.cve.models import CveDeed as CveDeed  # noqa: E402, PLC0414
from okiagari.disclose.cve.models import CveId as CveId  # noqa: E402, PLC0414
