"""``okiagari fleet log``: read access logs of update servers, or see first what the rules make of them.

``--try`` needs neither Django nor a data folder. Reading goes on where it was left, file by file.
"""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.progress import BarColumn, DownloadColumn, Progress, TextColumn, TimeRemainingColumn

from okiagari.cli import start
from okiagari.cli.problems import UNREADABLE
from okiagari.fleet.logs import files as log_files
from okiagari.fleet.logs import rules as log_rules
from okiagari.fleet.logs.matching import OUTCOMES, Outcome
from okiagari.fleet.logs.trying import Trial, tried
from okiagari.problems import Kind, define, gettext_noop

if TYPE_CHECKING:
    from okiagari.fleet.logs.actions import LogRead

NO_RULES_FILE = define(
    "cli.no_rules_file",
    Kind.INVALID,
    gettext_noop("Trying rules needs a file of rules."),
    gettext_noop("Name it: --rules rules.yaml."),
)
Say = Callable[[int], object]


def log(
    files: Annotated[list[Path], typer.Argument(help="Access logs, plain or gzip; - reads standard input.")],
    rules: Annotated[
        Path | None, typer.Option(help="Put these rules in force first, if they are not yet.")
    ] = None,
    try_: Annotated[bool, typer.Option("--try", help="Show what would match; count nothing.")] = False,
    as_: Annotated[str | None, typer.Option("--as", help="Account this is done for.")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Read access logs of an update server (combined format) by the maker's rules. Ends with 1 where lines
    fit no rule."""
    if try_:
        if rules is None:
            raise NO_RULES_FILE().at("rules")
        _try(files, log_rules.read(_text(rules)), as_json)
        return
    start.house()
    from okiagari.fleet.logs import actions

    subject = start.acting(as_)
    if rules is not None:
        actions.put_log_rules(subject, _text(rules))
    done: list[tuple[str, LogRead]] = []
    for path in files:
        with _opened(path) as log, _bar(log) as told:
            done.append((log.name, actions.read_log(subject, log, told=told)))
    start.show([{"file": name, **start.as_plain(each)} for name, each in done], as_json, lambda: _told(done))
    if any(each.unmatched for _, each in done):
        raise typer.Exit(1)


def rules(
    file: Annotated[Path | None, typer.Argument(help="A file of rules to put in force.")] = None,
    reason: Annotated[str, typer.Option(help="Why they change.")] = "",
    as_: Annotated[str | None, typer.Option("--as", help="Account this is done for.")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Print the log rules in force, or put a file of rules in force as the next version."""
    start.house()
    from okiagari.fleet.logs import actions, queries

    subject = start.acting(as_)
    if file is not None:
        version = actions.put_log_rules(subject, _text(file), reason=reason)
        start.show({"version": version}, as_json, lambda: typer.echo(f"version {version} is in force"))
        return
    view = queries.rules_in_force(subject)
    start.show(start.as_plain(view), as_json, lambda: typer.echo(view.text, nl=False))


def _text(path: Path) -> str:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise UNREADABLE(file=path, why=getattr(error, "strerror", None) or str(error)) from None


@contextmanager
def _opened(path: Path) -> Iterator[log_files.Log]:
    if str(path) == "-":
        with log_files.spooled(sys.stdin.buffer, "standard input") as log:
            yield log
    else:
        yield log_files.at_path(path)


@contextmanager
def _bar(log: log_files.Log) -> Iterator[Say]:
    """A progress bar on a terminal. How much of a compressed file is left nobody knows."""
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn(), TimeRemainingColumn())
    with Progress(
        *columns, console=start.talk, transient=True, disable=not start.talk.is_terminal
    ) as progress:
        is_packed = log.name.endswith(".gz")
        task = progress.add_task(log.name, total=None if is_packed else log.size)
        yield lambda taken: progress.update(task, completed=taken)


def _told(done: "list[tuple[str, LogRead]]") -> None:
    for name, each in done:
        before = f" ({each.skipped} read before)" if each.skipped else ""
        typer.echo(
            f"{name}: {each.lines} lines{before}, {each.observations} observations, {each.claims} claims"
        )
        for outcome, lines in sorted(each.tally.items(), key=lambda pair: -pair[1]):
            typer.echo(f"  {lines:>12,}  {OUTCOMES[Outcome(outcome)]}")


def _try(files: list[Path], rules: log_rules.LogRules, as_json: bool) -> None:
    trials: list[tuple[str, Trial]] = []
    for path in files:
        with _opened(path) as log:
            trials.append((log.name, tried(log, rules)))
    start.show([_as_json(name, trial) for name, trial in trials], as_json, lambda: _shown(trials))
    if any(trial.unmatched for _, trial in trials):
        raise typer.Exit(1)


def _as_json(name: str, trial: Trial) -> dict[str, Any]:
    groups = [
        {
            "rule": rule,
            "outcome": outcome,
            "lines": lines,
            "samples": [vars(each) for each in trial.samples[rule, outcome]],
        }
        for (rule, outcome), lines in trial.tally.most_common()
    ]
    return {"file": name, "lines": trial.lines, "is_whole": trial.is_whole, "groups": groups}


def _shown(trials: list[tuple[str, Trial]]) -> None:
    for name, trial in trials:
        typer.echo(f"{name}: {trial.lines} lines, {trial.unmatched} fit no rule. Nothing was counted.")
        for (rule, outcome), lines in trial.tally.most_common():
            typer.echo(f"  {lines:>12,}  {rule or '-'}: {OUTCOMES[Outcome(outcome)]}")
            for each in trial.samples[rule, outcome]:
                what = " ".join(filter(None, (each.product, each.hardware, each.version, each.unit)))
                typer.echo(f"                {each.target}{'  -> ' + what if what else ''}")
