"""The plan of an advisory beyond the maker's own page: channels planned, confirmed, dropped.

In: what was agreed and what was seen. Nothing here publishes anywhere; the own site has its engine
(`publisher`). A channel that spoke before us notes that as a fact on each case, which asks for a decision.
"""

from collections.abc import Iterable
from datetime import datetime

from django.utils.translation import gettext

from okiagari.cases import actions as cases
from okiagari.cases import queries as case_files
from okiagari.desk import people
from okiagari.desk.models import Person
from okiagari.desk.subjects import SYSTEM, Door, Subject
from okiagari.disclose import access, problems
from okiagari.disclose.models import Advisory, Channel
from okiagari.disclose.rules import channels as rules
from okiagari.disclose.rules.channels import CHANNELS, NAMES, NEEDS_ADDRESS, OWN_SITE, REFERENCED, Spoken
from okiagari.disclose.telling import tell
from okiagari.plumbing import clock
from okiagari.plumbing.wording import house_language
from okiagari.problems import gettext_noop
from okiagari.standards.localtext import LocalText

EARLY = gettext_noop("%(channel)s published %(advisory)s before we did")


def plan_channel(
    subject: Subject,
    advisory_id: str,
    *,
    channel: str,
    at: datetime | None = None,
    name: str = "",
    owner: str = "",
    agreed_with: str = "",
    note: str = "",
) -> str:
    """Plan a channel, or change its plan: when, agreed with whom, who confirms it. Returns its number.

    `name` tells two of a kind apart. `owner`: the username of whoever confirms; without one, the team does.
    """
    with access.changing(subject, "disclose.draft", advisory_id) as advisory:
        _check_channel(channel)
        row = _row(advisory, channel, name) or _new(subject, advisory, channel, name)
        if row.confirmed_at is not None:
            raise problems.CHANNEL_CONFIRMED(channel=NAMES[channel]).at("channel")
        before = row.planned_at
        row.planned_at, row.agreed_with, row.note = at, agreed_with.strip(), note.strip()
        row.owner = _person(advisory, owner)
        row.save()
        facts = {"channel": channel, "name": row.name, "at": at, "before": before, "owner": owner}
        tell(subject, advisory, "channel_planned", **facts, agreed_with=row.agreed_with)
        return str(row.public_id)


def confirm_channel(
    subject: Subject,
    advisory_id: str,
    *,
    channel: str,
    at: datetime | None = None,
    name: str = "",
    address: str = "",
    evidence: str = "",
) -> str:
    """Say that a channel is out: since when, where, on what evidence. It need not have been planned.

    Out before our own page, it notes "published elsewhere" on every case, which asks for a decision.
    """
    with access.changing(subject, "disclose.confirm", advisory_id) as advisory:
        _check_channel(channel)
        url, since = _address(channel, address), at or clock.now()
        if since > clock.now():
            raise problems.NOT_OUT_YET().at("at")
        row = _row(advisory, channel, name) or _new(subject, advisory, channel, name)
        if row.confirmed_at is not None:
            raise problems.CHANNEL_CONFIRMED(channel=NAMES[channel]).at("channel")
        row.is_early = rules.is_early(Spoken(channel, row.planned_at, since, first_out(advisory)))
        row.confirmed_at, row.noted_at, row.address = since, clock.now(), url
        row.evidence, row.confirmed_by_id = evidence.strip(), subject.person_id
        row.save()
        if advisory.state == "draft":
            add_references(advisory)
        facts = {"channel": channel, "name": row.name, "at": since, "address": url, "is_early": row.is_early}
        tell(subject, advisory, "channel_confirmed", **facts, evidence=row.evidence)
        if row.is_early and channel in rules.PUBLIC:
            _note_facts(subject, advisory, row)
        return str(row.public_id)


def drop_channel(subject: Subject, advisory_id: str, *, channel: str, reason: str, name: str = "") -> None:
    """Take a channel out of the plan, with the reason. One that is out stays."""
    with access.changing(subject, "disclose.draft", advisory_id) as advisory:
        if not reason.strip():
            raise problems.NOTE_NEEDED().at("reason")
        row = _row(advisory, channel, name)
        if row is None:
            raise problems.NO_SUCH_CHANNEL(channel=channel, allowed=", ".join(CHANNELS)).at("channel")
        if row.confirmed_at is not None:
            raise problems.CHANNEL_CONFIRMED(channel=NAMES[channel]).at("channel")
        row.dropped_at, row.dropped_reason = clock.now(), reason.strip()
        row.save(update_fields=["dropped_at", "dropped_reason"])
        tell(subject, advisory, "channel_dropped", channel=channel, name=row.name, reason=reason.strip())


