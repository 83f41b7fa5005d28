"""Is what is known public? Read by `flow`, as the system; it advises and never holds anything back.

Two questions. `publication`: has every advisory of the case said its last word, and does it still say what
the facts say? `waiting`: what somebody owes beside that, at whatever step the case is: a channel to confirm,
a promised edition.
"""

from collections.abc import Iterator

from django.conf import settings
from django.db.models import Min
from django.utils.translation import gettext, override

from okiagari.cases.gates import Facts, Missing
from okiagari.cases.models import Case
from okiagari.cases.reading import by_key
from okiagari.desk.models import Team
from okiagari.disclose import comparing, sealing
from okiagari.disclose.actions.ending import ground_of
from okiagari.disclose.cve import waits as cve
from okiagari.disclose.models import Advisory, Channel, Publication, QuietEnd
from okiagari.disclose.rules import ending, promises
from okiagari.disclose.rules.channels import NAMES
from okiagari.disclose.rules.ending import Ground
from okiagari.plumbing.readings import shared
from okiagari.problems import gettext_noop
from okiagari.standards.localtext import LANGUAGES

NO_DRAFT = gettext_noop("There is no advisory yet.")
NOT_SUBMITTED = gettext_noop("The advisory %(advisory)s is not submitted for approval.")
NOT_APPROVED = gettext_noop("The advisory %(advisory)s waits for approval.")
NOT_PUBLISHED = gettext_noop("The advisory %(advisory)s is approved but not published.")
SCHEDULED = gettext_noop("The advisory %(advisory)s goes out at its scheduled time.")
FAILED = gettext_noop("The publication of the advisory %(advisory)s failed.")
OUTDATED = gettext_noop("The page of %(advisory)s no longer says what the case says.")
CHECKING = gettext_noop("The page of %(advisory)s still says of %(count)s products: under investigation.")
OWES_FIX = gettext_noop("The page of %(advisory)s still promises a fix for %(count)s products.")
UNRESOLVED = gettext_noop("The notice %(advisory)s does not say yet that it is over.")
CHOOSE = gettext_noop("No product is affected: end quietly, or publish “not affected”.")
CONFIRM = gettext_noop("Say whether it is out: %(channel)s, %(advisory)s")
PROMISED = gettext_noop("The page of %(advisory)s promises an update.")

DRAFT = gettext_noop("Draft the advisory")
SUBMIT = gettext_noop("Complete and submit it")
APPROVE = gettext_noop("Read and approve it")
PUBLISH = gettext_noop("Publish it")
LOOK = gettext_noop("Look at it")
DECIDE = gettext_noop("Choose")
NEW_EDITION = gettext_noop("Write the next edition")
CONFIRM_IT = gettext_noop("Confirm it")
OUT = frozenset({"disclose.outdated", "disclose.checking", "disclose.waiting", "disclose.unresolved"})
"""What is said of an advisory that is public already: an edition is owed, and the last one can be read."""
ALWAYS = frozenset({"disclose.outdated"})
"""What waits for somebody at whatever step the case is."""


def publication(case_id: int) -> Facts:
    """Every advisory of the case is public, says what the case says now, and leaves nothing open."""
    case = by_key(case_id)
    advisories = _advisories(case_id)
    if not advisories:
        return _silent(case)
    lacking = tuple(each for advisory in advisories for each in _missing(advisory))
    since = None
    if not lacking:
        out = Publication.objects.filter(advisory__in=advisories, state="published")
        firsts = out.values("advisory").annotate(first=Min("published_at")).order_by("-first")
        since = firsts.values_list("first", flat=True).first()
    return Facts(holds=not lacking, missing=lacking, since=since)


@shared
def _advisories(case_id: int) -> tuple[Advisory, ...]:
    return tuple(Advisory.objects.filter(cases__case_id=case_id, withdrawn_at=None).order_by("pk"))


