"""Carries a publication out: the row is begun, a tree is written, checked and switched to, the row is marked.

The switch is the commit point. A kill before it leaves the old site and a row to begin again; a kill
after it leaves the new site and a row that `recover` marks. Whoever comes second finds nothing to do.
Rendering and writing happen outside any transaction, under one lock per site folder.
"""

import logging
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from django.conf import settings
from django.db import models
from django.utils.translation import gettext, override

from okiagari.desk.models import Organisation, Person
from okiagari.desk.people import named
from okiagari.desk.subjects import SYSTEM, Door, Subject
from okiagari.disclose import embargo, history, outgoing, problems, sealing
from okiagari.disclose.gather import listed, publisher_of
from okiagari.disclose.keys.installed import signing
from okiagari.disclose.models import Advisory, Publication
from okiagari.disclose.published import editions_of, entries
from okiagari.disclose.rules import changes, content
from okiagari.disclose.rules.approval import why_asked_again
from okiagari.disclose.rules.content import Content
from okiagari.disclose.site import planning, tree, written
from okiagari.disclose.site.before import Before, Trees
from okiagari.disclose.site.entries import Entry, Site, key_of
from okiagari.disclose.site.planning import BuiltSite
from okiagari.disclose.site.writer import Writer
from okiagari.disclose.telling import tell
from okiagari.plumbing import clock, collecting, ledger
from okiagari.problems import Problem
from okiagari.standards.localtext import LANGUAGES, LocalText

log = logging.getLogger("okiagari.disclose")


def site_folder() -> Path:
    return Path(settings.ENVIRONMENT.site_dir)


def site() -> Site:
    """Who speaks, and where the site is."""
    maker = Organisation.objects.filter(kind="maker").order_by("pk").first()
    return Site(
        settings.ENVIRONMENT.site_url,
        settings.TIME_ZONE,
        publisher_of(maker),
        has_csaf_2_1=settings.ENVIRONMENT.csaf_2_1,
        contact=maker.contact if maker else "",
        report_url=f"{settings.ENVIRONMENT.base_url}/report/",
        policy_url=settings.ENVIRONMENT.policy_url,
        cve_org=(settings.ENVIRONMENT.cve_org_id, settings.ENVIRONMENT.cve_org_name),
        cve_format=settings.ENVIRONMENT.cve_format,
        house=written.templates(Path(settings.ENVIRONMENT.data)),
    )


def whole_site() -> Site:
    """With the products that its pages name by themselves."""
    return replace(site(), catalogue=listed.today())


def run(publication: int, *, writer: Writer | None = None) -> None:
    """Publish, once. What cannot go out is marked as failed and raised; what the disk refuses is raised."""
    folder = site_folder()
    with tree.alone(folder):
        try:
            row = _begin(publication)
            if row is None:
                return
            if not _is_in(tree.current(folder), row):
                _write_and_switch(folder, writer or Writer())
            outgoing.settle(folder, writer or Writer())
        except Problem as problem:
            _fail(publication, problem)
            raise
        _finish(row, folder)
        tree.prune(folder)


def _write_and_switch(folder: Path, writer: Writer) -> planning.Plan:
    with collecting.paused():
        before, ground = tree.current(folder), tree.ground(folder)
        Trees(ground, before).look_over()  # while everything that is out is read
        plan = planning.plan(entries(), whole_site(), before, signing(), ground)
        fresh = tree.write(folder, plan, writer)
    with outgoing.recorded(folder, fresh, plan.manifest, writer):
        tree.switch(folder, fresh, writer)
    return plan


def _is_in(before: Before | None, row: Publication) -> bool:
    """Did the switch happen already?"""
    name = f"{row.advisory.tracking_id}#{row.number}"
    return before is not None and name in before.manifest.publications


def under_lock(publication: int) -> Publication | None:
    """The row under lock, its advisory locked first, as everywhere."""
    known = Publication.objects.filter(pk=publication).values_list("advisory_id", flat=True).first()
    if known is None:
        return None
    Advisory.objects.select_for_update().get(pk=known)
    return Publication.objects.select_for_update().select_related("advisory", "snapshot").get(pk=publication)


def _begin(publication: int) -> Publication | None:
    """Give it its number and time. None where it is done, taken back, or not due yet."""
    with ledger.action():
        row = under_lock(publication)
        if row is None or row.state not in ("scheduled", "publishing"):
            return None
        if row.state == "publishing":
            return row
        if row.planned_at > clock.now():
            return None
        if not row.is_withdrawal:
            _check(row)
        numbers = row.advisory.publications.filter(number__isnull=False)
        last = numbers.aggregate(last=models.Max("number"))["last"] or history.count(row.advisory)
        row.number = last + 1
        row.state, row.published_at = "publishing", clock.now().replace(microsecond=0)
        row.summary = _summary(row)
        row.save(update_fields=["number", "state", "published_at", "summary"])
    return row


