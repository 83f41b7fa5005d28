"""What can go wrong when JPCERT/CC is told."""

from okiagari.problems import Kind, define, gettext_noop

NOT_COORDINATED = define(
    "disclose.not_coordinated",
    Kind.CONFLICT,
    gettext_noop("JPCERT/CC does not coordinate this case."),
    gettext_noop("Name it as a party of the case, or give a vulnerability its JVN number."),
)
NOTHING_TO_TELL = define(
    "disclose.nothing_to_tell",
    Kind.CONFLICT,
    gettext_noop("There is nothing to tell yet: the case has no vulnerability or no product."),
    gettext_noop(
        "Choose the products on the tab Products; until they are judged they count as investigated."
    ),
)
NOTHING_NEW = define(
    "disclose.nothing_new",
    Kind.CONFLICT,
    gettext_noop("JPCERT/CC knows all of this already: nothing has changed since the last report."),
    gettext_noop("If there is something to say beside it, add a remark or write a letter."),
)
OUTDATED = define(
    "disclose.status_outdated",
    Kind.STALE,
    gettext_noop("The report has changed since you looked at it: %(what)s."),
    gettext_noop("Look at the report as it is now; what you typed is kept."),
)
TOLD_MEANWHILE = define(
    "disclose.status_told_meanwhile",
    Kind.STALE,
    gettext_noop("Somebody has told JPCERT/CC since you looked at this."),
    gettext_noop("Look at what was told, and whether anything is left to tell."),
)
NO_SUCH_WAY = define(
    "disclose.no_such_way",
    Kind.INVALID,
    gettext_noop("“%(way)s” is no way to tell JPCERT/CC."),
    gettext_noop("Use one of: %(allowed)s."),
)
NO_SUCH_LANGUAGE = define(
    "disclose.no_such_report_language",
    Kind.INVALID,
    gettext_noop("A report is told in Japanese or in English, not in “%(language)s”."),
    gettext_noop("Use ja or en."),
)
NOT_TOLD_YET = define(
    "disclose.not_told_yet",
    Kind.INVALID,
    gettext_noop("A report cannot have been told in the future."),
    gettext_noop("Give the time at which it was told, or leave it empty for now."),
)
BEFORE_THE_LAST = define(
    "disclose.before_the_last",
    Kind.INVALID,
    gettext_noop("The report before this one was told later than that."),
    gettext_noop("Give a time after the last report."),
)
