"""Tables of the plumbing. None of them points to a table of another room."""

from django.db import models

from okiagari.plumbing.fields import JsonField, LocalTextField, PublicIdField


class Stream(models.Model):
    """One chain of the ledger: everything that happened to one thing."""

    kind = models.CharField(max_length=24)
    key = models.CharField(max_length=80)
    scope_key = models.BigIntegerField(null=True, db_index=True)
    length = models.PositiveIntegerField(default=0)
    head = models.CharField(max_length=64, default="")
    anchored = models.PositiveIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="stream_once")]


class Line(models.Model):
    """One thing that happened. Never changed; the chain holds the digest of its payload, not the payload."""

    stream = models.ForeignKey(Stream, models.PROTECT, related_name="lines")
    seq = models.PositiveIntegerField()
    at = models.DateTimeField(db_index=True)
    subject_kind = models.CharField(max_length=12)
    subject_key = models.CharField(max_length=80)
    door = models.CharField(max_length=12)
    verb = models.CharField(max_length=60)
    digest = models.CharField(max_length=64)
    previous = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["stream", "seq"], name="line_once")]


class Payload(models.Model):
    """The facts of one line, apart from the chain, so that personal data can be erased from it."""

    line = models.OneToOneField(Line, models.PROTECT, related_name="payload", primary_key=True)
    salt = models.CharField(max_length=64)
    facts = JsonField()
    is_personal = models.BooleanField(default=False)
    erased_at = models.DateTimeField(null=True)


class Anchor(models.Model):
    """A keyed statement of where the streams stood; also written to a file outside the database."""

    number = models.PositiveIntegerField(unique=True)
    at = models.DateTimeField()
    body = models.TextField()
    mac = models.CharField(max_length=64)


class Job(models.Model):
    """Work to do later, written in the transaction that makes it necessary."""

    kind = models.CharField(max_length=60)
    key = models.CharField(max_length=160, null=True, unique=True)
    payload = JsonField()
    run_at = models.DateTimeField()
    every_seconds = models.PositiveIntegerField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    lease_until = models.DateTimeField(null=True)
    lease_by = models.CharField(max_length=40, default="")
    done_at = models.DateTimeField(null=True)
    failed_at = models.DateTimeField(null=True)
    error = models.TextField(default="", blank=True)

    class Meta:
        indexes = [
            models.Index(
                fields=["run_at"],
                name="job_due",
                condition=models.Q(done_at__isnull=True, failed_at__isnull=True),
            )
        ]


class Knock(models.Model):
    """How often somebody did something within one window of time; see `limiter`. The key is a keyed hash."""

    key = models.CharField(max_length=100, primary_key=True)
    count = models.PositiveIntegerField(default=1)
    ends_at = models.DateTimeField(db_index=True)


class Blob(models.Model):
    """A file kept by its content. The bytes are on disk before the row exists."""

    sha256 = models.CharField(max_length=64, unique=True)
    size = models.PositiveBigIntegerField()
    created_at = models.DateTimeField()


class Answered(models.Model):
    """The answer given to a request with an Idempotency-Key, to give again."""

    subject_key = models.CharField(max_length=120)
    key = models.CharField(max_length=120)
    request_digest = models.CharField(max_length=64)
    status = models.PositiveSmallIntegerField(null=True)
    body = models.TextField(default="")
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["subject_key", "key"], name="answered_once")]


class LetterOut(models.Model):
    """A letter to one address. `state`: queued, sent, failed, by_hand, sent_by_hand, not_sent."""

    public_id = PublicIdField(prefix="LET")
    message_id = models.CharField(max_length=200, unique=True)
    to = models.CharField(max_length=320, blank=True, default="")
    subject = models.CharField(max_length=300, blank=True, default="")
    text = models.TextField(blank=True, default="")
    files = JsonField(default=list)
    in_reply_to = models.CharField(max_length=420, blank=True, default="")
    references = models.TextField(blank=True, default="")
    is_notice = models.BooleanField(default=False)
    state = models.CharField(max_length=12)
    posted_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True, default="")
    bounced_at = models.DateTimeField(null=True)


class SearchDoc(models.Model):
    """Something to be found, with what it takes to see it: all of its scopes, and a verb. See `search`."""

    kind = models.CharField(max_length=12)
    key = models.CharField(max_length=160)
    part = models.CharField(max_length=40, blank=True, default="")
    scope_key = models.BigIntegerField(null=True, db_index=True)
    is_of_several = models.BooleanField(default=False)
    verb = models.CharField(max_length=40)
    title = LocalTextField()
    text = models.TextField(blank=True, default="")
    grams = models.TextField(blank=True, default="")
    at = models.DateTimeField(db_index=True)

    class Meta:
        db_table = "search_doc"
        constraints = [models.UniqueConstraint(fields=["kind", "key", "part"], name="search_doc_once")]


class SearchScope(models.Model):
    """A further scope that must be open to the reader as well: a draft of several cases has one for each."""

    doc = models.ForeignKey(SearchDoc, models.CASCADE, related_name="more")
    scope_key = models.BigIntegerField()