def _check(row: Publication) -> None:
    """What was approved is what is, and may be said now."""
    if sealing.approval_of(row.snapshot) is None:
        raise problems.NOT_APPROVED()
    why = why_asked_again(sealing.seal_of(row.snapshot), sealing.now(row.advisory).seal)
    if why:
        raise (problems.ASKS_AGAIN if why == "content" else problems.RENDERER_CHANGED)()
    if not row.reason:
        embargo.check(row.advisory, clock.now())


def _summary(row: Publication) -> LocalText:
    """The line of the revision history: as somebody wrote it; else what changed, in every language."""
    if row.summary:
        return row.summary
    if row.is_withdrawal:
        if row.superseded_by:
            by = {"advisory": row.superseded_by}
            return _in_every_language([changes.Change("all", changes.SUPERSEDED, by)])
        return _in_every_language([changes.Change("all", changes.WITHDRAWN)])
    return next_summary(row.advisory, content.read(row.snapshot.content))


def next_summary(advisory: Advisory, after: Content) -> LocalText:
    """What changed since the last edition, in every language."""
    last = sealing.last_published(advisory)
    if last is None and history.count(advisory):
        return _in_every_language([changes.Change("all", changes.ANEW)])
    before = content.read(last.snapshot.content) if last else None
    return _in_every_language(changes.notes(before, after))


def _in_every_language(notes: Iterable[changes.Change]) -> LocalText:
    found = list(notes)
    texts = {}
    for language in LANGUAGES:
        with override(language):
            texts[language] = " ".join(gettext(note.text) % note.parameters for note in found)
    return LocalText(texts, "ja")


def _finish(row: Publication, folder: Path) -> None:
    """Mark it as published, once."""
    known = tree.current(folder)
    files = known.manifest.files if known else {}
    key = _key(row)
    mine = {path: file.sha256 for path, file in files.items() if file.key == key}
    # and what lies beside them: hashes and signatures
    mine |= {path: file.sha256 for path, file in files.items() if path.rpartition(".")[0] in mine}
    with ledger.action():
        locked = under_lock(row.pk)
        if locked is None or locked.state != "publishing":
            return
        locked.state = "published"
        locked.files = [{"path": path, "sha256": digest} for path, digest in sorted(mine.items())]
        locked.save(update_fields=["state", "files"])
        if not locked.is_withdrawal:
            Advisory.objects.filter(pk=locked.advisory_id).update(
                state="published", version=models.F("version") + 1
            )
        tell(
            _publisher(locked),
            locked.advisory,
            "published",
            number=locked.number,
            at=locked.published_at,
            snapshot=locked.snapshot.sha256,
            languages=locked.snapshot.content["languages"],
            reason=locked.reason,
        )


def _key(row: Publication) -> str:
    """What its files in the tree were made from."""
    said = content.read(row.snapshot.content)
    before, out = editions_of(row.advisory_id)
    return key_of(Entry(said, (*before, *out)), site())


def _publisher(row: Publication) -> Subject:
    """In whose name it went out: who pressed the button, also where a job did it later."""
    person = Person.objects.filter(pk=row.by_id or 0, is_active=True).first()
    return named(person.username, Door.INSIDE) if person else SYSTEM


def _fail(publication: int, problem: Problem) -> None:
    """Say that it will not go out, and why; what was approved can be published again."""
    with ledger.action():
        row = under_lock(publication)
        if row is None or row.state not in ("scheduled", "publishing"):
            return
        row.state, row.error, row.number, row.published_at = "failed", problem.code, None, None
        row.save(update_fields=["state", "error", "number", "published_at"])
        tell(SYSTEM, row.advisory, "failed", why=problem.code)


def recover(*, writer: Writer | None = None) -> None:
    """At start: mark what the switch had made public, and go on with what it had not."""
    for publication in Publication.objects.filter(state="publishing").values_list("pk", flat=True):
        try:
            run(publication, writer=writer)
        except (Problem, OSError):
            log.exception("publication %s could not be finished; its job tries again", publication)
    with tree.alone(site_folder()):
        outgoing.settle(site_folder(), writer or Writer())
        tree.prune(site_folder())


def export(out: Path) -> BuiltSite:
    """The whole tree of what is published, into a folder of its own. Raises NOT_A_TREE, BROKEN_TREE."""
    with collecting.paused():
        found = entries(("published",))
        plan = planning.plan(found, whole_site(), signing=signing())
        tree.export(out, plan, Writer())
    return BuiltSite(str(out), len(plan.contents), plan.shared, len(found), plan.manifest.renderer)


def has_tree() -> bool:
    """Whether anything was written yet that the public sees."""
    return tree.current(site_folder()) is not None


def refresh(*, writer: Writer | None = None) -> BuiltSite:
    """The tree of what is published, anew and at once: after another key, or before security.txt runs out."""
    folder = site_folder()
    with tree.alone(folder):
        plan = _write_and_switch(folder, writer or Writer())
        tree.prune(folder)
    out = len(plan.manifest.publications)
    return BuiltSite(str(folder / tree.CURRENT), len(plan.contents), plan.shared, out, plan.manifest.renderer)
