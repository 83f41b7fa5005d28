"""``okiagari document``: documents of others. `check` and `read` are for anybody and need neither Django nor
a data folder; `import` takes one into the house."""

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from okiagari.problems import Problem
from okiagari.standards import foreign
from okiagari.standards.foreign import Document

app = typer.Typer(no_args_is_help=True)
Files = Annotated[list[Path], typer.Argument(exists=True, dir_okay=False, help="Files.")]
AsJson = Annotated[bool, typer.Option("--json", help="One line of JSON per file on stdout.")]


@app.callback()
def group() -> None:
    """CSAF, CVE records, VULDEF, OpenEoX and OpenVEX of others."""


@app.command()
def check(files: Files, as_json: AsJson = False) -> None:
    """Judge CSAF, CVE, OpenEoX Core, OpenVEX and VULDEF documents by the rules of their format.

    Ends with 0 where all are well, 1 where something is wrong with one.
    """
    is_well = True
    for path in files:
        try:
            found = foreign.document(path.read_bytes())
            faults = [(each.location or "/", each.message) for each in found.faults]
            name = found.format.value
        except Problem as problem:
            name, faults = "", [("/", problem.message)]
        is_well = is_well and not faults
        if as_json:
            told = [{"location": place, "message": why} for place, why in faults]
            _line({"file": str(path), "format": name, "valid": not faults, "faults": told})
            continue
        typer.echo(f"{path}: {'not valid' if faults else 'valid'}{f' ({name})' if name else ''}")
        for place, why in faults:
            typer.echo(f"  {place}  {why}")
    if not is_well:
        raise typer.Exit(1)


@app.command()
def read(
    files: Files,
    zone: Annotated[str, typer.Option(help="In which days are told.")] = "Asia/Tokyo",
    as_json: AsJson = False,
) -> None:
    """Say what CSAF, CVE, VULDEF and OpenEoX documents say, and every part that was not understood."""
    for path in files:
        found = foreign.document(path.read_bytes(), zone)
        if as_json:
            _line(_plain(path, found))
            continue
        typer.echo(f"{path}: {found.format.value}")
        typer.echo(json.dumps(found.values, ensure_ascii=False, indent=2))
        for each in found.unread:
            typer.echo(f"not understood: {each.location}  {each.text}")


@app.command("import")
def import_(
    file: Annotated[Path, typer.Argument(exists=True, dir_okay=False, help="CSAF, CVE record or VULDEF.")],
    whose: Annotated[
        str, typer.Option("--whose", help="own (a case and a draft), supplier (a report), or nothing yet.")
    ] = "",
    case: Annotated[str, typer.Option(help="Number of a case, or new.")] = "",
    advisory: Annotated[str, typer.Option(help="The draft that another language of it joins.")] = "",
    match: Annotated[
        list[str] | None,
        typer.Option(help="PRODUCT=TARGET,TARGET; several times. None: those that are sure."),
    ] = None,
    component: Annotated[
        list[str] | None, typer.Option(help="Whose products become rows; several times.")
    ] = None,
    fact: Annotated[
        list[str] | None,
        typer.Option(help="NUMBER=KIND: what a statement of attacks is noted as; NUMBER= for nothing."),
    ] = None,
    language: Annotated[str, typer.Option(help="Of its words: ja, en.")] = "",
    closed: Annotated[bool, typer.Option("--closed", help="The case is over: close it at once.")] = False,
    as_: Annotated[str | None, typer.Option("--as", help="Account this is done for.")] = None,
    as_json: AsJson = False,
) -> None:
    """Take a document in: without --whose it is only read and kept. Nothing is published by it."""
    from okiagari.cli import start

    if whose not in {"", "own", "supplier"}:
        raise typer.BadParameter("own or supplier", param_hint="--whose")
    content = file.read_bytes()
    start.house()
    subject = start.acting(as_)
    number = _number(subject, file.name, content, is_read_only=not (whose or advisory))
    wanted: dict[str, Any] = {
        "case": case,
        "language": language,
        "components": component or (),
        "is_closed": closed,
    }
    wanted |= {"advisory": advisory, "matches": _matches(match) if match else None}
    wanted |= {"facts": _facts(fact) if fact else None}
    _told(subject, number, _made(subject, number, whose, wanted), as_json)


def _made(subject: Any, number: str, whose: str, wanted: dict[str, Any]) -> Any:
    """What became of it: each way takes what is its own."""
    from okiagari.flow import actions

    def of(*names: str) -> dict[str, Any]:
        return {name: wanted[name] for name in names}

    if wanted["advisory"]:
        return actions.join_draft(subject, number, **of("advisory", "language"))
    if whose == "supplier":
        return actions.take_suppliers(subject, number, **of("case", "components", "language", "facts"))
    if whose == "own":
        own = {**of("matches", "language", "is_closed", "facts"), "case": wanted["case"] or "new"}
        return actions.take_own(subject, number, **own)
    return actions.Became(number)


def _told(subject: Any, number: str, became: Any, as_json: bool) -> None:
    from okiagari.cli import start
    from okiagari.flow.importing import queries

    view = queries.document(subject, number)
    lines = [{"location": line.location, "text": line.text} for line in view.lines]

    def say() -> None:
        names = [became.document, became.report, became.case, became.advisory]
        typer.echo(" ".join(each for each in names if each))
        for line in view.lines:
            typer.echo(f"not understood: {line.location}  {line.text}")

    start.show({**vars(became), "not_understood": lines}, as_json, say)


def _number(subject: Any, name: str, content: bytes, *, is_read_only: bool) -> str:
    """The number of the document; of the one that is here already, where something is to be made of it."""
    from okiagari.flow import actions
    from okiagari.flow.importing.problems import ALREADY_HERE

    try:
        return actions.read_document(subject, name=name, content=content)
    except Problem as problem:
        if is_read_only or problem.code != ALREADY_HERE.code:
            raise
        return str(problem.parameters["document"])


def _matches(given: list[str]) -> dict[str, list[str]]:
    found = {}
    for each in given:
        product, sign, targets = each.rpartition("=")
        if not sign:
            raise typer.BadParameter("PRODUCT=TARGET,TARGET", param_hint="--match")
        found[product] = [target.strip() for target in targets.split(",") if target.strip()]
    return found


def _facts(given: list[str]) -> dict[str, str]:
    found = dict(each.partition("=")[::2] for each in given)
    if not all(number.isdecimal() for number in found):
        raise typer.BadParameter("NUMBER=KIND", param_hint="--fact")
    return found


def _plain(path: Path, found: Document) -> dict[str, Any]:
    unread = [{"location": each.location, "text": each.text} for each in found.unread]
    return {"file": str(path), "format": found.format.value, "says": found.values, "not_understood": unread}


def _line(value: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(value, ensure_ascii=False) + "\n")
