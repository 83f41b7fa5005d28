"""What can go wrong with what went out."""

from okiagari.problems import Kind, define, gettext_noop

DIFFERS = define(
    "disclose.archive_differs",
    Kind.UNAVAILABLE,
    gettext_noop("The bytes of %(path)s are not what was made: nothing was published."),
    gettext_noop("Look at the disk, then publish again; “okiagari site archive verify” checks the archive."),
)
NEVER_OUT = define(
    "disclose.never_out",
    Kind.NOT_FOUND,
    gettext_noop("Nothing was out at this address at that time."),
    gettext_noop(
        "Give the address as readers know it, or the path in the site; leave the time out to see all."
    ),
)
PRUNED = define(
    "disclose.archive_pruned",
    Kind.NOT_FOUND,
    gettext_noop("These bytes were removed from the archive on %(day)s: %(reason)s"),
    gettext_noop("Their hash and their times are kept; a backup from before may hold the bytes."),
)
LOST = define(
    "disclose.archive_lost",
    Kind.UNAVAILABLE,
    gettext_noop("The archive should hold these bytes and does not, or they were changed."),
    gettext_noop(
        "Put the folder “archive” back from a backup; “okiagari site archive verify” says what is missing."
    ),
)
WHY_PRUNE = define(
    "disclose.why_prune",
    Kind.INVALID,
    gettext_noop("Bytes leave the archive only with a reason."),
    gettext_noop("Say why, such as “older than the ten years we keep”."),
)
TOO_YOUNG = define(
    "disclose.too_young",
    Kind.INVALID,
    gettext_noop("What was replaced less than a year ago stays in the archive."),
    gettext_noop("Give a day that is at least a year ago."),
)