def _check_channel(channel: str) -> None:
    if channel == OWN_SITE:
        raise problems.OWN_SITE_ITSELF().at("channel")
    if channel not in CHANNELS:
        raise problems.NO_SUCH_CHANNEL(channel=channel, allowed=", ".join(CHANNELS)).at("channel")


def _row(advisory: Advisory, channel: str, name: str) -> Channel | None:
    known = Channel.objects.select_for_update()
    return known.filter(
        advisory=advisory, channel=channel, name=name.strip(), dropped_at__isnull=True
    ).first()


def _new(subject: Subject, advisory: Advisory, channel: str, name: str) -> Channel:
    return Channel(
        advisory=advisory,
        channel=channel,
        name=name.strip(),
        made_at=clock.now(),
        made_by_id=subject.person_id,
    )


def _person(advisory: Advisory, username: str) -> Person | None:
    """Who confirms: somebody who can see the advisory, else it would wait unseen."""
    if not username.strip():
        return None
    found = Person.objects.filter(username=username.strip(), is_active=True).first()
    if found is None:
        raise problems.NO_SUCH_PERSON(username=username).at("owner")
    if not access.visible(people.named(found.username, Door.INSIDE)).filter(pk=advisory.pk).exists():
        raise problems.OWNER_OUTSIDE(username=username).at("owner")
    return found


def _address(channel: str, given: str) -> str:
    url = given.strip()
    if not url and channel not in NEEDS_ADDRESS:
        return ""
    if not url.startswith(("https://", "http://")) or any(each.isspace() for each in url):
        raise problems.BAD_REFERENCE(url=url).at("address")
    return url


def first_out(advisory: Advisory) -> datetime | None:
    """When our own page first was public."""
    out = advisory.publications.filter(state__in=("publishing", "published"), is_withdrawal=False)
    found: datetime | None = out.order_by("number").values_list("published_at", flat=True).first()
    return found


def add_references(advisory: Advisory) -> None:
    """Let the addresses of JVN and CVE that were confirmed since join the references."""
    fresh = advisory.channels.filter(
        channel__in=REFERENCED, confirmed_at__isnull=False, reference_at__isnull=True
    )
    known = {each["url"] for each in advisory.references or ()}
    for row in fresh.order_by("confirmed_at", "pk"):
        if row.address not in known:
            title = LocalText.of(ja=_TITLES[row.channel][0], en=_TITLES[row.channel][1])
            added = {"url": row.address, "title": title.to_json()}
            advisory.references = [*(advisory.references or ()), added]
        row.reference_at = clock.now()
        row.save(update_fields=["reference_at"])


_TITLES = {"jvn": ("JVN", "JVN"), "cve": ("CVE レコード", "CVE record")}


def _note_facts(subject: Subject, advisory: Advisory, row: Channel) -> None:
    """On each vulnerability of each open case, once: the case asks its team what follows."""
    chosen = set(advisory.vulnerabilities.values_list("vulnerability__public_id", flat=True))
    assert row.confirmed_at is not None
    for flaw in _open_flaws(advisory, chosen):
        with house_language():
            said = gettext(EARLY) % {
                "channel": gettext(NAMES[row.channel]),
                "advisory": advisory.tracking_id,
            }
        evidence = " ".join(part for part in (said, row.address, row.evidence) if part)
        cases.note_fact(
            subject, flaw, kind="public_elsewhere", at=row.confirmed_at, evidence=evidence, source=row.channel
        )


def _open_flaws(advisory: Advisory, chosen: set[str]) -> Iterable[str]:
    for case_id in advisory.cases.order_by("pk").values_list("case__public_id", flat=True):
        view = case_files.case(SYSTEM, case_id)
        if not view.is_open:
            continue
        for flaw in view.vulnerabilities:
            known = {fact.kind for fact in flaw.facts if not fact.is_withdrawn}
            if flaw.id in chosen and not flaw.is_withdrawn and "public_elsewhere" not in known:
                yield flaw.id
