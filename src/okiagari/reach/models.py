"""The one thing reach decides: that watching ends, how far it got and why that is enough."""

from django.db import models

from okiagari.cases.models import Case
from okiagari.desk.models import Person, Scope


class Settlement(models.Model):
    """Somebody ended the watch over a case. `share`: percent reached then, None where unknown."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="+")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    share = models.PositiveSmallIntegerField(null=True)
    reason = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)
