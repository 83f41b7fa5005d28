"""Parts of a case that two teams share: what only one of them works on is for that one alone.

A case has parts as soon as both the company's incident team and the product security team answer for it:
internal systems, logs and personal data are for the first, what products lack for the second; all else is
shared.
"""

from collections.abc import Mapping, Sequence

from okiagari.problems import Kind, define, gettext_noop

NO_SUCH_PART = define(
    "cases.no_such_part",
    Kind.INVALID,
    gettext_noop("This case has no part “%(part)s” that you work in."),
    gettext_noop("Leave it empty: what is said then is for everybody of the case."),
)
NOT_IN_THE_CASE = define(
    "cases.not_in_the_case",
    Kind.INVALID,
    gettext_noop("%(name)s is not in this case."),
    gettext_noop("Let them into the case first, then into its part."),
)
SHARED = gettext_noop("shared")
PARTS: Mapping[str, str] = {
    "csirt": gettext_noop("company incident team only"),
    "psirt": gettext_noop("product security team only"),
}
INCIDENT = "csirt"
"""The part in which containment, persons and data of an incident stand."""


def parts_of(teams: Sequence[str]) -> tuple[str, ...]:
    """The parts a case has whose teams are of these kinds: none where one team answers alone."""
    return tuple(PARTS) if set(PARTS) <= set(teams) else ()
