"""What timelines say of this room's lines. `SENTENCES`: verb -> marked template over the facts."""

from collections.abc import Mapping

from okiagari.problems import gettext_noop

SENTENCES: Mapping[str, str] = {
    "mail.failed": gettext_noop("A letter did not arrive: %(error)s"),
}
