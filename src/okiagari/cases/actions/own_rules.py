"""Clocks of the maker's own, and its seats in the EU: data that every case follows, kept by the team."""

from collections.abc import Sequence

from okiagari.cases import rules
from okiagari.cases.models import OwnRule, UnionSeat
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.plumbing import clock, ledger
from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards.localtext import LocalText

STREAM = ("cases", "clock-rules")
NO_OWN_RULE = define(
    "cases.no_own_rule",
    Kind.NOT_FOUND,
    gettext_noop("We have no clock of our own called “%(key)s”."),
    gettext_noop("Clocks that everybody has are set by law or custom and cannot be retired."),
)


def put_rule(
    subject: Subject,
    key: str,
    *,
    name: LocalText,
    anchor: str,
    count: int,
    unit: str,
    source: str,
    zone: str = "",
    is_movable: bool = True,
    is_automatic: bool = False,
    kinds: Sequence[str] = (),
) -> str:
    """Make a clock of our own, or change one; it runs 3 working_days from an anchor, say. Returns its key, by
    which clocks are started. Raises as `rules.check_rule`, KIND_UNKNOWN."""
    permits.require(subject, "cases.rules")
    draft = rules.Draft(key.strip(), name, anchor, rules.Span(count, unit), source.strip(), zone.strip())
    rules.check_rule(draft)
    chosen = rules.check_kinds(kinds) if kinds else ()
    with ledger.action():
        OwnRule.objects.update_or_create(
            key=draft.key,
            defaults={
                "name": name,
                "anchor": anchor,
                "span": dict(draft.span.to_json()),
                "zone": draft.zone,
                "source": draft.source[:200],
                "is_movable": is_movable,
                "is_automatic": is_automatic,
                "kinds": list(chosen),
                "retired_at": None,
            },
        )
        facts = {"key": draft.key, "name": dict(name.texts), "anchor": anchor, "count": count, "unit": unit}
        more = {"source": draft.source, "is_automatic": is_automatic, "kinds": list(chosen)}
        ledger.append(STREAM, subject=subject, verb="cases.rule_put", facts={**facts, **more})
    return rules.OWN + draft.key


def retire_rule(subject: Subject, key: str, *, reason: str) -> None:
    """Start no more clocks by this rule; those that run go on. Raises NO_OWN_RULE, REASON_NEEDED."""
    permits.require(subject, "cases.rules")
    if not reason.strip():
        raise rules.REASON_NEEDED().at("reason")
    with ledger.action():
        row = OwnRule.objects.filter(key=key.removeprefix(rules.OWN), retired_at=None).first()
        if row is None:
            raise NO_OWN_RULE(key=key)
        row.retired_at = clock.now()
        row.save()
        facts = {"key": row.key, "name": dict(row.name.texts), "reason": reason.strip()}
        ledger.append(STREAM, subject=subject, verb="cases.rule_retired", facts=facts)


def put_seat(subject: Subject, basis: str, *, country: str, name: str = "") -> None:
    """Say through whom we are present in the EU, and in which country; an empty country takes it back.
    Decides which CSIRT receives reports. Raises BASIS_UNKNOWN, NOT_A_MEMBER."""
    permits.require(subject, "cases.rules")
    code = country.strip().upper()
    rules.check_seat(basis, code or "DE")
    with ledger.action():
        if code:
            UnionSeat.objects.update_or_create(basis=basis, defaults={"country": code, "name": name.strip()})
        else:
            UnionSeat.objects.filter(basis=basis).delete()
        facts = {"basis": basis, "country": code, "name": name.strip()}
        ledger.append(STREAM, subject=subject, verb="cases.seat_put", facts=facts)
