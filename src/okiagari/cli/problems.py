"""What can be wrong on the command line itself."""

from okiagari.problems import Kind, define, gettext_noop

UNREADABLE = define(
    "cli.unreadable",
    Kind.INVALID,
    gettext_noop("%(file)s cannot be read: %(why)s"),
    gettext_noop(
        "Check the path and the format: catalogues are YAML or JSON, observations CSV or JSON lines."
    ),
)
