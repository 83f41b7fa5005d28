"""The catalogue as a file of it has it: what `import_catalogue` takes, on this installation or another.

Enters: who asks. Leaves: plain values, nothing that is empty. Of our own systems and of services only what
the asker may read in the inventory. Pictures are ``data:`` addresses, or names where somebody takes their
bytes.
"""

import base64
from collections.abc import Callable, Iterable, Mapping
from typing import Any

from okiagari.catalog import inventory, public, queries
from okiagari.catalog.queries import ComponentView, LineView, PictureView, ProductView, ReleaseView, StepView
from okiagari.catalog.rules import SYSTEM_KINDS
from okiagari.desk import directory, permits
from okiagari.desk.directory import OrganisationView
from okiagari.desk.subjects import Subject
from okiagari.plumbing.pictures import TYPES
from okiagari.standards.localtext import LocalText

Entry = dict[str, Any]
Place = Callable[[PictureView, bytes], str]
"""Puts a picture somewhere and says how the file names it."""
MOST = 100_000


def catalogue(subject: Subject, place: Place | None = None) -> Entry:
    """Everything the subject may read. `place`: where pictures go; left out: into the file itself."""
    permits.require(subject, "catalog.read")
    looks = _Looks(subject, place or _inside)
    held = _components(queries.components(subject))
    found = queries.products(subject, limit=MOST, include_retired=False).items
    shown = [each for each in found if _may_see(subject, each)]
    named = {each.brand_key for each in shown if each.brand_key}
    may_name = permits.may(subject, "desk.directory")
    known = directory.organisations(subject) if may_name else ()
    systems = _systems(subject)
    return _full(
        organisations=[_organisation(each) for each in known if each.key in named],
        lines=[_line(each, held.get((each.key, ""), []), looks) for each in queries.lines(subject)],
        products=[
            _product(each, held.get(("", each.model), []), systems.get(each.model), looks) for each in shown
        ],
    )


def _organisation(view: OrganisationView) -> Entry:
    return _full(
        key=view.key, kind=view.kind, name=_text(view.name), contact=view.contact, website=view.website
    )


def _may_see(subject: Subject, view: ProductView) -> bool:
    return view.kind != "system" or permits.may(subject, "catalog.inventory")


def _systems(subject: Subject) -> Mapping[str, Entry]:
    if not permits.may(subject, "catalog.inventory"):
        return {}
    return {
        each.key: _full(
            operator=each.operator,
            exposure=each.exposure,
            data_held=_text(each.data_held),
            holds_personal_data=each.holds_personal_data,
            recovery_contact=each.recovery_contact,
        )
        for each in inventory.systems(subject)
    }


class _Looks:
    """Steps with their pictures; one that stands in several steps is placed once."""

    def __init__(self, subject: Subject, place: Place) -> None:
        self.subject, self.place = subject, place
        self._named: dict[str, str] = {}

    def entries(self, steps: Iterable[StepView]) -> list[Entry]:
        return [
            _full(text=_text(step.text), picture=self._name(step.picture), alt=_text(step.alt))
            for step in steps
        ]

    def _name(self, view: PictureView | None) -> str:
        if view is None:
            return ""
        if view.sha256 not in self._named:
            content = public.picture(self.subject, view.sha256).content
            self._named[view.sha256] = self.place(view, content)
        return self._named[view.sha256]


def _inside(view: PictureView, content: bytes) -> str:
    return f"data:{TYPES[view.kind]};base64,{base64.b64encode(content).decode()}"


def _line(view: LineView, held: list[Entry], looks: _Looks) -> Entry:
    return _full(
        key=view.key,
        name=_text(view.name),
        kind=view.kind if view.kind != "firmware" else "",
        find_version=_text(view.find_version),
        how_to_apply=_text(view.how_to_apply),
        cpe=view.cpe,
        purl=view.purl,
        steps=looks.entries(view.steps),
        releases=[_release(each) for each in view.releases],
        components=held,
    )


def _release(view: ReleaseView) -> Entry:
    return _full(
        text=view.text,
        state=view.state,
        date=str(view.date),
        url=view.url,
        sha256=view.sha256,
        size=view.size,
        requires=view.requires,
        notes=_text(view.notes),
        public_note=_text(view.public_note),
        aliases=[_full(text=text, source=source) for text, source in view.aliases],
    )


def _product(view: ProductView, held: list[Entry], system: Entry | None, looks: _Looks) -> Entry:
    return _full(
        model=view.model,
        kind=view.kind,
        names=_text(view.names),
        other_names=list(view.other_names),
        category=view.category,
        family=view.family,
        brand=view.brand_key,
        team=view.team,
        successor=view.successor,
        countries=list(view.countries),
        find_model=_text(view.find_model),
        page=view.page,
        cpe=view.cpe,
        purl=view.purl,
        listing=view.listing,
        steps=looks.entries(view.steps),
        targets=_targets(view),
        components=held,
        support={
            kind: _full(date=str(day), assumed=kind in view.assumed_support)
            for kind, day in view.support.items()
            if day
        },
        shipped=[
            _full(date=str(each.date), units=each.units, source=each.source, assumed=each.assumed)
            for each in view.shipped
        ],
        inventory=system if view.kind in SYSTEM_KINDS else None,
    )


def _targets(view: ProductView) -> list[Entry]:
    """Each with what is known of its revision, said once."""
    left = {each.revision: each for each in view.variants}
    found = []
    for target in view.targets:
        entry: Entry = {"revision": target.revision, "line": target.line, "platform": target.platform}
        variant = left.pop(target.revision, None)
        if variant is not None:
            entry |= {
                "serials": variant.serials,
                "serial_numbers": list(variant.serial_numbers),
                "model_numbers": list(variant.model_numbers),
                "cpe": variant.cpe,
                "note": _text(variant.note),
            }
        found.append(_full(**entry))
    return found


def _components(views: Iterable[ComponentView]) -> dict[tuple[str, str], list[Entry]]:
    found: dict[tuple[str, str], list[Entry]] = {}
    for each in views:
        entry = _full(
            name=each.name, version=each.version, since=each.since, until=each.until, purl=each.purl
        )
        found.setdefault((each.line, each.model), []).append(entry)
    return found


def _text(text: LocalText) -> dict[str, str]:
    """The language it was written in stands first: so it stays when it comes in again."""
    return dict(sorted(text.texts.items(), key=lambda each: each[0] != text.source))


def _full(**fields: Any) -> Entry:
    """What says something. A count of nothing is something."""
    return {
        name: value
        for name, value in fields.items()
        if value not in ("", [], {}, None) and value is not False
    }
