"""Is what is known public? Read by `flow`, as the system; it advises and never holds anything back."""

from django.db.models import Min

from okiagari.cases.gates import Facts, Missing
from okiagari.cases.models import Case
from okiagari.desk.models import Team
from okiagari.desk.subjects import SYSTEM
from okiagari.disclose import gather
from okiagari.disclose.models import Advisory, Publication
from okiagari.disclose.rules import content
from okiagari.problems import gettext_noop
from okiagari.triage import queries as triage

NO_DRAFT = gettext_noop("There is no advisory yet.")
NOT_SUBMITTED = gettext_noop("The advisory %(advisory)s is not submitted for approval.")
NOT_APPROVED = gettext_noop("The advisory %(advisory)s waits for approval.")
NOT_PUBLISHED = gettext_noop("The advisory %(advisory)s is approved but not published.")
SCHEDULED = gettext_noop("The advisory %(advisory)s goes out at its scheduled time.")
FAILED = gettext_noop("The publication of the advisory %(advisory)s failed.")
OUTDATED = gettext_noop("The case has changed since the advisory %(advisory)s was published.")

DRAFT = gettext_noop("Draft the advisory")
SUBMIT = gettext_noop("Complete and submit it")
APPROVE = gettext_noop("Read and approve it")
PUBLISH = gettext_noop("Publish it")
LOOK = gettext_noop("Look at it")


def publication(case_id: int) -> Facts:
    """Every advisory of the case is public and says what the case says now; since the last came out."""
    case = Case.objects.get(pk=case_id)
    rows = Advisory.objects.filter(cases__case=case, withdrawn_at__isnull=True).order_by("pk")
    advisories = list(rows)
    if not advisories:
        missing = Missing("disclose.no_draft", NO_DRAFT, tab="advisory", action=DRAFT)
        return Facts(holds=False, missing=(missing,), applies=_has_something_to_say(case))
    found = [(advisory, _missing(advisory)) for advisory in advisories]
    lacking = tuple(each for _, each in found if each)
    since = None
    if not lacking:
        out = Publication.objects.filter(advisory__in=advisories, state="published")
        firsts = out.values("advisory").annotate(first=Min("published_at")).order_by("-first")
        since = firsts.values_list("first", flat=True).first()
    return Facts(holds=not lacking, missing=lacking, since=since)


def _has_something_to_say(case: Case) -> bool:
    """Where every product was decided and none is affected, a case may end without a publication."""
    grid = triage.grid(SYSTEM, case.public_id)
    decided = bool(grid.cells) and all(cell.is_decided for cell in grid.cells.values())
    return not (decided and not grid.count("affected", "fixed"))


def _missing(advisory: Advisory) -> Missing | None:
    number = {"advisory": advisory.public_id}
    waiting = advisory.publications.filter(state__in=("scheduled", "publishing")).first()
    if waiting is not None:
        due = waiting.planned_at
        return Missing("disclose.scheduled", SCHEDULED, number, due=due, tab="advisory", action=LOOK)
    if advisory.state == "submitted":
        owners = tuple(Team.objects.filter(kind="approvers").values_list("principal_id", flat=True))
        return Missing("disclose.not_approved", NOT_APPROVED, number, owners, None, "advisory", APPROVE)
    if advisory.state == "approved":
        newest = advisory.publications.order_by("-pk").first()
        failed = newest is not None and newest.state == "failed"
        code, text = ("failed", FAILED) if failed else ("not_published", NOT_PUBLISHED)
        return Missing(f"disclose.{code}", text, number, tab="advisory", action=PUBLISH)
    if advisory.state == "draft":
        return Missing("disclose.not_submitted", NOT_SUBMITTED, number, tab="advisory", action=SUBMIT)
    if _is_outdated(advisory):
        return Missing("disclose.outdated", OUTDATED, number, tab="advisory", action=SUBMIT)
    return None


def _is_outdated(advisory: Advisory) -> bool:
    last = advisory.publications.filter(state="published").order_by("-number").first()
    if last is None:
        return False
    said = last.snapshot
    now = gather.draw(advisory, said.content.get("languages", ())).content
    return content.sha256(now) != said.sha256
