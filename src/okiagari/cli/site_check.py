"""What ``okiagari site check`` says: a line per thing that is wrong, with the file and the place."""

from collections.abc import Iterable
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from okiagari.disclose.consistency.report import FieldGaps
    from okiagari.disclose.queries import SiteCheckView


def say(found: "SiteCheckView") -> None:
    from django.utils.translation import gettext

    from okiagari.disclose.consistency.downloads import STATES

    for each in found.noted:
        typer.echo(f"{each.path}: {gettext(each.text) % each.parameters}")
    _say_gaps(found.lives)
    for advisory in found.advisories:
        for each in advisory.noted:
            typer.echo(f"{each.path}: {gettext(each.text) % each.parameters}")
        _say_gaps(advisory.fields)
    for link in found.links:
        if link.state:
            typer.echo(f"{link.link.url}: {gettext(STATES[link.state])} {link.why}".rstrip())
    if found.is_fine:
        typer.echo(f"{found.checked} advisories, {found.files} files: what is out is what was approved")


def _say_gaps(fields: "Iterable[FieldGaps]") -> None:
    from django.utils.translation import gettext

    for kind in fields:
        for gap in kind.gaps:
            about = " ".join(filter(None, (gap.product, gap.flaw)))
            said, approved = ", ".join(gap.said) or "–", ", ".join(gap.approved) or "–"
            where = f"{gap.path} {gap.place}".strip()
            typer.echo(f"{where}: {gettext(kind.label)} {about}: {said} / {approved}")
