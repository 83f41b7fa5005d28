"""What went out when. Rows are added, never changed; what was prepared and never went out is taken back."""

from django.db import models

from okiagari.desk.models import Person
from okiagari.plumbing.fields import JsonField


class PublishedTree(models.Model):
    """One tree of the own site. `state`: prepared (about to be switched to), out.

    `at`: the moment before the switch. `brought`: the editions that came with it, as ``SA-2015-001#2``; empty
    where it was made anew. `root`: digest over the root of the tree before and every change, so that no row
    can be changed unseen; it stands in the ledger as well.
    """

    name = models.CharField(max_length=32, unique=True)
    state = models.CharField(max_length=8, default="prepared")
    at = models.DateTimeField(db_index=True)
    brought = JsonField(default=list)
    renderer = models.CharField(max_length=40)
    files = models.PositiveIntegerField()
    root = models.CharField(max_length=64)


class PublishedFile(models.Model):
    """What one tree changed at one address. `sha256` "": there is nothing any more."""

    tree = models.ForeignKey(PublishedTree, models.PROTECT, related_name="changes")
    path = models.CharField(max_length=300)
    sha256 = models.CharField(max_length=64, blank=True, default="", db_index=True)
    size = models.PositiveBigIntegerField(default=0)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["path", "tree"], name="published_file_once")]


class PrunedContent(models.Model):
    """Bytes that were removed from the archive: their rows stay, and say when, by whom and why."""

    sha256 = models.CharField(max_length=64, unique=True)
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reason = models.TextField()
