"""One tree on its way to one target."""

from django.db import models

from okiagari.disclose.archive.models import PublishedTree
from okiagari.plumbing.fields import JsonField


class Delivery(models.Model):
    """`state`: queued, sending, done, failed (tried again at `next_try_at`), superseded (a newer tree goes
    instead). `done_at`: since when the target has it, the first time. `files`, `bytes`, `removed`: what the
    run that ended it did.
    """

    tree = models.ForeignKey(PublishedTree, models.PROTECT, related_name="deliveries")
    target = models.CharField(max_length=30)
    state = models.CharField(max_length=10, default="queued")
    queued_at = models.DateTimeField()
    started_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    files = models.PositiveIntegerField(default=0)
    bytes = models.PositiveBigIntegerField(default=0)
    removed = models.PositiveIntegerField(default=0)
    error = models.CharField(max_length=80, blank=True, default="")
    parameters = JsonField(default=dict)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["target", "tree"], name="delivery_once")]
