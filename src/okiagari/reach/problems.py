"""What can be wrong with a word on reach."""

from okiagari.problems import Kind, define, gettext_noop

NO_REASON = define(
    "reach.no_reason",
    Kind.INVALID,
    gettext_noop("Ending the watch needs a reason."),
    gettext_noop("Say why what was reached is enough, or what else was done for the units that remain."),
)
