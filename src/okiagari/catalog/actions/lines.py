"""Verbs about one firmware line: its releases, their places and states, the texts that mean them."""

from collections.abc import Mapping

from okiagari.catalog import build
from okiagari.catalog.actions.frame import changing_line, check, differences, write
from okiagari.catalog.actions.news import News, gets_out
from okiagari.catalog.models import FirmwareLine, Release
from okiagari.catalog.problems import NEEDS_REASON, THERE_ALREADY, WRONG_CHOICE
from okiagari.catalog.rules import RELEASE_STATES, AliasIn, read_entry
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.plumbing import ledger
from okiagari.standards.firmware_order import key as folded


def put_line(
    subject: Subject, data: Mapping[str, object], *, version: int | None = None, is_new: bool = False
) -> str:
    """Make one firmware line or change it; releases not named stay as they are. `is_new`: THERE_ALREADY."""
    permits.require(subject, "catalog.change")
    catalogue = read_entry({"lines": [data]})
    build.steps.keep_all(catalogue)
    (given,) = catalogue.lines
    with ledger.action():
        row = FirmwareLine.objects.select_for_update().filter(key=given.key).first()
        if row is not None and is_new:
            raise THERE_ALREADY(key=given.key).at("key")
        check(row, version)
        before = _facts(row) if row else {}
        seen = News([given.key])
        made = build.line(given)
        build.components.of_entry(made, given)
        verb = "catalog.line" if row else "catalog.line_made"
        releases = [release.text for release in given.releases]
        changed = differences(before, _facts(made))
        write(subject, verb, {"line": given.key, "releases": releases, **changed, **seen.facts()})
    return given.key


def _facts(row: FirmwareLine) -> dict[str, object]:
    return {
        "kind": row.kind,
        "name": dict(row.name.texts),
        "find_version": dict(row.find_version.texts),
        "how_to_apply": dict(row.how_to_apply.texts),
        "cpe": row.cpe,
        "purl": row.purl,
        "steps": build.steps.facts(line=row),
    }


def put_release(
    subject: Subject,
    line_key: str,
    data: Mapping[str, object],
    *,
    after: str | None = None,
    whole: bool = False,
    is_new: bool = False,
    version: int | None = None,
) -> str:
    """Put one release on a line: where it stands if it is known, else after the release `after` ("": as
    the oldest), else as the newest. `whole`: what is left out of a known one is cleared. `is_new`: refuse
    to change a known one (THERE_ALREADY)."""
    permits.require(subject, "catalog.change")
    (given,) = read_entry({"lines": [{"key": line_key, "releases": [data]}]}).lines[0].releases
    with changing_line(subject, line_key, version) as row:
        shelf = build.Shelf(row)
        old = next((each.state for each in shelf.releases if folded(each.text) == folded(given.text)), "")
        if is_new and old:
            raise THERE_ALREADY(key=given.text).at("text")
        before = None if after is None else _following(shelf, after)
        release = shelf.put(given, before=before, whole=whole)
        shelf.write()
        if given.components or given.without:
            build.components.at_release(row, release, given)
        facts = {"line": line_key, "text": release.text, "state": release.state, "place": release.position}
        if not old or gets_out(old, release.state) or given.components or given.without:
            facts["new_releases"] = [[line_key, release.text]]
        write(subject, "catalog.release" if old else "catalog.release_made", facts)
    return release.text


def _following(shelf: build.Shelf, after: str) -> Release | None:
    """The release that comes after the named one now."""
    place = shelf.releases.index(shelf.named(after)) + 1 if after else 0
    return shelf.releases[place] if place < len(shelf.releases) else None


def move_release(
    subject: Subject, line_key: str, text: str, *, after: str, reason: str, version: int | None = None
) -> None:
    """Correct the order: the release comes after `after`, or is the oldest where that is empty. What is
    affected and fixed follows the order, so it needs a reason."""
    if not reason.strip():
        raise NEEDS_REASON().at("reason")
    with changing_line(subject, line_key, version) as row:
        shelf = build.Shelf(row)
        release, old = shelf.named(text), [each.text for each in shelf.releases]
        if not after or shelf.named(after) is not release:
            shelf.releases.remove(release)
            before = _following(shelf, after)
            shelf.releases.append(release)
            shelf.move(release, before=before)
        shelf.write()
        new = [each.text for each in shelf.releases]
        facts = {"line": line_key, "text": release.text, "after": after, "old": old, "new": new}
        write(subject, "catalog.moved", {**facts, "reason": reason.strip()})


def set_release_state(
    subject: Subject, line_key: str, text: str, *, state: str, reason: str = "", version: int | None = None
) -> None:
    """Move a release on: planned, in_test, public, withdrawn. Withdrawing needs a reason."""
    if state not in RELEASE_STATES:
        raise WRONG_CHOICE(place="state", value=state, allowed=", ".join(RELEASE_STATES)).at("state")
    if state == "withdrawn" and not reason.strip():
        raise NEEDS_REASON().at("reason")
    with changing_line(subject, line_key, version) as row:
        release = build.release_named(row, text)
        old = release.state
        Release.objects.filter(pk=release.pk).update(state=state)
        facts: dict[str, object] = {"line": line_key, "text": release.text, "state": state, "old": old}
        facts["reason"] = reason.strip()
        if gets_out(old, state):
            facts["new_releases"] = [[line_key, release.text]]
        write(subject, "catalog.release_state", facts)


def put_alias(
    subject: Subject, line_key: str, text: str, *, alias: str, source: str = "", version: int | None = None
) -> None:
    """Say that another text means this release. Reports counted under it remap at once."""
    entry = {"text": text, "aliases": [{"text": alias, "source": source}]}
    read_entry({"lines": [{"key": line_key, "releases": [entry]}]}, aliases="alias")
    with changing_line(subject, line_key, version) as row:
        shelf = build.Shelf(row)
        release = shelf.named(text)
        shelf.call(release, AliasIn(alias, source))
        shelf.write()
        facts = {"line": line_key, "text": release.text, "alias": alias, "source": source}
        write(subject, "catalog.alias", facts)


def drop_alias(
    subject: Subject, line_key: str, alias: str, *, reason: str, version: int | None = None
) -> None:
    """Take back that a text means a release. Reports under it are unknown again at once."""
    if not reason.strip():
        raise NEEDS_REASON().at("reason")
    with changing_line(subject, line_key, version) as row:
        release = build.Shelf(row).uncall(alias)
        facts = {"line": line_key, "text": release.text, "alias": alias, "reason": reason.strip()}
        write(subject, "catalog.alias_dropped", facts)
