"""Drafting an advisory and writing its words. The facts are drawn, never written here."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from django.conf import settings
from django.db import IntegrityError

from okiagari.cases.models import Case, Vulnerability
from okiagari.desk import permits, scopes
from okiagari.desk.aggregates import find
from okiagari.desk.models import Scope
from okiagari.desk.permits import Level
from okiagari.desk.subjects import Subject
from okiagari.disclose import access, problems
from okiagari.disclose.actions.channels import add_references
from okiagari.disclose.models import Advisory, AdvisoryCase, AdvisoryVulnerability, Author, QuietEnd
from okiagari.disclose.rules import promises, thanks
from okiagari.disclose.rules.content import KINDS, PHASES, WORDS
from okiagari.disclose.telling import tell
from okiagari.plumbing import clock, ids, ledger
from okiagari.standards.csaf import file_name
from okiagari.standards.localtext import LANGUAGES, LocalText

_TRACKING_ID = re.compile(r"[A-Za-z0-9][A-Za-z0-9.\-]{2,59}")


def draft(
    subject: Subject,
    *,
    cases: Sequence[str],
    title: LocalText,
    vulnerabilities: Sequence[str] | None = None,
    kind: str = "vulnerability",
    languages: Sequence[str] = LANGUAGES,
    tracking_id: str = "",
) -> str:
    """Draft an advisory on these cases (none for a notice); their vulnerabilities if none are named.

    `kind`: vulnerability, end_of_support, incident, alert, notice. A notice of an incident names none.
    """
    permits.require(subject, "disclose.draft")
    if kind not in KINDS:
        raise problems.NO_SUCH_KIND(kind=kind, allowed=", ".join(KINDS)).at("kind")
    if not title:
        raise problems.NO_TITLE().at("title")
    rows = [find(subject, Case, case_id) for case_id in dict.fromkeys(cases)]
    for row in rows:
        permits.require(subject, "disclose.draft", row.scope_id)
    wanted = tracking_id.strip() or ids.fresh("SA")
    try:
        with ledger.action():
            advisory = Advisory.objects.create(
                scope=_scope(subject, rows),
                tracking_id=_checked(wanted),
                file_name=file_name(wanted).removesuffix(".json"),
                kind=kind,
                title=title,
                languages=_languages(languages),
                references=[],
                made_at=clock.now(),
                made_by_id=subject.person_id,
            )
            for row in rows:
                AdvisoryCase.objects.create(advisory=advisory, case=row)
                QuietEnd.objects.filter(case=row, taken_back_at=None).update(taken_back_at=clock.now())
            _choose(advisory, () if kind == "incident" and vulnerabilities is None else vulnerabilities)
            sign(subject, advisory)
            tell(subject, advisory, "drafted", title=dict(title.texts), kind=kind)
    except IntegrityError:
        raise problems.TRACKING_ID_TAKEN(text=wanted).at("tracking_id") from None
    return str(advisory.public_id)


def _checked(tracking_id: str) -> str:
    if not _TRACKING_ID.fullmatch(tracking_id):
        raise problems.BAD_TRACKING_ID(text=tracking_id).at("tracking_id")
    if Advisory.objects.filter(file_name=file_name(tracking_id).removesuffix(".json")).exists():
        raise problems.TRACKING_ID_TAKEN(text=tracking_id).at("tracking_id")
    return tracking_id


def _languages(languages: Sequence[str]) -> list[str]:
    chosen = [language for language in LANGUAGES if language in languages]
    if not chosen or set(languages) - set(LANGUAGES):
        raise problems.BAD_LANGUAGES().at("languages")
    return chosen


def _scope(subject: Subject, cases: list[Case]) -> Scope:
    """One case: its scope. Several: one that holds nobody. None: a new one with the team and the drafter."""
    if len(cases) == 1:
        return cases[0].scope
    scope = scopes.opened("advisory")
    if not cases:
        scopes.admit_teams(scope.pk, ("psirt", "csirt"), Level.LEAD, "a notice")
        if subject.person_id is not None:
            drafter = scopes.principal_of("person", subject.key)
            scopes.admit(scope.pk, drafter.pk, Level.LEAD, "drafted it")
    return scope


def _choose(advisory: Advisory, wanted: Sequence[str] | None) -> None:
    """The vulnerabilities it is about, in the order given; None for all of its cases."""
    rows = Vulnerability.objects.filter(
        case__in=advisory.cases.values("case_id"), withdrawn_at__isnull=True
    ).order_by("case_id", "position", "pk")
    known = {row.public_id: row for row in rows}
    chosen = list(known) if wanted is None else list(dict.fromkeys(wanted))
    for each in chosen:
        if each not in known:
            raise problems.NOT_OF_THE_CASES(vulnerability=each, known=", ".join(known)).at("vulnerabilities")
    AdvisoryVulnerability.objects.filter(advisory=advisory).delete()
    for position, each in enumerate(chosen, start=1):
        AdvisoryVulnerability.objects.create(advisory=advisory, vulnerability=known[each], position=position)


def sign(subject: Subject, advisory: Advisory) -> None:
    """Remember who wrote: none of them approves."""
    if subject.person_id is not None:
        Author.objects.get_or_create(advisory=advisory, person_id=subject.person_id)


def write(
    subject: Subject,
    advisory_id: str,
    *,
    version: int | None = None,
    references: Sequence[dict[str, object]] | None = None,
    languages: Sequence[str] | None = None,
    vulnerabilities: Sequence[str] | None = None,
    still_right: Sequence[tuple[str, str]] = (),
    phase: str | None = None,
    next_update: str | None = None,
    thanked: Sequence[str] | None = None,
    **texts: Any,
) -> None:
    """Write words: title, summary, description, impact, advice, contact. Approval is asked for again.

    `still_right`: (field, language) of translations that need no change though their source changed.
    `phase`: how far a notice has come. `next_update`: the day or instant the page promises; "" for none.
    `thanked`: whom it thanks beside the reporters who consented, by name.
    """
    with access.changing(subject, "disclose.draft", advisory_id, version=version) as advisory:
        check_open(advisory)
        new = _write_words(advisory, texts, still_right)
        new |= _write_course(advisory, phase, next_update)
        if references is not None:
            new["references"] = advisory.references = [_reference(each) for each in references]
        if thanked is not None:
            new["thanked"] = advisory.thanked = thanks.checked(thanked)
        if languages is not None:
            new["languages"] = advisory.languages = _languages(languages)
        if vulnerabilities is not None:
            _choose(advisory, vulnerabilities)
            new["vulnerabilities"] = list(vulnerabilities)
        add_references(advisory)
        advisory.state, advisory.publishes_on_approval = "draft", False
        sign(subject, advisory)
        tell(subject, advisory, "written", fields=list(new), new=new)


def _write_words(
    advisory: Advisory, texts: Mapping[str, Any], still_right: Sequence[tuple[str, str]]
) -> dict[str, object]:
    new: dict[str, object] = {}
    for name, text in texts.items():
        if name not in WORDS or not isinstance(text, LocalText):
            raise problems.NO_SUCH_WORD(name=name, allowed=", ".join(WORDS)).at(name)
        if text != getattr(advisory, name):
            setattr(advisory, name, text)
            new[name] = dict(text.texts)
    for name, language in still_right:
        if name in WORDS:
            text = getattr(advisory, name)
            setattr(advisory, name, LocalText(text.texts, text.source, text.stale - {language}))
            new.setdefault(name, dict(text.texts))
    if not advisory.title:
        raise problems.NO_TITLE().at("title")
    return new


def _write_course(advisory: Advisory, phase: str | None, next_update: str | None) -> dict[str, object]:
    """How far it has come and what the page promises next; None leaves it as it is."""
    new: dict[str, object] = {}
    if phase is not None and phase != advisory.phase:
        if phase not in ("", *PHASES):
            raise problems.NO_SUCH_PHASE(phase=phase, allowed=", ".join(PHASES)).at("phase")
        new["phase"] = advisory.phase = phase
    if next_update is not None:
        try:
            promised = promises.read(next_update, settings.TIME_ZONE)
        except ValueError:
            raise problems.BAD_PROMISE(text=next_update).at("next_update") from None
        if promised != advisory.next_update:
            new["next_update"] = advisory.next_update = promised
    return new


def _reference(given: dict[str, object]) -> dict[str, object]:
    url = str(given.get("url", "")).strip()
    if not url.startswith(("https://", "http://")) or any(each.isspace() for each in url):
        raise problems.BAD_REFERENCE(url=url).at("references")
    return {"url": url, "title": LocalText.from_json(given.get("title") or {}).to_json()}


def check_open(advisory: Advisory) -> None:
    """Raises WITHDRAWN, and ON_ITS_WAY while a publication is scheduled."""
    if advisory.withdrawn_at is not None:
        raise problems.WITHDRAWN()
    if advisory.publications.filter(state__in=("scheduled", "publishing")).exists():
        raise problems.ON_ITS_WAY()


FIELDS = {"write": dict.fromkeys(WORDS, LocalText)}
