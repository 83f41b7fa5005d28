"""What can be wrong with a word on reach."""

from okiagari.problems import Kind, define, gettext_noop

NO_REASON = define(
    "reach.no_reason",
    Kind.INVALID,
    gettext_noop("This needs a reason."),
    gettext_noop("Say why what was reached is enough, or what else was done for the units that remain."),
)
SETTLED_ALREADY = define(
    "reach.settled_already",
    Kind.CONFLICT,
    gettext_noop("The watch over reach has ended already."),
    gettext_noop("Take it up again first if something changed."),
)
NOT_SETTLED = define(
    "reach.not_settled",
    Kind.CONFLICT,
    gettext_noop("The watch over reach has not ended."),
    gettext_noop("Load the page again to see where it stands."),
)
