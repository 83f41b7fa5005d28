"""CVE ids and what was, or is to be, done about each at CVE Services."""

from django.db import models

from okiagari.cases.models import Vulnerability
from okiagari.desk.models import Person
from okiagari.plumbing.fields import JsonField, LocalTextField, PublicIdField


class CveId(models.Model):
    """One id of one vulnerability, as far as we know it.

    `owner`: ours, others, "" not known. `state`: one of `rules.STATES`, "" not known. `edition`: the last one
    its record says. `cited_at`: since when a page of ours cites it; `public_at`: since when anybody can read
    its record. `kept_at`: somebody decided not to give it up, with the reason.
    """

    vulnerability = models.ForeignKey(Vulnerability, models.PROTECT, related_name="+")
    number = models.CharField(max_length=24)
    owner = models.CharField(max_length=8, blank=True, default="")
    state = models.CharField(max_length=10, blank=True, default="")
    state_at = models.DateTimeField(null=True)
    edition = models.ForeignKey("disclose.Publication", models.PROTECT, null=True, related_name="+")
    made_at = models.DateTimeField()
    cited_at = models.DateTimeField(null=True)
    public_at = models.DateTimeField(null=True)
    asked_at = models.DateTimeField(null=True)
    missing_told_at = models.DateTimeField(null=True)
    kept_at = models.DateTimeField(null=True)
    kept_reason = models.TextField(blank=True, default="")

    class Meta:
        app_label = "disclose"
        constraints = [models.UniqueConstraint(fields=["vulnerability", "number"], name="cve_id_once")]


class CveDeed(models.Model):
    """Something to do with an id: what a job tries until it went through, and then a line of the history.

    `kind`: one of `rules.KINDS`; `via`: services, or hand where somebody noted what was done elsewhere.
    `state`: waiting, failed, done, dropped. `batch`: those reserved in one request. `before`: the ids that
    were reserved before ours was asked for, so that a lost answer is found again. `errors`: problems of the
    last try, as codes and parameters. `told_state`: of a note, which state it noted.
    """

    public_id = PublicIdField(prefix="CVD")
    vulnerability = models.ForeignKey(Vulnerability, models.PROTECT, related_name="+")
    cve = models.ForeignKey(CveId, models.PROTECT, null=True, related_name="deeds")
    publication = models.ForeignKey("disclose.Publication", models.PROTECT, null=True, related_name="+")
    kind = models.CharField(max_length=10)
    via = models.CharField(max_length=10, default="services")
    state = models.CharField(max_length=10, default="waiting")
    told_state = models.CharField(max_length=10, blank=True, default="")
    batch = models.CharField(max_length=24, blank=True, default="")
    is_sequential = models.BooleanField(default=True)
    before = JsonField(default=list)
    is_sent = models.BooleanField(default=False)
    reason = LocalTextField()
    replaced_by = JsonField(default=list)
    asked_at = models.DateTimeField()
    asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    attempts = models.PositiveIntegerField(default=0)
    tried_at = models.DateTimeField(null=True)
    next_at = models.DateTimeField(null=True)
    done_at = models.DateTimeField(null=True)
    errors = JsonField(default=list)

    class Meta:
        app_label = "disclose"
        indexes = [models.Index(fields=["state", "batch"], name="cve_deed_open")]
