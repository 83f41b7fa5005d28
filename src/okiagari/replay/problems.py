"""What can be wrong with a replay file. Every one names the line and what is allowed there."""

from okiagari.problems import Kind, define, gettext_noop

UNREADABLE = define(
    "replay.unreadable",
    Kind.INVALID,
    gettext_noop("%(file)s cannot be read: %(why)s"),
    gettext_noop("A replay is a YAML file; the guide on replays shows one."),
)
UNKNOWN_NAME = define(
    "replay.unknown_name",
    Kind.NOT_FOUND,
    gettext_noop("There is no replay “%(name)s”, neither as a file nor among those that come along."),
    gettext_noop("Those that come along: %(known)s."),
)
WRONG = define(
    "replay.wrong",
    Kind.INVALID,
    gettext_noop("%(file)s, line %(line)s, %(field)s: %(why)s."),
    gettext_noop("Allowed there: %(allowed)s."),
)
FAILED = define(
    "replay.failed",
    Kind.INVALID,
    gettext_noop("%(file)s, line %(line)s, %(field)s: %(verb)s was refused: %(why)s"),
    gettext_noop("%(hint)s Nothing of the replay was kept."),
)
NOT_IN = define(
    "replay.not_in",
    Kind.INVALID,
    gettext_noop(
        "%(file)s, line %(line)s, %(field)s: for %(verb)s there is nothing there that %(by)s may see."
    ),
    gettext_noop(
        "The name may stand for something else; or the person is not in the case: triage.ask_first lets"
        " development teams in, cases.admit anybody, disclose.submit the approvers."
    ),
)
JOB_FAILED = define(
    "replay.job_failed",
    Kind.INVALID,
    gettext_noop("The job %(kind)s failed: %(why)s"),
    gettext_noop("Mend what the job needs, then play again."),
)
NOT_EMPTY = define(
    "replay.not_empty",
    Kind.CONFLICT,
    gettext_noop("The folder %(folder)s already holds data."),
    gettext_noop("Give an empty or new folder; a replay never mixes with what is there."),
)
