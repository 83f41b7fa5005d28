"""Measures: what is done about it, for which targets and vulnerabilities."""

from django.db import models

from okiagari.cases.models import Case, Vulnerability
from okiagari.catalog.models import Product, Release, Target
from okiagari.desk.models import Person, Scope
from okiagari.plumbing.fields import LocalTextField, PartialDateField, PublicIdField


class Measure(models.Model):
    """One measure. `kind`: fix, workaround, stop_use, replace, accept, shipping_stop, recall, cut_in.

    `state`: planned, ready (may be published), ended, withdrawn. `accept` needs an approver and an expiry.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    public_id = PublicIdField(prefix="MEA")
    kind = models.CharField(max_length=16)
    state = models.CharField(max_length=10, default="planned")
    text = LocalTextField()
    targets = models.ManyToManyField(Target, related_name="+")
    vulnerabilities = models.ManyToManyField(Vulnerability, related_name="+")
    release = models.ForeignKey(Release, models.PROTECT, null=True, related_name="+")
    successor = models.ForeignKey(Product, models.PROTECT, null=True, related_name="+")
    planned = PartialDateField()
    reason = models.TextField(blank=True, default="")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ready_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField(null=True)
    ended_at = models.DateTimeField(null=True)
