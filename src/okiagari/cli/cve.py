"""``okiagari cve``: CVE ids of a maker that is a CNA. The key comes from the environment, never shown."""

from datetime import datetime
from typing import TYPE_CHECKING, Annotated

import typer

from okiagari.cli import start

if TYPE_CHECKING:
    from okiagari.disclose.cve.queries import BoardView

app = typer.Typer(no_args_is_help=True)
As = Annotated[str | None, typer.Option("--as", help="Account this is done for.")]
Json = Annotated[bool, typer.Option("--json", help="Data as JSON on stdout.")]
Case = Annotated[str, typer.Argument(metavar="CASE")]
Cve = Annotated[str, typer.Argument(metavar="CVE")]
Advisory = Annotated[str, typer.Argument(metavar="ADVISORY")]


@app.callback()
def group() -> None:
    """CVE ids at CVE Services. The account: OKIAGARI_CVE_API_URL, _USER, _KEY, OKIAGARI_CVE_ORG_ID, _NAME."""


@app.command()
def quota(as_: As = None, as_json: Json = False) -> None:
    """How many ids may still be reserved."""
    start.house()
    from okiagari.disclose.cve import account

    found = account.quota(start.acting(as_))
    said = f"{found.available} of {found.quota} left, {found.reserved} reserved and not published"
    start.show(start.as_plain(found), as_json, lambda: typer.echo(said))


@app.command("list")
def listed(
    year: Annotated[int | None, typer.Option(help="Only ids of this year.")] = None,
    state: Annotated[str, typer.Option(help="Only those that are reserved, published or rejected.")] = "",
    as_: As = None,
    as_json: Json = False,
) -> None:
    """The ids of the maker as CVE Services hold them, with the case where you may see it."""
    start.house()
    from okiagari.disclose.cve import account

    found = account.held(start.acting(as_), year=year, state=state)

    def say() -> None:
        for each in found:
            here = f"{each.case_id} {each.vulnerability}" if each.case_id else "-"
            differs = (
                f"  (here: {each.known or 'not known'})" if each.case_id and each.known != each.state else ""
            )
            typer.echo(f"{each.number:18} {each.state:10} {here}{differs}")

    start.show(start.as_plain(found), as_json, say)


@app.command()
def show(case: Case, as_: As = None, as_json: Json = False) -> None:
    """The ids of a case and what was done about them. Asks nobody outside."""
    start.house()
    from okiagari.disclose.cve import queries

    board = queries.of_case(start.acting(as_), case)
    start.show(start.as_plain(board), as_json, lambda: _board(board))


@app.command("request")
def request_text(
    case: Case,
    language: Annotated[str, typer.Option(help="Of the letter: ja, en.")] = "ja",
    as_: As = None,
    as_json: Json = False,
) -> None:
    """Print the letter that asks JPCERT/CC for ids. Ends with 1 where every vulnerability has its id."""
    start.house()
    from okiagari.disclose.cve import letter

    if language not in {"ja", "en"}:
        raise typer.BadParameter("ja or en", param_hint="--language")
    found = letter.of_case(start.acting(as_), case)
    start.show(start.as_plain(found), as_json, lambda: typer.echo(found.texts.get(language, ""), nl=False))
    raise typer.Exit(0 if found.texts else 1)


@app.command()
def reserve(
    case: Case,
    vulnerability: Annotated[
        list[str] | None, typer.Option(help="Which; may be repeated. Left out: all without an id.")
    ] = None,
    apart: Annotated[bool, typer.Option("--apart", help="Ids that do not follow each other.")] = False,
    as_: As = None,
    as_json: Json = False,
) -> None:
    """Reserve an id for each vulnerability of a case that has none."""
    start.house()
    from okiagari.disclose.cve import actions, queries

    subject = start.acting(as_)
    actions.reserve(subject, case, vulnerabilities=vulnerability or (), is_sequential=not apart)
    board = queries.of_case(subject, case)
    start.show(start.as_plain(board), as_json, lambda: _board(board))


@app.command()
def publish(advisory: Advisory, as_: As = None, as_json: Json = False) -> None:
    """Bring the records of what an advisory cites up to the edition that is out, now."""
    start.house()
    from okiagari.disclose.cve import actions, queries

    subject = start.acting(as_)
    actions.publish(subject, advisory)
    board = queries.of_advisory(subject, advisory)
    start.show(start.as_plain(board), as_json, lambda: _board(board))


