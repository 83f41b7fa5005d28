"""What a lesson may be about, and when one counts as drawn."""

from okiagari.problems import Kind, define, gettext_noop

AREAS = ("criteria", "specification", "training", "tools", "process", "support_dates")
AREA_LABELS = {
    "criteria": gettext_noop("Judgement criteria"),
    "specification": gettext_noop("Security specification"),
    "training": gettext_noop("Training"),
    "tools": gettext_noop("Tools"),
    "process": gettext_noop("Process"),
    "support_dates": gettext_noop("Support dates"),
}
NO_OUTCOME = define(
    "learn.no_outcome",
    Kind.INVALID,
    gettext_noop("A kept promise says what came of it."),
    gettext_noop("Say in one sentence what was done, and where it can be seen."),
)
NO_OWNER = define(
    "learn.no_owner",
    Kind.INVALID,
    gettext_noop("Nobody is named."),
    gettext_noop("Name a team or a person."),
)
KEPT_ALREADY = define(
    "learn.kept_already",
    Kind.CONFLICT,
    gettext_noop("This promise was kept already."),
    gettext_noop("Make a new promise if more is to be done."),
)
WRONG_AREA = define(
    "learn.wrong_area",
    Kind.INVALID,
    gettext_noop("A lesson cannot be about “%(area)s”."),
    gettext_noop("It is about one of: %(allowed)s."),
)
NO_WORDS = define(
    "learn.no_words",
    Kind.INVALID,
    gettext_noop("A lesson or an action needs words."),
    gettext_noop("Say in one sentence what the case taught, or what will be done."),
)
