"""What can be wrong on the command line itself."""

from okiagari.problems import Kind, define, gettext_noop

NOT_SET_UP = define(
    "cli.not_set_up",
    Kind.UNAVAILABLE,
    gettext_noop("Nothing is set up in %(folder)s yet."),
    gettext_noop("Set it up with `okiagari init`, or name another folder with --data or OKIAGARI_DATA."),
)
OLDER = define(
    "cli.older",
    Kind.UNAVAILABLE,
    gettext_noop("The database of %(folder)s is older than this program: %(count)s steps are missing."),
    gettext_noop("Bring it up to date with `okiagari init`; what is in it stays."),
)
NO_DATABASE = define(
    "cli.no_database",
    Kind.UNAVAILABLE,
    gettext_noop("The database of %(folder)s cannot be reached: %(why)s"),
    gettext_noop("See that it runs, and that OKIAGARI_DATABASE_URL and OKIAGARI_DATA name the right one."),
)
UNREADABLE = define(
    "cli.unreadable",
    Kind.INVALID,
    gettext_noop("%(file)s cannot be read: %(why)s"),
    gettext_noop(
        "Check the path and the format: catalogues are YAML or JSON, observations CSV or JSON lines."
    ),
)
UNWRITABLE = define(
    "cli.unwritable",
    Kind.INVALID,
    gettext_noop("%(file)s cannot be written: %(why)s"),
    gettext_noop("Name a folder that is yours to write, with room for it."),
)
