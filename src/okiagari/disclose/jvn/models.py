"""What was told to JPCERT/CC, and the statement for JVN. A report that is kept is never changed."""

from typing import Any

from django.db import models

from okiagari.cases.models import Case, Communication
from okiagari.desk.models import Person, Scope
from okiagari.plumbing.fields import JsonField, LocalTextField, PublicIdField


class Kept(models.Model):
    """A row that is written once. Only the case it hangs on may be another, when cases are joined."""

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if self.pk is not None:
            raise RuntimeError(f"{self._meta.label} {self.pk} is kept as it was told")
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise RuntimeError(f"{self._meta.label} {self.pk} is kept as it was told")


class StatusReport(Kept):
    """One report of the vendor's status. `at`: when it was told; `noted_at`: when we wrote that down.

    `way`: letter (we sent it), or by hand one of `rules.WAYS`. `language`: of the text that went. `value`:
    the roll-up. `stance`: everything it says, as a `values.Stance`. `message`: the same among the messages.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    public_id = PublicIdField(prefix="VST")
    at = models.DateTimeField()
    noted_at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    way = models.CharField(max_length=10)
    language = models.CharField(max_length=5)
    remark = models.TextField(blank=True, default="")
    value = models.CharField(max_length=30)
    stance = JsonField(default=dict)
    message = models.ForeignKey(Communication, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [models.Index(fields=["case", "at"], name="status_report_of_case")]


class StatusFile(Kept):
    """What stood ready when it was told: `form` txt or xml, `content` to the byte (UTF-8), and its hash."""

    report = models.ForeignKey(StatusReport, models.PROTECT, related_name="files")
    form = models.CharField(max_length=3)
    language = models.CharField(max_length=5)
    content = models.TextField()
    sha256 = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["report", "form", "language"], name="status_file_once")
        ]


class VendorStatement(models.Model):
    """What JVN is to show as the maker's statement, where somebody wrote one; else the published words
    count.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    text = LocalTextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")


class Outstanding(models.Model):
    """What JPCERT/CC has not been told: a projection, never a source.

    `facts` is the fingerprint of what it was made from; while it is the same, nothing is drawn again.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="+")
    facts = models.CharField(max_length=64)
    is_owed = models.BooleanField()
    what = LocalTextField()
