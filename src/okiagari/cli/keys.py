"""``okiagari keys``: the keys that sign what is published. No secret is ever written to the terminal."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from okiagari.cli import start
from okiagari.cli.problems import UNREADABLE

if TYPE_CHECKING:
    from okiagari.disclose.keys.ring import Kept

app = typer.Typer(no_args_is_help=True)
Name = Annotated[str, typer.Option(help="What the key is called, such as “PSIRT <psirt@maker.example>”.")]
Years = Annotated[int, typer.Option(min=1, max=10, help="So long it is valid.")]
Json = Annotated[bool, typer.Option("--json")]
STATES = {"signs": "signs", "listed": "no longer signs, still shown", "unlisted": "no longer shown"}
HELD = {"here": "held here, locked", "elsewhere": "held elsewhere"}


@app.callback()
def group() -> None:
    """Signing keys. The passphrase comes from OKIAGARI_KEY_PASSPHRASE, never from the command line."""


@app.command()
def create(name: Name = "", years: Years = 3, as_json: Json = False) -> None:
    """Make the key that signs, and sign everything that is published."""
    start.house()
    from okiagari.disclose.actions import keys

    _show_one(keys.make(start.acting(None), name=name, years=years), as_json)


@app.command("import")
def bring(
    file: Annotated[Path, typer.Argument(help="OpenPGP key; - reads standard input.")],
    is_public: Annotated[
        bool,
        typer.Option("--public", help="The public part of a key that OKIAGARI_SIGN_COMMAND signs with."),
    ] = False,
    instead: Annotated[
        bool, typer.Option("--rotate", help="In the place of the one that signs now.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Bring a key made elsewhere, and sign everything that is published."""
    start.house()
    from okiagari.disclose.actions import keys

    data = _read(file)
    _show_one(keys.bring(start.acting(None), data, is_public=is_public, instead=instead), as_json)


@app.command("list")
def shown(as_json: Json = False) -> None:
    """The keys there are, and what runs out."""
    start.house()
    from okiagari.disclose.keys.installed import holder, notes

    _show(holder().folder.read().keys, as_json)
    for note in notes():
        start.talk.print(note.words, soft_wrap=True)


@app.command()
def rotate(
    name: Name = "",
    years: Years = 3,
    unlist: Annotated[
        bool, typer.Option("--unlist", help="No longer show the old one: it fell into wrong hands.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Put a new key in the place of the one that signs; everything is signed again, at once."""
    start.house()
    from okiagari.disclose.actions import keys

    _show_one(keys.rotate(start.acting(None), name=name, years=years, unlist=unlist), as_json)


@app.command()
def retire(
    fingerprint: Annotated[str, typer.Argument(help="Of the key, or its last 16 characters.")],
    unlist: Annotated[
        bool, typer.Option("--unlist", help="No longer show the public part: it fell into wrong hands.")
    ] = False,
    stop_signing: Annotated[
        bool, typer.Option("--stop-signing", help="Also the one that signs: what is published is unsigned.")
    ] = False,
    as_json: Json = False,
) -> None:
    """Remove the secret part of a key for good; the public part stays, for those who check."""
    start.house()
    from okiagari.disclose.actions import keys

    subject = start.acting(None)
    _show_one(keys.retire(subject, fingerprint, unlist=unlist, stop_signing=stop_signing), as_json)


def _read(file: Path) -> bytes:
    try:
        return sys.stdin.buffer.read() if str(file) == "-" else file.read_bytes()
    except OSError as error:
        raise UNREADABLE(file=file, why=error.strerror or error) from None


def _show_one(fingerprint: str, as_json: bool) -> None:
    from okiagari.disclose.keys.installed import holder

    _show((holder().folder.read().find(fingerprint),), as_json)


def _show(keys: "tuple[Kept, ...]", as_json: bool) -> None:
    def say() -> None:
        for each in keys:
            until = f"until {each.expires:%Y-%m-%d}" if each.expires else "without an end"
            typer.echo(
                f"{each.fingerprint}  {STATES[each.state]}, {HELD[each.held]}, {until}  {each.user_id}"
            )
        if not keys:
            typer.echo("No keys yet. `okiagari keys create` makes one.")

    import msgspec

    start.show(msgspec.to_builtins(keys), as_json, say)
