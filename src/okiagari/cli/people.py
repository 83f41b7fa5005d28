"""``okiagari people``: accounts and teams from the machine room."""

import secrets
from typing import Annotated

import typer

from okiagari.cli import start

app = typer.Typer(no_args_is_help=True)
As = Annotated[str | None, typer.Option("--as", help="Account this is done for.")]
Json = Annotated[bool, typer.Option("--json", help="Data as JSON on stdout.")]


@app.command("list")
def list_people(as_: As = None, as_json: Json = False) -> None:
    """List every account with its roles and teams."""
    start.house()
    from okiagari.desk import directory

    found = directory.people(start.acting(as_))

    def say() -> None:
        for person in found:
            state = "" if person.is_active else "  (closed)"
            typer.echo(f"{person.username:28} {', '.join(person.roles):40} {', '.join(person.teams)}{state}")

    start.show(start.as_plain(found), as_json, say)


@app.command()
def add(
    username: str,
    role: Annotated[list[str], typer.Option(help="May be given several times.")],
    name: Annotated[str, typer.Option(help="Name as people read it.")] = "",
    team: Annotated[list[str] | None, typer.Option(help="Team key; may be given several times.")] = None,
    email: str = "",
    as_: As = None,
) -> None:
    """Make an account, or bring it up to date. A new one gets a password, printed once."""
    start.house()
    from okiagari.desk import directory, people
    from okiagari.standards.localtext import LocalText

    subject = start.acting(as_)
    is_new = username not in {person.username for person in directory.people(subject)}
    password = secrets.token_urlsafe(12)
    people.make_person(
        subject,
        username,
        name=LocalText.of(ja=name or username, en=name or username),
        roles=role,
        teams=team or (),
        password=password,
        email=email,
    )
    if is_new:
        typer.echo(password)
        start.talk.print(f"{username} is ready. The password above is shown this once.")
    else:
        start.talk.print(f"{username} is up to date; the password is as it was.")


@app.command()
def retire(username: str, as_: As = None) -> None:
    """Close an account. What it did keeps its name."""
    start.house()
    from okiagari.desk import people

    people.retire_person(start.acting(as_), username)
    start.talk.print(f"{username} is closed.")


@app.command()
def team(key: str, kind: str, name: str, as_: As = None) -> None:
    """Make a team, or bring it up to date."""
    start.house()
    from okiagari.desk import people
    from okiagari.standards.localtext import LocalText

    people.make_team(start.acting(as_), key, kind=kind, name=LocalText.of(ja=name, en=name))
    start.talk.print(f"Team {key} is ready.")