def _silent(case: Case) -> Facts:
    """No advisory: one is due, or somebody chooses to end without, or there is nothing to say in public."""
    if set(case.kinds) == {"infrastructure"}:
        return Facts(holds=True, applies=False)
    known = ground_of(case)
    if ending.may_be_quiet(known):
        quiet = QuietEnd.objects.filter(case=case, taken_back_at=None).order_by("-pk").first()
        if quiet is not None:
            return Facts(holds=True, applies=False, since=quiet.at)
        if known is Ground.NONE_AFFECTED:
            choice = Missing("disclose.choose", CHOOSE, tab="advisory", action=DECIDE)
            return Facts(holds=False, missing=(choice,))
    return Facts(holds=False, missing=(Missing("disclose.no_draft", NO_DRAFT, tab="advisory", action=DRAFT),))


def _missing(advisory: Advisory) -> tuple[Missing, ...]:
    number = {"advisory": advisory.public_id}
    waiting = advisory.publications.filter(state__in=("scheduled", "publishing")).first()
    if waiting is not None:
        due = waiting.planned_at
        return (Missing("disclose.scheduled", SCHEDULED, number, due=due, tab="advisory", action=LOOK),)
    if advisory.state == "submitted":
        owners = tuple(Team.objects.filter(kind="approvers").values_list("principal_id", flat=True))
        return (Missing("disclose.not_approved", NOT_APPROVED, number, owners, None, "advisory", APPROVE),)
    if advisory.state == "approved":
        newest = advisory.publications.order_by("-pk").first()
        failed = newest is not None and newest.state == "failed"
        code, text = ("failed", FAILED) if failed else ("not_published", NOT_PUBLISHED)
        return (Missing(f"disclose.{code}", text, number, tab="advisory", action=PUBLISH),)
    if advisory.state == "draft":
        return (Missing("disclose.not_submitted", NOT_SUBMITTED, number, tab="advisory", action=SUBMIT),)
    return tuple(_of_published(advisory))


def _of_published(advisory: Advisory) -> Iterator[Missing]:
    """What the newest edition leaves open. The loop goes round until there is nothing."""
    number = {"advisory": advisory.public_id}
    compared = comparing.compare(advisory)
    if compared is None:
        return
    if not compared.is_same:
        yield Missing("disclose.outdated", OUTDATED, number, tab="advisory", action=NEW_EDITION)
    for code, text in (("checking", CHECKING), ("waiting", OWES_FIX)):
        count = len(compared.open_products.get(code, ()))
        if count and compared.is_same:
            facts = {**number, "count": count}
            yield Missing(f"disclose.{code}", text, facts, tab="advisory", action=NEW_EDITION)
    if advisory.phase not in {"", "resolved"}:
        yield Missing("disclose.unresolved", UNRESOLVED, number, tab="advisory", action=NEW_EDITION)


def waiting(case_id: int) -> tuple[Missing, ...]:
    """Channels that nobody confirmed at the time agreed, editions the page promises, ids of our own."""
    advisories = _advisories(case_id)
    planned = Channel.objects.filter(
        advisory__in=advisories, planned_at__isnull=False, confirmed_at=None, dropped_at=None
    )
    found = [_unconfirmed(row) for row in planned.select_related("advisory", "owner").order_by("pk")]
    for advisory in advisories:
        if advisory.state == "published":
            found += _promised(advisory)
    return (*found, *cve.waiting(case_id))


def _unconfirmed(row: Channel) -> Missing:
    owners = (row.owner.principal_id,) if row.owner and row.owner.principal_id else ()
    facts = {"channel": _in_both(row.channel, row.name), "advisory": row.advisory.public_id}
    return Missing("disclose.confirm", CONFIRM, facts, owners, row.planned_at, "advisory", CONFIRM_IT)


def _in_both(channel: str, name: str) -> dict[str, object]:
    texts = {}
    for language in LANGUAGES:
        with override(language):
            texts[language] = f"{gettext(NAMES[channel])} {name}".strip()
    return {"texts": texts}


def _promised(advisory: Advisory) -> list[Missing]:
    last = sealing.last_published(advisory)
    said = str(last.snapshot.content.get("next_update", "")) if last else ""
    due = promises.kept_until(said, settings.TIME_ZONE)
    if due is None:
        return []
    number = {"advisory": advisory.public_id}
    return [Missing("disclose.promised", PROMISED, number, (), due, "advisory", NEW_EDITION)]
