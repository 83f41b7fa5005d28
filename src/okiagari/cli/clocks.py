"""``okiagari clocks``: clocks of our own and our seats in the EU: data that every case follows."""

from typing import Annotated

import typer

from okiagari.cli import start

app = typer.Typer(no_args_is_help=True)
As = Annotated[str | None, typer.Option("--as", help="Account this is done for.")]
Json = Annotated[bool, typer.Option("--json", help="Data as JSON on stdout.")]


@app.command()
def rules(
    include_retired: Annotated[bool, typer.Option("--all", help="Those that start no more, too.")] = False,
    as_: As = None,
    as_json: Json = False,
) -> None:
    """List the clocks of our own: contracts, promises, targets."""
    start.house()
    from okiagari.cases import queries

    found = queries.own_rules(start.acting(as_), include_retired=include_retired)

    def say() -> None:
        for each in found:
            state = "  (retired)" if each.is_retired else ""
            span = f"{each.count} {each.unit} from {each.anchor}"
            typer.echo(f"{each.rule:28} {span:44} {each.name.best('en')}{state}")

    start.show(start.as_plain(found), as_json, say)


@app.command()
def put(
    key: str,
    count: Annotated[int, typer.Option(help="How many of the unit.")],
    unit: Annotated[str, typer.Option(help="hours, days, working_days, months.")],
    anchor: Annotated[str, typer.Option(help="The event it runs from, such as case_opened.")],
    source: Annotated[str, typer.Option(help="Where it is written: a contract, a promise.")],
    name_ja: Annotated[str, typer.Option(help="Name in Japanese.")] = "",
    name_en: Annotated[str, typer.Option(help="Name in English.")] = "",
    zone: Annotated[str, typer.Option(help="Zone its days are counted in; ours where none is said.")] = "",
    kind: Annotated[
        list[str] | None, typer.Option(help="Only for cases of this kind; may be repeated.")
    ] = None,
    automatic: Annotated[bool, typer.Option(help="Starts by itself when the event happens.")] = False,
    movable: Annotated[bool, typer.Option(help="Its end can be moved by an agreement.")] = True,
    as_: As = None,
) -> None:
    """Make a clock of our own, or change one. Prints the rule by which cases start it."""
    start.house()
    from okiagari.cases import actions
    from okiagari.standards.localtext import LocalText

    rule = actions.put_rule(
        start.acting(as_),
        key,
        name=LocalText.of(ja=name_ja, en=name_en),
        anchor=anchor,
        count=count,
        unit=unit,
        source=source,
        zone=zone,
        kinds=kind or (),
        is_automatic=automatic,
        is_movable=movable,
    )
    typer.echo(rule)


@app.command()
def retire(
    key: str,
    reason: Annotated[str, typer.Option(help="Why; it stays on record.")],
    as_: As = None,
) -> None:
    """Start no more clocks by this rule; those that run go on."""
    start.house()
    from okiagari.cases import actions

    actions.retire_rule(start.acting(as_), key, reason=reason)
    start.talk.print(f"{key} starts no more clocks.")


@app.command()
def seats(as_: As = None, as_json: Json = False) -> None:
    """List through whom we are present in the EU; the first decides whose CSIRT receives reports."""
    start.house()
    from okiagari.cases import queries

    found = queries.seats(start.acting(as_))

    def say() -> None:
        for place, each in enumerate(found):
            typer.echo(f"{each.basis:28} {each.country} {each.name}{'  <- receives' if not place else ''}")

    start.show(start.as_plain(found), as_json, say)


@app.command()
def seat(
    basis: str,
    country: Annotated[
        str, typer.Option(help="Two letters, such as DE; left out, the seat is taken back.")
    ] = "",
    name: Annotated[str, typer.Option(help="Who it is.")] = "",
    as_: As = None,
) -> None:
    """Say in which country of the EU a seat of ours is, or take it back."""
    start.house()
    from okiagari.cases import actions

    actions.put_seat(start.acting(as_), basis, country=country, name=name)
    start.talk.print(f"{basis}: {country.upper()}." if country else f"{basis} is taken back.")
