"""Draws every fact of an advisory from where it lives: cases, triage, remedy, intake, catalogue.

In: an advisory, or a case that may have none yet. Out: its `Content` as it would go out now. Reads as the
system (the door has already asked who may see it) and never writes; nothing here is typed by hand but the
advisory's words.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from zoneinfo import ZoneInfo

import msgspec
from django.conf import settings

from okiagari.cases import queries as cases
from okiagari.catalog import queries as catalog
from okiagari.desk.models import Organisation
from okiagari.desk.subjects import SYSTEM
from okiagari.disclose.gather import credits_, flaws, looks, products, remedies
from okiagari.disclose.models import Advisory
from okiagari.disclose.rules import content as values
from okiagari.disclose.rules import items
from okiagari.disclose.rules.content import WORDS, Content
from okiagari.disclose.rules.languages import only
from okiagari.plumbing import clock
from okiagari.standards.localtext import LANGUAGES, LocalText
from okiagari.triage import queries as triage


@dataclass(frozen=True)
class Drawn:
    """The content as it would go out, and the whole of it with every language that is being written."""

    whole: Content
    content: Content


def draw(advisory: Advisory, published_languages: Iterable[str] = ()) -> Drawn:
    """What the advisory would say now, in the languages that are ready or were already published.

    Where none is ready, those that have a title: somebody may have a reason to go out all the same.
    """
    whole = _whole(advisory)
    ready = {*items.ready_languages(whole), *published_languages} & set(whole.languages)
    if not ready:
        ready = set(whole.words.title) & set(whole.languages)
    return Drawn(whole, only(whole, [each for each in whole.languages if each in ready]))


def of_case(case_id: str, *, is_lean: bool = False) -> Content:
    """What a case alone would say now, of every vulnerability that is not withdrawn, without a word.

    `is_lean`: products as the grid knows them, without what the catalogue adds: for who asks only how they
    stand, at every step.
    """
    live = [each.id for each in cases.case(SYSTEM, case_id).vulnerabilities if not each.is_withdrawn]
    maker = Organisation.objects.filter(kind="maker").order_by("pk").first()
    said = Content(tracking_id=case_id, languages=list(LANGUAGES), publisher=publisher_of(maker))
    return _with_facts(said, [case_id], live, is_lean=is_lean)


def _whole(advisory: Advisory) -> Content:
    case_ids = list(advisory.cases.order_by("pk").values_list("case__public_id", flat=True))
    chosen = list(
        advisory.vulnerabilities.order_by("position").values_list("vulnerability__public_id", flat=True)
    )
    publisher = Organisation.objects.filter(kind="maker").order_by("pk").first()
    said = Content(
        tracking_id=advisory.tracking_id,
        kind=advisory.kind,
        phase=advisory.phase,
        next_update=advisory.next_update,
        languages=list(advisory.languages),
        publisher=publisher_of(publisher),
        words=_words(advisory, publisher),
        references=_references(advisory.references or ()),
        credits=credits_.names(case_ids, advisory.thanked),
    )
    return _with_facts(said, case_ids, chosen)


def _with_facts(said: Content, case_ids: list[str], chosen: list[str], *, is_lean: bool = False) -> Content:
    """The same with everything that lives in other rooms, about these vulnerabilities."""
    grids = [triage.grid(SYSTEM, case_id) for case_id in case_ids]
    views = remedies.views(case_ids)
    measures = remedies.measures(views, frozenset(chosen))
    targets = products.targets(grids)
    lines = catalog.lines_named(SYSTEM, [target.line for target in targets if target.line])
    models = [] if is_lean else [target.model for target in targets]
    found = catalog.products_named(SYSTEM, models) if models else {}
    statuses = flaws.statuses(grids, frozenset(chosen), remedies.plans(views))
    releases = products.releases(lines, statuses, measures, targets)
    return msgspec.structs.replace(
        said,
        products=[products.product(target, found, lines) for target in targets],
        vulnerabilities=flaws.vulnerabilities(case_ids, chosen, [target.key for target in targets]),
        statuses=statuses,
        measures=measures,
        releases=releases,
        successors=remedies.successors(measures, grids, frozenset(chosen)),
        orders=products.orders(lines, statuses, releases, targets),
        followed_by=products.followed_by(targets, clock.today(ZoneInfo(settings.TIME_ZONE))),
        lookups=looks.lookups(found, lines),
        version_notes=looks.version_notes(lines, statuses, releases, targets),
    )


def texts(text: LocalText) -> dict[str, str]:
    return dict(text.texts)


def publisher_of(maker: Organisation | None) -> values.Publisher:
    """The maker as the one who speaks."""
    if maker is None:
        return values.Publisher()
    return values.Publisher(key=maker.key, name=texts(maker.name), website=maker.website)


def _words(advisory: Advisory, maker: Organisation | None) -> values.Words:
    written: dict[str, LocalText] = {name: getattr(advisory, name) for name in WORDS}
    stale = sorted({language for text in written.values() for language in text.stale})
    said = {name: texts(text) for name, text in written.items()}
    if maker is not None and maker.contact:
        said["contact"] = {**dict.fromkeys(advisory.languages, maker.contact), **said["contact"]}
    return values.Words(**said, stale=stale)


def _references(given: Iterable[Mapping[str, object]]) -> list[values.Reference]:
    return [
        values.Reference(url=str(each["url"]), title=texts(LocalText.from_json(each.get("title"))))
        for each in given
    ]
