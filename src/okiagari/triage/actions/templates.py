"""Search rules decided beforehand, kept under a name: how far back to look is decided by day."""

from collections.abc import Mapping

from okiagari.catalog.rules import check
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock, ledger
from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards.localtext import LocalText
from okiagari.triage.models import Template
from okiagari.triage.rules.templates import checked_key

NO_SUCH_TEMPLATE = define(
    "triage.no_such_template",
    Kind.NOT_FOUND,
    gettext_noop("There is no saved rule “%(template)s”."),
    gettext_noop("The saved rules are: %(known)s."),
)
NAMELESS = define(
    "triage.template_needs_name",
    Kind.INVALID,
    gettext_noop("The saved rule has no name."),
    gettext_noop(
        "Say what it finds, without a word about any case: everybody who chooses products reads it."
    ),
)
STREAM = ("triage", "rules")


def template_named(key: str) -> Template:
    """Raises NO_SUCH_TEMPLATE."""
    known = Template.objects.filter(retired_at__isnull=True)
    row = known.filter(key=key).first()
    if row is None:
        names = ", ".join(known.order_by("key").values_list("key", flat=True)) or "–"
        raise NO_SUCH_TEMPLATE(template=key, known=names).at("template")
    return row


def save_rule(
    subject: Subject,
    key: str,
    *,
    name: LocalText,
    rule: Mapping[str, object],
    note: LocalText | None = None,
) -> str:
    """Keep a search rule under a key, or bring it up to date as its next version. Cases keep what they froze.

    Raises WRONG_KEY, NAMELESS, and what is wrong with the rule.
    """
    permits.require(subject, "triage.rules")
    checked_key(key)
    check(rule)
    if not name:
        raise NAMELESS().at("name")
    with ledger.action():
        row = Template.objects.select_for_update().filter(key=key).first()
        if row is None:
            row = Template(key=key, version=0)
        row.name, row.note, row.rule = name, note or LocalText(), dict(rule)
        row.version, row.saved_at, row.by_id = row.version + 1, clock.now(), subject.person_id
        row.retired_at = None
        row.save()
        facts = {"key": key, "name": name.to_json(), "rule": dict(rule), "version": row.version}
        ledger.append(STREAM, subject=subject, verb="triage.rule_saved", facts=facts)
    return key


def retire_rule(subject: Subject, key: str, *, reason: str = "") -> None:
    """Offer a saved rule no longer. Cases that used it keep what they froze. Raises NO_SUCH_TEMPLATE."""
    permits.require(subject, "triage.rules")
    with ledger.action():
        row = template_named(key)
        Template.objects.filter(pk=row.pk).update(retired_at=clock.now())
        facts = {"key": key, "name": row.name.to_json(), "reason": reason.strip()}
        ledger.append(STREAM, subject=subject, verb="triage.rule_retired", facts=facts)
