"""``okiagari jvn``: what JPCERT/CC knows of a case, the next report, and saying that it was told."""

from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from okiagari.cli import start

app = typer.Typer(no_args_is_help=True)
As = Annotated[str | None, typer.Option("--as", help="Account this is done for.")]
Json = Annotated[bool, typer.Option("--json", help="Data as JSON on stdout.")]
Case = Annotated[str, typer.Argument(help="Number of the case, such as OKI-26-7K3QD.")]


@app.command()
def show(case: Case, as_: As = None, as_json: Json = False) -> None:
    """Where our products stand, what JPCERT/CC has not been told, and the seal of the next report."""
    start.house()
    from okiagari.disclose.jvn import queries, wording

    found = queries.status(start.acting(as_), case)

    def say() -> None:
        typer.echo(f"{found.reference or found.case_id}  {wording.status(found.value)} ({found.value})")
        for each in found.products:
            if each.now is not None:
                typer.echo(f"  {each.name:24} {wording.product_status(each.now.value)}")
        last = f"{found.last.at:%Y-%m-%d %H:%M %Z}  {found.last.id}" if found.last else "never"
        typer.echo(f"told last: {last}")
        if found.state == "owed":
            for text in found.differences or (found.what,):
                typer.echo(f"not told:  {text}")
        typer.echo(f"seal:      {found.seal}")

    start.show(start.as_plain(found), as_json, say)


@app.command()
def write(
    case: Case,
    folder: Annotated[Path, typer.Option(help="Where the four files go.")] = Path(),
    as_: As = None,
) -> None:
    """Write the next report: text and VULDEF 3.2, in Japanese and English. Prints the paths."""
    start.house()
    from okiagari.disclose.jvn import queries
    from okiagari.standards.localtext import LANGUAGES

    subject = start.acting(as_)
    folder.mkdir(parents=True, exist_ok=True)
    for language in LANGUAGES:
        for form in ("txt", "xml"):
            file = queries.next_file(subject, case, language=language, form=form)
            path = folder / file.name
            path.write_bytes(file.content)
            typer.echo(str(path))


@app.command()
def told(
    case: Case,
    way: Annotated[str, typer.Option(help="mail, portal, phone, meeting, post, chat.")] = "portal",
    at: Annotated[
        datetime | None, typer.Option(help="When, such as 2026-11-27T10:00 in our zone; left out: now.")
    ] = None,
    seal: Annotated[str, typer.Option(help="Seal of the report that was told, as `show` says it.")] = "",
    language: Annotated[str, typer.Option(help="Language of the text: ja, en.")] = "ja",
    remark: Annotated[str, typer.Option(help="What was said beside it.")] = "",
    as_: As = None,
) -> None:
    """Say that JPCERT/CC was told by hand. The report is kept as it stands. Prints its number."""
    start.house()
    from django.utils import timezone

    from okiagari.disclose import actions

    when = timezone.make_aware(at) if at is not None and at.tzinfo is None else at
    number = actions.report_status(
        start.acting(as_), case, way=way, at=when, version=seal, language=language, remark=remark
    )
    typer.echo(number)


@app.command()
def compare(
    case: Case,
    before: Annotated[str, typer.Argument(help="Number of the earlier report, as `history` says it.")],
    after: Annotated[
        str, typer.Argument(help="Number of the later one; left out: the report as it would go now.")
    ] = "",
    as_: As = None,
    as_json: Json = False,
) -> None:
    """Say what one report says that another did not. Ends with 1 where they differ."""
    start.house()
    from okiagari.disclose.jvn import queries

    found = queries.compared(start.acting(as_), case, before=before, after=after)

    def say() -> None:
        for each in found.differences:
            typer.echo(each)

    start.show(start.as_plain(found), as_json, say)
    raise typer.Exit(1 if found.differences else 0)


@app.command()
def history(case: Case, as_: As = None, as_json: Json = False) -> None:
    """List what was told when, by which way, and what each report said anew."""
    start.house()
    from okiagari.disclose.jvn import queries, wording

    found = queries.reports(start.acting(as_), case)

    def say() -> None:
        for each in found:
            typer.echo(f"{each.id}  {each.at:%Y-%m-%d %H:%M %Z}  {each.way:8} {wording.status(each.value)}")
            for text in each.differences:
                typer.echo(f"    {text}")

    start.show(start.as_plain(found), as_json, say)
