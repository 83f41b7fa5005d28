"""How the timeline says what was done about it."""

from collections.abc import Mapping

from okiagari.problems import gettext_noop

SENTENCES: Mapping[str, str] = {
    "remedy.planned": gettext_noop("planned a measure for %(products)s: %(kind)s"),
    "remedy.ready": gettext_noop("made a measure for %(products)s ready to be published: %(kind)s"),
    "remedy.accepted": gettext_noop("accepted the risk of %(products)s until %(until)s: %(reason)s"),
    "remedy.rescheduled": gettext_noop("planned a measure for %(products)s anew, for %(planned)s: %(kind)s"),
    "remedy.reworded": gettext_noop("wrote the words of a measure for %(products)s anew: %(kind)s"),
    "remedy.release_named": gettext_noop("named the release of a measure for %(products)s: %(release)s"),
    "remedy.verified": gettext_noop("verified the fix for %(products)s on %(on)s: %(how)s (%(who)s)"),
    "remedy.stop_asked": gettext_noop("asked to stop shipping %(products)s, from %(since)s: %(reason)s"),
    "remedy.stopped_at_once": gettext_noop(
        "URGENT: stopped shipping %(products)s at once; approval follows. Reason: %(reason)s"
    ),
    "remedy.stop_approved": gettext_noop("approved the shipping stop of %(products)s"),
    "remedy.stop_refused": gettext_noop("refused the shipping stop of %(products)s: %(reason)s"),
    "remedy.resume_asked": gettext_noop("asked to resume shipping %(products)s: %(condition)s"),
    "remedy.resumed": gettext_noop("approved that shipping of %(products)s resumes: %(condition)s"),
    "remedy.resume_refused": gettext_noop("shipping of %(products)s stays stopped: %(reason)s"),
    "remedy.stock_put": gettext_noop("%(units)s units of %(products)s lie at: %(place)s %(name)s"),
    "remedy.stock_counted": gettext_noop(
        "%(done)s of %(units)s units of %(products)s are done at: %(place)s %(name)s (%(day)s, %(source)s)"
    ),
    "remedy.cut_in": gettext_noop("%(products)s ships with the fix from %(first)s on %(factory)s"),
    "remedy.ended": gettext_noop("ended a measure for %(products)s: %(kind)s"),
    "remedy.withdrawn": gettext_noop("withdrew a measure for %(products)s: %(kind)s"),
}
TURNS = frozenset({"remedy.ready", "remedy.stopped_at_once", "remedy.stop_approved", "remedy.resumed"})

KIND_WORDS: Mapping[str, str] = {
    "fix": gettext_noop("fix"),
    "workaround": gettext_noop("workaround"),
    "stop_use": gettext_noop("request to stop using it"),
    "replace": gettext_noop("replacement"),
    "accept": gettext_noop("accepting the risk"),
    "shipping_stop": gettext_noop("shipping stop"),
    "recall": gettext_noop("recall of stock"),
    "rework": gettext_noop("rework of stock"),
    "cut_in": gettext_noop("cut-in at the factory"),
}
STATE_WORDS: Mapping[str, str] = {
    "planned": gettext_noop("planned"),
    "ready": gettext_noop("ready"),
    "ended": gettext_noop("ended"),
    "withdrawn": gettext_noop("withdrawn"),
}
PLACE_WORDS: Mapping[str, str] = {
    "maker": gettext_noop("own warehouse"),
    "distributor": gettext_noop("distributor"),
    "shop": gettext_noop("shop"),
}
WORDS: Mapping[str, Mapping[str, str]] = {"kind": KIND_WORDS, "state": STATE_WORDS, "place": PLACE_WORDS}
