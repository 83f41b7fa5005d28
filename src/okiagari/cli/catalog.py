"""``okiagari catalog``: bring a catalogue in from a file, and take it out into one."""

from pathlib import Path
from typing import Annotated

import typer

from okiagari.cli import start
from okiagari.cli.problems import UNREADABLE, UNWRITABLE

app = typer.Typer(no_args_is_help=True)


@app.callback()
def group() -> None:
    """Products, firmware lines and releases."""


@app.command("import")
def import_(
    file: Path,
    as_: Annotated[str | None, typer.Option("--as", help="Account this is done for.")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Import a catalogue (YAML or JSON): all of it or nothing. Importing twice does no harm.

    Pictures of steps are named by their place beside the file.
    """
    import yaml

    from okiagari.standards import yaml12

    try:
        data = yaml12.load(file.read_text())
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as error:
        raise UNREADABLE(file=file, why=str(error).replace("\n", " ")) from None
    start.house()
    from okiagari.catalog import actions
    from okiagari.catalog.reading import with_pictures

    done = actions.import_catalogue(start.acting(as_), with_pictures(data, file.parent))

    def say() -> None:
        typer.echo(
            f"{done.products} products, {done.lines} lines, {done.releases} releases, {done.targets} targets"
        )

    start.show(start.as_plain(done), as_json, say)


@app.command("export")
def export(
    folder: Path,
    as_: Annotated[str | None, typer.Option("--as", help="Account this is done for.")] = None,
    as_json: Annotated[bool, typer.Option("--json")] = False,
) -> None:
    """Write the catalogue into a folder: catalogue.yaml with its pictures beside it, as import takes it."""
    import yaml

    start.house()
    from okiagari.catalog import exporting
    from okiagari.catalog.queries import PictureView

    kept: dict[str, bytes] = {}

    def place(view: PictureView, content: bytes) -> str:
        name = f"pictures/{view.sha256[:16]}.{view.kind}"
        kept[name] = content
        return name

    found = exporting.catalogue(start.acting(as_), place)
    try:
        (folder / "pictures" if kept else folder).mkdir(parents=True, exist_ok=True)
        for name, content in kept.items():
            (folder / name).write_bytes(content)
        text = yaml.safe_dump(found, allow_unicode=True, sort_keys=False, width=110)
        (folder / "catalogue.yaml").write_text(text, encoding="utf-8")
    except OSError as error:
        raise UNWRITABLE(file=folder, why=error.strerror or "") from None
    counts = {name: len(found.get(name, ())) for name in ("products", "lines", "organisations")}
    done = {"file": str(folder / "catalogue.yaml"), "pictures": len(kept), **counts}

    def say() -> None:
        typer.echo(f"{counts['products']} products, {counts['lines']} lines, {len(kept)} pictures → {folder}")

    start.show(done, as_json, say)
