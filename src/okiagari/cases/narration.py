"""What the timeline says of this room's lines: a sentence for each verb, and words for the codes in them.

`SENTENCES`: verb -> marked template over the facts. `WORDS`: name of a fact -> code -> marked word.
`TURNS`: verbs after which the case is another one. Doors put them together; see `okiagari.flow.telling`.
"""

from collections.abc import Mapping

from okiagari.problems import gettext_noop
from okiagari.standards import deadlines

SENTENCES: Mapping[str, str] = {
    "cases.opened": gettext_noop("Opened the case “%(title)s” (%(kinds)s)."),
    "cases.described": gettext_noop("Changed the case: %(fields)s."),
    "cases.closed": gettext_noop("Closed the case."),
    "cases.reopened": gettext_noop("Reopened the case."),
    "cases.vulnerability_added": gettext_noop("Added the vulnerability “%(title)s”."),
    "cases.vulnerability_changed": gettext_noop("Changed the vulnerability “%(title)s”: %(fields)s."),
    "cases.vulnerability_withdrawn": gettext_noop("Withdrew the vulnerability “%(title)s”."),
    "cases.fact_noted": gettext_noop(
        "Noted of “%(title)s”: %(kind)s, since %(fact_at)s. Evidence: %(evidence)s"
    ),
    "cases.fact_withdrawn": gettext_noop("Took back of “%(title)s”: %(kind)s."),
    "cases.embargo_set": gettext_noop("Embargo %(state)s, until %(until)s."),
    "cases.party_added": gettext_noop("Named a party: %(name)s (%(role)s)."),
    "cases.party_left": gettext_noop("%(name)s (%(role)s) is no longer a party."),
    "cases.admitted": gettext_noop("Let in %(name)s (%(level)s)."),
    "cases.dismissed": gettext_noop("Took the access of %(name)s away."),
    "cases.said": gettext_noop("Recorded a message (%(direction)s, %(audience)s, %(channel)s)."),
    "cases.task_added": gettext_noop("Added the task “%(title)s”."),
    "cases.task_done": gettext_noop("Finished the task “%(title)s”."),
    "cases.task_dropped": gettext_noop("Dropped the task “%(title)s”."),
    "cases.evidence_added": gettext_noop("Kept “%(name)s” with the case."),
    "cases.clock_started": gettext_noop("Started the clock “%(rule)s”, due %(due)s."),
    "cases.clock_waits": gettext_noop("Set up the clock “%(rule)s”, which waits for its start."),
    "cases.clock_extended": gettext_noop(
        "Moved the clock “%(rule)s” to %(until)s, agreed with %(agreed_with)s."
    ),
    "cases.clock_met": gettext_noop("Met the clock “%(rule)s”: %(evidence)s"),
    "cases.clock_waived": gettext_noop("The clock “%(rule)s” does not apply."),
}

TURNS = frozenset({"cases.opened", "cases.closed", "cases.reopened", "cases.embargo_set"})

KIND_WORDS: Mapping[str, str] = {
    "product": gettext_noop("product"),
    "service": gettext_noop("service"),
    "infrastructure": gettext_noop("business infrastructure"),
}
FACT_WORDS: Mapping[str, str] = {
    "public_elsewhere": gettext_noop("published elsewhere"),
    "exploit_public": gettext_noop("exploit is public"),
    "exploited_somewhere": gettext_noop("exploited somewhere"),
    "affects_us": gettext_noop("the attacks also concern us"),
    "our_product_attacked": gettext_noop("our product is attacked"),
}
EMBARGO_WORDS: Mapping[str, str] = {
    "proposed": gettext_noop("proposed"),
    "agreed": gettext_noop("agreed"),
    "revised": gettext_noop("revised"),
    "ended": gettext_noop("ended"),
}
ROLE_WORDS: Mapping[str, str] = {
    "coordinator": gettext_noop("coordinator"),
    "finder": gettext_noop("finder"),
    "supplier": gettext_noop("supplier"),
    "partner": gettext_noop("partner"),
    "customer": gettext_noop("customer"),
    "authority": gettext_noop("authority"),
}
AUDIENCE_WORDS: Mapping[str, str] = {
    "reporter": gettext_noop("reporter"),
    "jpcert": gettext_noop("JPCERT/CC"),
    "supplier": gettext_noop("supplier"),
    "partner": gettext_noop("partner"),
    "executives": gettext_noop("executives"),
    "sales": gettext_noop("sales"),
    "support": gettext_noop("support desk"),
    "dealers": gettext_noop("dealers"),
    "press": gettext_noop("press"),
    "customer": gettext_noop("customer"),
    "authority": gettext_noop("authority"),
}
DIRECTION_WORDS: Mapping[str, str] = {
    "out": gettext_noop("sent"),
    "in": gettext_noop("received"),
    "note": gettext_noop("note"),
}
CHANNEL_WORDS: Mapping[str, str] = {
    "mail": gettext_noop("mail"),
    "phone": gettext_noop("phone"),
    "meeting": gettext_noop("meeting"),
    "portal": gettext_noop("portal"),
    "post": gettext_noop("post"),
    "chat": gettext_noop("chat"),
}
LEVEL_WORDS: Mapping[str, str] = {
    "see": gettext_noop("may see"),
    "work": gettext_noop("may work on it"),
    "lead": gettext_noop("may lead"),
}
FIELD_WORDS: Mapping[str, str] = {
    "title": gettext_noop("title"),
    "summary": gettext_noop("summary"),
    "kinds": gettext_noop("kinds"),
    "playbook": gettext_noop("playbook"),
    "description": gettext_noop("description"),
    "impact": gettext_noop("impact"),
    "cve": "CVE",
    "jvn": "JVN",
    "jvndb": "JVNDB",
    "cwe": "CWE",
}
WORDS: Mapping[str, Mapping[str, str]] = {
    "kinds": KIND_WORDS,
    "kind": FACT_WORDS,
    "state": EMBARGO_WORDS,
    "role": ROLE_WORDS,
    "audience": AUDIENCE_WORDS,
    "direction": DIRECTION_WORDS,
    "channel": CHANNEL_WORDS,
    "level": LEVEL_WORDS,
    "fields": FIELD_WORDS,
    "rule": {key: rule.title for key, rule in deadlines.RULES.items()},
}
