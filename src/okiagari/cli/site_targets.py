"""``okiagari site targets``: where the published site goes. Secrets come from the environment alone."""

from typing import Annotated

import typer

from okiagari.cli import start

app = typer.Typer(no_args_is_help=True)
As = Annotated[str | None, typer.Option("--as", help="Account this is done for.")]
Names = Annotated[list[str] | None, typer.Argument(help="Targets; without any, all of them.")]
Json = Annotated[bool, typer.Option("--json")]
STATES = {
    "current": "has everything",
    "queued": "waits to be sent",
    "sending": "is being sent",
    "failed": "could not be sent",
    "nothing": "nothing published yet",
}


@app.callback()
def group() -> None:
    """Where the published site goes."""


@app.command("list")
def listed(as_: As = None, as_json: Json = False) -> None:
    """Every target, what it has, and what stands in the way."""
    start.house()
    from okiagari.disclose import queries

    found = queries.targets(start.acting(as_))

    def say() -> None:
        for each in found:
            public = ", readers read here" if each.is_public else ""
            waits = f"; not there yet: {' '.join(each.waits)}" if each.waits else ""
            why = f" ({each.error}: {' '.join(each.parameters.values())})" if each.state == "failed" else ""
            typer.echo(f"{each.name}  {each.where}  {STATES[each.state]}{why}{public}{waits}")
        if not found:
            typer.echo("No targets. OKIAGARI_TARGETS_FILE, or targets.toml in the data folder, names them.")

    start.show(start.as_plain(list(found)), as_json, say)


@app.command()
def check(names: Names = None, as_: As = None, as_json: Json = False) -> None:
    """Compare what targets show with what is published, by hash. Changes nothing. Exit 1 if they differ."""
    start.house()
    from okiagari.disclose.targets import actions

    subject = start.acting(as_)
    found = {name: actions.compare(subject, name) for name in _names(names)}

    def say() -> None:
        for name, each in found.items():
            for what in ("missing", "different", "extra"):
                for path in getattr(each, what):
                    typer.echo(f"{name}  {what}  {path}")
            if not each.all:
                typer.echo(f"{name}  shows what is published")

    start.show(start.as_plain(found), as_json, say)
    if any(each.all for each in found.values()):
        raise typer.Exit(1)


@app.command()
def push(names: Names = None, as_: As = None, as_json: Json = False) -> None:
    """Send what is published, here and now. What was cut off before is gone on with."""
    start.house()
    from okiagari.disclose.targets import actions
    from okiagari.problems import Problem

    subject = start.acting(as_)
    sent, problems = {}, []
    for name in _names(names):
        start.talk.print(f"Sending to {name} …")
        try:
            sent[name] = actions.push(subject, name)
        except Problem as problem:
            problems.append(problem)
            start.talk.print(f"{name}: {problem.message}", soft_wrap=True)

    def say() -> None:
        for name, each in sent.items():
            typer.echo(f"{name}  {each.files} files, {each.bytes:,} bytes sent, {each.removed} removed")

    start.show(start.as_plain(sent), as_json, say)
    if problems:
        start.fail(problems[0])


def _names(names: list[str] | None) -> list[str]:
    from okiagari.disclose.targets.installed import all_targets

    return names or [each.name for each in all_targets()]
