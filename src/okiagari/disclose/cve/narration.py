"""How the timeline says what became of an id."""

from collections.abc import Mapping

from okiagari.disclose.cve.rules import KINDS, STATES, WHY
from okiagari.problems import gettext_noop

SENTENCES: Mapping[str, str] = {
    "disclose.cve_asked": gettext_noop("asked CVE Services for %(count)s CVE ids"),
    "disclose.cve_reserved": gettext_noop("reserved %(cve)s at CVE Services"),
    "disclose.cve_unused": gettext_noop("reserved %(cve)s, which the vulnerability no longer needs"),
    "disclose.cve_published": gettext_noop(
        "published the record of %(cve)s with edition %(number)s of %(tracking_id)s"
    ),
    "disclose.cve_updated": gettext_noop(
        "brought the record of %(cve)s up to edition %(number)s of %(tracking_id)s"
    ),
    "disclose.cve_others": gettext_noop("left %(cve)s alone: it is no id of ours"),
    "disclose.cve_rejecting": gettext_noop("decided to reject %(cve)s: %(reason)s"),
    "disclose.cve_rejected": gettext_noop("rejected %(cve)s at CVE Services"),
    "disclose.cve_kept": gettext_noop("decided to keep %(cve)s: %(reason)s"),
    "disclose.cve_held": gettext_noop("is held up at CVE Services (%(what)s, %(cve)s): %(why)s"),
    "disclose.cve_failed": gettext_noop("could not do it at CVE Services (%(what)s, %(cve)s): %(why)s"),
    "disclose.cve_again": gettext_noop("tries it again at CVE Services (%(what)s, %(cve)s)"),
    "disclose.cve_noted": gettext_noop("noted %(cve)s as %(cve_state)s since %(at)s"),
    "disclose.cve_missing": gettext_noop(
        "noticed that %(cve)s has no public record, more than 72 hours after %(tracking_id)s cited it"
    ),
}
WORDS: Mapping[str, Mapping[str, str]] = {"cve_state": STATES, "what": KINDS, "why": WHY}