@app.command()
def reject(
    case: Case,
    cve: Cve,
    reason: Annotated[str, typer.Option(help="Why, in English; the whole world reads it.")],
    reason_ja: Annotated[str, typer.Option(help="The same in Japanese.")] = "",
    replaced_by: Annotated[list[str] | None, typer.Option(help="An id that stands for it.")] = None,
    as_: As = None,
) -> None:
    """Give an id up at CVE Services. It cannot be undone."""
    start.house()
    from okiagari.disclose.cve import actions, queries
    from okiagari.standards.localtext import LocalText

    subject = start.acting(as_)
    text = LocalText.of(en=reason, ja=reason_ja)
    actions.reject(subject, case, cve=cve, reason=text, replaced_by=replaced_by or ())
    _board(queries.of_case(subject, case))


@app.command()
def keep(
    case: Case,
    cve: Cve,
    reason: Annotated[str, typer.Option(help="Why; it stays on record.")],
    as_: As = None,
) -> None:
    """Keep an id that nothing needs any more."""
    start.house()
    from okiagari.disclose.cve import actions

    actions.keep_cve(start.acting(as_), case, cve=cve, reason=reason)
    start.talk.print(f"{cve} is kept.")


@app.command()
def note(
    case: Case,
    vulnerability: Annotated[str, typer.Argument(metavar="VULNERABILITY")],
    state: Annotated[str, typer.Argument(metavar="STATE", help="reserved, published or rejected.")],
    cve: Annotated[str, typer.Option(help="The id, where the vulnerability has none yet.")] = "",
    at: Annotated[datetime | None, typer.Option(help="Since when, in UTC; now if not said.")] = None,
    reason: Annotated[str, typer.Option(help="Needed where it was rejected.")] = "",
    as_: As = None,
) -> None:
    """Write down what was done with an id of ours elsewhere. Nobody is told."""
    start.house()
    from datetime import UTC

    from okiagari.disclose.cve import actions

    since = at.replace(tzinfo=UTC) if at and at.tzinfo is None else at
    actions.note_cve(
        start.acting(as_), case, vulnerability=vulnerability, state=state, cve=cve, at=since, reason=reason
    )
    start.talk.print("It is noted.")


@app.command()
def retry(case: Case, deed: Annotated[str, typer.Argument(metavar="DEED")], as_: As = None) -> None:
    """Try again now what failed or waits."""
    start.house()
    from okiagari.disclose.cve import actions, queries

    subject = start.acting(as_)
    actions.retry(subject, case, deed=deed)
    _board(queries.of_case(subject, case))


@app.command()
def check(advisory: Advisory, as_: As = None, as_json: Json = False) -> None:
    """Ask now whether the records of what an advisory cites are public. Exit code 1 if one is not."""
    start.house()
    from okiagari.disclose.cve import actions, queries

    subject = start.acting(as_)
    actions.check(subject, advisory)
    cited = queries.cited_by(subject, advisory)
    board = queries.of_advisory(subject, advisory)
    start.show(start.as_plain(board), as_json, lambda: _board(board))
    numbers = [number for flaw in board.flaws for number in flaw.numbers if number.number in cited]
    if any(number.public_at is None for number in numbers):
        raise typer.Exit(1)


def _board(board: "BoardView") -> None:
    for flaw in board.flaws:
        if not flaw.numbers:
            typer.echo(f"{flaw.id}  {flaw.cve or 'no id'}  {flaw.title.best('en')}")
        for number in flaw.numbers:
            public = (
                f"public since {number.public_at:%Y-%m-%d %H:%M} UTC" if number.public_at else "not public"
            )
            typer.echo(f"{flaw.id}  {number.number}  {number.state or 'not known'}, {public}")
        for deed in (*flaw.reserving, *(each for number in flaw.numbers for each in number.deeds)):
            if deed.is_open:
                why = " ".join(each.text % each.parameters for each in deed.troubles)
                typer.echo(f"  {deed.id}  {deed.kind}: {deed.state}. {why}".rstrip())
