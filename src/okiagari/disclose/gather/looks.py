"""How owners look at their device: steps with pictures, and what is said of single versions."""

from collections.abc import Iterable, Mapping

from okiagari.catalog.queries import LineView, ProductView, StepView, TargetView
from okiagari.disclose.rules.content import Lookup, Release, Status, Step, VersionNote


def lookups(products: Mapping[str, ProductView], lines: Mapping[str, LineView]) -> list[Lookup]:
    """The steps of every line and every product that has any."""
    found = [
        *(Lookup(line=key, steps=_steps(line.steps)) for key, line in sorted(lines.items())),
        *(Lookup(model=model, steps=_steps(each.steps)) for model, each in sorted(products.items())),
    ]
    return [each for each in found if each.steps]


def _steps(views: Iterable[StepView]) -> list[Step]:
    return [_step(view) for view in views]


def _step(view: StepView) -> Step:
    if view.picture is None:
        return Step(text=dict(view.text.texts))
    return Step(
        text=dict(view.text.texts),
        picture=view.picture.sha256,
        kind=view.picture.kind,
        width=view.picture.width,
        height=view.picture.height,
        alt=dict(view.alt.texts),
    )


def version_notes(
    lines: Mapping[str, LineView],
    statuses: Iterable[Status],
    named: Iterable[Release],
    rows: Iterable[TargetView],
) -> list[VersionNote]:
    """Of each release that a range or a fix speaks of, what the public is told of it."""
    line_of = {row.key: row.line for row in rows}
    spoken = {(each.line, each.text) for each in named}
    for status in statuses:
        versions = status.versions
        spoken |= {(line_of[status.product], text) for text in (versions.ends if versions else ())}
    return [
        VersionNote(line=key, release=release.text, text=dict(release.public_note.texts))
        for key, line in sorted(lines.items())
        for release in line.releases
        if release.public_note and _is_spoken(key, release.text, release.aliases, spoken)
    ]


def _is_spoken(
    line: str, text: str, aliases: Iterable[tuple[str, str]], spoken: set[tuple[str, str]]
) -> bool:
    return any((line, each) in spoken for each in (text, *(alias for alias, _ in aliases)))
