"""Letting people into a case and out of it. Somebody who leads it is always left."""

from collections.abc import Mapping

from okiagari.problems import Kind, define, gettext_noop

LEVELS: Mapping[str, int] = {"see": 10, "work": 20, "lead": 30}
PRINCIPALS = ("team", "person", "organisation")
NO_SUCH_LEVEL = define(
    "cases.no_such_level",
    Kind.INVALID,
    gettext_noop("“%(level)s” is not a level."),
    gettext_noop("The levels are: see, work, lead."),
)
NO_SUCH_PRINCIPAL = define(
    "cases.no_such_principal",
    Kind.INVALID,
    gettext_noop("There is no %(kind)s “%(key)s”."),
    gettext_noop("Choose a team, a person or an organisation that exists."),
)
NOBODY_LEADS = define(
    "cases.nobody_leads",
    Kind.CONFLICT,
    gettext_noop("Nobody would be left who leads this case."),
    gettext_noop("Let somebody else lead it first."),
)


def level_named(level: str | int) -> int:
    """10, 20 or 30, from a name or the number itself. Raises NO_SUCH_LEVEL."""
    number = LEVELS.get(level) if isinstance(level, str) else level
    if number not in LEVELS.values():
        raise NO_SUCH_LEVEL(level=level).at("level")
    assert number is not None
    return int(number)
