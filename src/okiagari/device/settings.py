"""What the device process is told from outside. In: variables `OKIAGARI_X` or `OKIAGARI_X_FILE`.

Names it does not need are not looked at: `config` has checked them all when both doors start together.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from okiagari.fleet.keys import key_path
from okiagari.problems import Kind, define, gettext_noop

DAY = 86_400

WRONG_SETTING = define(
    "device.wrong_setting",
    Kind.INVALID,
    gettext_noop("The setting %(name)s cannot be “%(value)s”."),
    gettext_noop("Set it to %(allowed)s, or leave it out."),
)


@dataclass(frozen=True)
class Settings:
    """`interval`: seconds between two check-ins, told to units. `linger`: seconds a flush waits for company,
    unless `batch` check-ins are there. `backlog`: check-ins that may wait. `per_minute`: of one unit."""

    place: str
    key_file: Path
    zone: str = ""
    interval: int = DAY // 4
    linger: float = 0.1
    batch: int = 2_000
    backlog: int = 20_000
    per_minute: int = 12


def read(variables: Mapping[str, str]) -> Settings:
    """The settings in these variables. Raises WRONG_SETTING."""
    data = Path(_value(variables, "DATA") or "data").expanduser().resolve()
    interval = _value(variables, "CHECK_IN_SECONDS") or str(Settings.interval)
    if not interval.isdecimal() or not 10 <= int(interval) <= 30 * DAY:
        raise WRONG_SETTING(
            name="OKIAGARI_CHECK_IN_SECONDS", value=interval, allowed="a number of seconds from 10 to 2592000"
        )
    return Settings(
        place=_value(variables, "DATABASE_URL") or str(data / "fleet.sqlite3"),
        key_file=key_path(data),
        zone=_value(variables, "ZONE"),
        interval=int(interval),
    )


def _value(variables: Mapping[str, str], name: str) -> str:
    file = variables.get(f"OKIAGARI_{name}_FILE")
    if file is None:
        return variables.get(f"OKIAGARI_{name}", "").strip()
    try:
        return Path(file).read_text().strip()
    except OSError:
        raise WRONG_SETTING(
            name=f"OKIAGARI_{name}_FILE", value=file, allowed="the path of a file that can be read"
        ) from None
