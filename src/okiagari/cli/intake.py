"""``okiagari intake``: bring mail in from files."""

import mailbox
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import Annotated

import typer

from okiagari.cli import start
from okiagari.cli.problems import UNREADABLE

app = typer.Typer(no_args_is_help=True)
FAILED = 1


@app.callback()
def group() -> None:
    """Reports from outside."""


@app.command()
def mail(
    path: Annotated[Path, typer.Argument(help="One message (.eml), an mbox file, or a Maildir.")],
    as_: Annotated[str | None, typer.Option("--as", help="Account this is done for.")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Take mail in. Each goes where its thread and its sender belong, or becomes a report; the same mail
    again does nothing. Ends with 1 where one of them could not be taken."""
    from rich.progress import track

    messages = _messages(path)
    start.house()
    from okiagari.intake import actions
    from okiagari.problems import Problem

    subject, done = start.acting(as_), []
    shown = track(messages, "mail", console=start.talk, disable=not start.talk.is_terminal)
    for raw in shown:
        try:
            taken = actions.take_mail(subject, raw)
        except Problem as problem:
            if problem.code.startswith("desk."):
                raise
            done.append({"outcome": "failed", "became": "", "is_new": False, "why": problem.message})
        else:
            done.append({"outcome": taken.outcome, "became": taken.became, "is_new": taken.is_new, "why": ""})

    def say() -> None:
        new = Counter(str(each["outcome"] or "waiting") for each in done if each["is_new"])
        known = sum(not each["is_new"] and each["outcome"] != "failed" for each in done)
        failed = sum(each["outcome"] == "failed" for each in done)
        words = ", ".join(f"{count} {outcome}" for outcome, count in sorted(new.items())) or "nothing new"
        typer.echo(f"{len(done)} mails: {words}; {known} known, {failed} failed")

    start.show(done, as_json, say)
    if any(each["outcome"] == "failed" for each in done):
        raise typer.Exit(FAILED)


def _messages(path: Path) -> list[bytes]:
    """The bytes of every message, in the order of the file. Raises UNREADABLE."""
    try:
        return list(_read(path))
    except (OSError, mailbox.Error, ValueError) as error:
        raise UNREADABLE(file=path, why=str(error)) from None


def _read(path: Path) -> Iterator[bytes]:
    if path.is_dir():
        if not (path / "cur").is_dir():
            raise ValueError("a folder must be a Maildir, with cur and new in it")
        box = mailbox.Maildir(path, create=False)
        yield from (box.get_bytes(key) for key in sorted(box.keys()))
        return
    with path.open("rb") as file:
        head = file.read(5)
    if head != b"From ":
        yield path.read_bytes()
        return
    kept = mailbox.mbox(path, create=False)
    try:
        yield from (kept.get_bytes(key) for key in kept.keys())  # noqa: SIM118 - a mailbox, not a dict
    finally:
        kept.close()
