"""Names that an advisory thanks beside the reporters who consented. Pure: names in, names or a problem
out.
"""

from collections.abc import Iterable

from okiagari.problems import Kind, define, gettext_noop

LONGEST, MOST = 200, 100
BAD_CREDIT = define(
    "disclose.bad_credit",
    Kind.INVALID,
    gettext_noop("“%(name)s” cannot be thanked as it is written."),
    gettext_noop("One name a line, %(longest)s characters at most, %(most)s names at most."),
)


def fitting(names: Iterable[str]) -> tuple[list[str], list[str]]:
    """Those that can be thanked as they are written, each once, and those that cannot."""
    found = list(dict.fromkeys(name for each in names if (name := each.strip())))
    fit = [each for each in found if _fits(each)][:MOST]
    return fit, [each for each in found if each not in set(fit)]


def _fits(name: str) -> bool:
    return len(name) <= LONGEST and name.isprintable()


def checked(names: Iterable[str]) -> list[str]:
    """Without blanks at the ends, each once. Raises BAD_CREDIT."""
    fit, wrong = fitting(names)
    if wrong:
        raise BAD_CREDIT(name=wrong[0][:60], longest=LONGEST, most=MOST).at("thanked")
    return fit
