"""What the values of a report are called. Marked texts, translated by every door and by the timeline."""

from collections.abc import Mapping

from okiagari.problems import gettext_noop

STATES: Mapping[str, str] = {
    "received": gettext_noop("new"),
    "valid": gettext_noop("valid"),
    "invalid": gettext_noop("not valid"),
    "accepted": gettext_noop("in a case"),
    "deferred": gettext_noop("deferred"),
    "closed": gettext_noop("closed"),
}
SOURCES: Mapping[str, str] = {
    "form": gettext_noop("report form"),
    "api": gettext_noop("API"),
    "jpcert": gettext_noop("JPCERT/CC"),
    "user": gettext_noop("a customer"),
    "support": gettext_noop("support desk"),
    "press": gettext_noop("press"),
    "supplier": gettext_noop("supplier"),
    "own": gettext_noop("own find"),
    "field": gettext_noop("seen in the field"),
    "mail": gettext_noop("mail"),
}
KINDS: Mapping[str, str] = {
    "product": gettext_noop("product"),
    "service": gettext_noop("service"),
    "infrastructure": gettext_noop("business infrastructure"),
}
VERDICTS: Mapping[str, str] = {
    "duplicate": gettext_noop("duplicate of another report"),
    "not_ours": gettext_noop("not our product"),
    "not_security": gettext_noop("not a vulnerability"),
    "obsolete": gettext_noop("already dealt with"),
}
NEEDS: Mapping[str, str] = {
    "acknowledge": gettext_noop("acknowledge"),
    "assess": gettext_noop("judge whether it is valid"),
    "accept": gettext_noop("take into a case"),
    "read": gettext_noop("read the new message"),
}
SAID: Mapping[str, str] = {
    "": gettext_noop("not said"),
    "no": gettext_noop("no"),
    "yes": gettext_noop("yes"),
    "unknown": gettext_noop("not known"),
}
