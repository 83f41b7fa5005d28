"""What can go wrong on the way to a target. `why` is technical, in English, and holds no secret."""

from okiagari.problems import Kind, define, gettext_noop

UNREACHABLE = define(
    "disclose.target_unreachable",
    Kind.UNAVAILABLE,
    gettext_noop("The target could not be reached: %(why)s"),
    gettext_noop("It is tried again by itself. Check the address, the network and the account."),
)
REFUSED = define(
    "disclose.target_refused",
    Kind.UNAVAILABLE,
    gettext_noop("The target did not take it: %(why)s"),
    gettext_noop("It is tried again by itself. Check the rights of the account and the space there."),
)
NOT_OURS = define(
    "disclose.target_not_ours",
    Kind.CONFLICT,
    gettext_noop("There is something else at %(where)s already; nothing was touched."),
    gettext_noop("Give a new or empty folder outside the data folder."),
)
DIFFERS_THERE = define(
    "disclose.target_differs",
    Kind.CONFLICT,
    gettext_noop("After sending, %(count)s files there are not what was sent, such as %(path)s."),
    gettext_noop("See who else writes there; it is sent again by itself."),
)
NO_KEYS = define(
    "disclose.target_no_keys",
    Kind.UNAVAILABLE,
    gettext_noop("There are no keys for the storage “%(name)s”."),
    gettext_noop(
        "OKIAGARI_S3_KEYS_FILE names a file with one line per target: name, access key, secret key."
    ),
)
NO_TREE = define(
    "disclose.target_no_tree",
    Kind.CONFLICT,
    gettext_noop("Nothing is published yet that could be sent."),
    gettext_noop("Publish an advisory; it goes to every target by itself."),
)
NO_SUCH_TARGET = define(
    "disclose.no_such_target",
    Kind.NOT_FOUND,
    gettext_noop("There is no target “%(name)s”."),
    gettext_noop("OKIAGARI_TARGETS_FILE, or targets.toml in the data folder, names them: %(known)s."),
)
BUSY = define(
    "disclose.target_busy",
    Kind.CONFLICT,
    gettext_noop("Something is being sent to “%(name)s” right now."),
    gettext_noop("Wait until it is done; its state shows on the page of targets."),
)
