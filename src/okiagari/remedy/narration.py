"""How the timeline says what was done about it."""

from collections.abc import Mapping

from okiagari.problems import gettext_noop

SENTENCES: Mapping[str, str] = {
    "remedy.planned": gettext_noop("planned a measure for %(products)s: %(kind)s"),
    "remedy.ready": gettext_noop("made a measure for %(products)s ready to be published: %(kind)s"),
    "remedy.accepted": gettext_noop("accepted the risk of %(products)s until %(until)s: %(reason)s"),
    "remedy.ended": gettext_noop("ended a measure for %(products)s: %(kind)s"),
    "remedy.withdrawn": gettext_noop("withdrew a measure for %(products)s: %(kind)s"),
}
TURNS = frozenset({"remedy.ready"})

KIND_WORDS: Mapping[str, str] = {
    "fix": gettext_noop("fix"),
    "workaround": gettext_noop("workaround"),
    "stop_use": gettext_noop("request to stop using it"),
    "replace": gettext_noop("replacement"),
    "accept": gettext_noop("accepting the risk"),
    "shipping_stop": gettext_noop("shipping stop"),
    "recall": gettext_noop("recall of stock"),
    "cut_in": gettext_noop("cut-in at the factory"),
}
STATE_WORDS: Mapping[str, str] = {
    "planned": gettext_noop("planned"),
    "ready": gettext_noop("ready"),
    "ended": gettext_noop("ended"),
    "withdrawn": gettext_noop("withdrawn"),
}
WORDS: Mapping[str, Mapping[str, str]] = {"kind": KIND_WORDS, "state": STATE_WORDS}
