"""How the ledger says what went out and where it arrived."""

from collections.abc import Mapping

from okiagari.problems import gettext_noop

SENTENCES: Mapping[str, str] = {
    "disclose.switched": gettext_noop(
        "made the tree %(tree)s public: %(changed)s of %(files)s files changed"
    ),
    "disclose.delivered": gettext_noop("sent the tree %(tree)s to “%(target)s”: %(files)s files"),
    "disclose.not_delivered": gettext_noop("could not send the tree %(tree)s to “%(target)s”"),
    "disclose.asked_to_send": gettext_noop("asked for the tree %(tree)s to be sent to “%(target)s” again"),
    "disclose.pruned": gettext_noop(
        "removed %(count)s contents from the archive that were replaced before %(before)s: %(reason)s"
    ),
}
