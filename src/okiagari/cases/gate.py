"""The gate of an incident: is it contained? Facts, not permissions.

That it is (not) contained is for everybody of the case; how, and what is still open, is read in its part.
"""

from okiagari.cases import rules
from okiagari.cases.gates import Facts, Missing
from okiagari.cases.models import Case, Incident
from okiagari.desk.models import Grant
from okiagari.problems import gettext_noop

NOT_CONTAINED = gettext_noop("The incident is not contained yet.")
CONTAIN = gettext_noop("Say how it was contained")


def contained(case_id: int) -> Facts:
    """Somebody has said when, how and by whom it was contained."""
    row = Incident.objects.filter(case_id=case_id).first()
    if row is not None and row.contained_at is not None:
        return Facts(holds=True, since=row.contained_at)
    scopes = Case.objects.filter(pk=case_id).values("scope_id")
    teams = Grant.objects.filter(scope_id__in=scopes, principal__team__kind=rules.INCIDENT)
    owners = tuple(dict.fromkeys(teams.order_by("pk").values_list("principal_id", flat=True)))
    missing = Missing("cases.not_contained", NOT_CONTAINED, owners=owners, tab="incident", action=CONTAIN)
    return Facts(holds=False, missing=(missing,))
