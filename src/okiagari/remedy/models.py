"""Measures: what is done about it, for which targets and vulnerabilities."""

from django.db import models

from okiagari.cases.models import Case, Vulnerability
from okiagari.catalog.models import Product, Release, Target
from okiagari.desk.models import Person, Scope
from okiagari.plumbing.fields import JsonField, LocalTextField, PartialDateField, PublicIdField


class Measure(models.Model):
    """One measure. `kind`: fix, workaround, stop_use, replace, accept, shipping_stop, recall, cut_in.

    `state`: planned, ready (may be published; of what the maker does inside: in force), ended, withdrawn.
    `accept` needs an approver and an expiry. A shipping stop is in force once it is approved, or at once
    where it `is_urgent` (then it is approved afterwards); `places` and `begins_at` say where and from when.
    `verification`: who, on, how (of a fix). `end_reason`: which condition was met.
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
    planned_confidence = models.CharField(max_length=8, blank=True, default="")
    planned_wording = LocalTextField()
    verification = JsonField(default=dict)
    places = JsonField(default=list)
    begins_at = models.DateTimeField(null=True)
    is_urgent = models.BooleanField(default=False)
    reason = models.TextField(blank=True, default="")
    made_at = models.DateTimeField()
    made_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ready_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    expires_at = models.DateTimeField(null=True)
    end_reason = models.TextField(blank=True, default="")
    end_asked_at = models.DateTimeField(null=True)
    end_asked_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    end_approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    ended_at = models.DateTimeField(null=True)


class Stock(models.Model):
    """Units of a recall or rework that lie somewhere. `place`: maker, distributor, shop; `name`: which."""

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="stocks")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    place = models.CharField(max_length=12)
    name = models.CharField(max_length=120, blank=True, default="")
    units = models.PositiveIntegerField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["measure", "place", "name"], name="stock_once")]


class StockCount(models.Model):
    """How many of a stock were done up to a day, and who says so. The newest day counts."""

    stock = models.ForeignKey(Stock, models.PROTECT, related_name="counts")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    done = models.PositiveIntegerField()
    day = models.DateField()
    source = models.CharField(max_length=120)
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")


class CutIn(models.Model):
    """From which unit on a factory ships a target with the fix. `counted_by`: serial or lot.

    `order`: the maker's patterns, oldest first (see `rules.serials`); `first`: the first good number.
    """

    measure = models.ForeignKey(Measure, models.PROTECT, related_name="cut_ins")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    target = models.ForeignKey(Target, models.PROTECT, related_name="+")
    factory = models.CharField(max_length=120, blank=True, default="")
    counted_by = models.CharField(max_length=8, default="serial")
    order = JsonField(default=list)
    first = models.CharField(max_length=60)
    since = PartialDateField()
    source = models.CharField(max_length=120, blank=True, default="")
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
