"""What the timeline says of this room's lines: a sentence for each verb, and words for the codes in them.

`SENTENCES`: verb -> marked template over the facts. `WORDS`: name of a fact -> code -> marked word.
`TURNS`: verbs after which the case is another one. Doors put them together; see `okiagari.flow.telling`.
"""

from collections.abc import Mapping

from okiagari.cases import rules
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
    "cases.reply_settled": gettext_noop("A received message needs no answer."),
    "cases.sent_by_hand": gettext_noop("Copied a letter and sent it by hand."),
    "cases.sent_again": gettext_noop("Had a letter that failed sent again."),
    "cases.answer_drafted": gettext_noop("Drafted the answer to “%(question)s”."),
    "cases.answer_approved": gettext_noop(
        "Approved the answer to “%(question)s”, in use from %(usable_from)s."
    ),
    "cases.answer_withdrawn": gettext_noop("Took the answer to “%(question)s” out of use."),
    "cases.inquiry_taken": gettext_noop("Recorded inquiries: %(count)s (%(audience)s, %(channel)s)."),
    "cases.inquiry_settled": gettext_noop("Took care of an inquiry."),
    "cases.task_added": gettext_noop("Added the task “%(title)s”."),
    "cases.task_changed": gettext_noop("Handed the task “%(title)s” over or moved it."),
    "cases.task_done": gettext_noop("Finished the task “%(title)s”."),
    "cases.task_dropped": gettext_noop("Dropped the task “%(title)s”."),
    "cases.meeting_called": gettext_noop("Called %(called)s to a meeting, %(meeting_at)s, %(place)s."),
    "cases.meeting_held": gettext_noop("Held the meeting. Present: %(present)s. %(minutes)s"),
    "cases.minutes_kept": gettext_noop("Wrote the minutes. Present: %(present)s. %(minutes)s"),
    "cases.meeting_cancelled": gettext_noop("Called the meeting off."),
    "cases.question_put": gettext_noop("Put a question to the meeting: %(question)s"),
    "cases.decided_in_meeting": gettext_noop("The meeting decided “%(question)s”: %(answer)s. %(words)s"),
    "cases.embargo_decided": gettext_noop("Decided what follows for the embargo (%(kind)s): %(choice)s."),
    "cases.acted_urgently": gettext_noop("URGENT, without waiting: %(kind)s. Reason: %(reason)s"),
    "cases.urgent_reviewed": gettext_noop("Reviewed the urgent act (%(kind)s): %(verdict)s. %(reason)s"),
    "cases.evidence_added": gettext_noop("Kept “%(name)s” with the case."),
    "cases.clock_started": gettext_noop("Started the clock “%(rule)s”, due %(due)s."),
    "cases.clock_waits": gettext_noop("Set up the clock “%(rule)s”, which waits for its start."),
    "cases.clock_extended": gettext_noop(
        "Moved the clock “%(rule)s” to %(until)s, agreed with %(agreed_with)s."
    ),
    "cases.clock_met": gettext_noop("Met the clock “%(rule)s”: %(evidence)s"),
    "cases.clock_waived": gettext_noop("The clock “%(rule)s” does not apply."),
    "cases.anchor_corrected": gettext_noop(
        "The clock “%(rule)s” runs from %(anchor_at)s, not from %(before)s; due %(due)s."
    ),
    "cases.clock_reckoned": gettext_noop("Reckoned the clock “%(rule)s” anew: due %(due)s."),
    "cases.notice_submitted": gettext_noop("Submitted what “%(rule)s” asks for, at %(submitted_at)s."),
    "cases.exploitation_confirmed": gettext_noop(
        "Decided on the attack on our product (“%(title)s”): %(verdict)s. Aware since %(aware_at)s."
    ),
    "cases.severity_decided": gettext_noop("Decided: %(verdict)s. Aware since %(aware_at)s."),
    "cases.incident_described": gettext_noop("Described the incident: %(fields)s."),
    "cases.contained": gettext_noop("Contained at %(contained_at)s by %(by)s: %(how)s"),
    "cases.broke_out": gettext_noop("It is not contained after all."),
    "cases.restored": gettext_noop("Service is back since %(restored_at)s."),
    "cases.counted": gettext_noop("Affected %(of)s: %(number)s (%(certainty)s)."),
    "cases.systems_set": gettext_noop("Systems %(systems)s: %(state)s."),
    "cases.divided": gettext_noop("Gave the case parts for one team alone: %(parts)s."),
    "cases.rule_put": gettext_noop("Set our own clock “%(name)s”: %(count)s %(unit)s from %(anchor)s."),
    "cases.rule_retired": gettext_noop("Retired our own clock “%(name)s”."),
    "cases.seat_put": gettext_noop("Set where in the EU %(basis)s is: %(country)s"),
}

TURNS = frozenset(
    {
        "cases.opened",
        "cases.closed",
        "cases.reopened",
        "cases.embargo_set",
        "cases.exploitation_confirmed",
        "cases.severity_decided",
        "cases.contained",
        "cases.broke_out",
        "cases.meeting_held",
        "cases.acted_urgently",
    }
)

ANSWER_WORDS: Mapping[str, str] = {
    "yes": gettext_noop("yes"),
    "no": gettext_noop("no"),
    "later": gettext_noop("later"),
}
CHOICE_WORDS: Mapping[str, str] = {
    "keep": gettext_noop("keep the embargo"),
    "revise": gettext_noop("agree on another end"),
    "end": gettext_noop("end the embargo"),
    "publish": gettext_noop("publish now"),
}
ACT_WORDS: Mapping[str, str] = {
    "stop_shipping": gettext_noop("stop shipping"),
    "workaround": gettext_noop("put a workaround out early"),
    "investigating": gettext_noop("say “we are investigating”"),
    "jpcert": gettext_noop("tell JPCERT/CC"),
    "authority": gettext_noop("tell an authority"),
}
VERDICT_WORDS: Mapping[str, str] = {
    "right": gettext_noop("it was right"),
    "partly": gettext_noop("partly right"),
    "wrong": gettext_noop("it was wrong"),
}
MEETING_WORDS: Mapping[str, str] = {
    "called": gettext_noop("called"),
    "held": gettext_noop("held"),
    "cancelled": gettext_noop("called off"),
}
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
    "occurred_at": gettext_noop("when it began"),
    "detected_at": gettext_noop("when it was detected"),
    "aware_at": gettext_noop("since when we know"),
    "detected_how": gettext_noop("how it was detected"),
    "unlawful": gettext_noop("suspected to be unlawful"),
    "personal_data": gettext_noop("personal data leaked"),
    "data_aware_at": gettext_noop("since when we know of the leak"),
    "categories": gettext_noop("categories of data"),
    "countries": gettext_noop("countries"),
    "consequences": gettext_noop("consequences"),
}
WORDS: Mapping[str, Mapping[str, str]] = {
    "kinds": KIND_WORDS,
    "kind": {**FACT_WORDS, **ACT_WORDS},
    "answer": ANSWER_WORDS,
    "choice": CHOICE_WORDS,
    "state": {**EMBARGO_WORDS, **rules.SYSTEM_STATES},
    "role": ROLE_WORDS,
    "audience": AUDIENCE_WORDS,
    "direction": DIRECTION_WORDS,
    "channel": CHANNEL_WORDS,
    "level": LEVEL_WORDS,
    "fields": FIELD_WORDS,
    "verdict": {**rules.VERDICTS, **rules.SEVERITY, **VERDICT_WORDS},
    "of": rules.COUNTED,
    "certainty": rules.CERTAINTY,
    "parts": rules.PARTS,
    "unit": rules.UNITS,
    "anchor": deadlines.ANCHOR_WORDS,
    "basis": deadlines.BASES,
    "rule": {key: rule.title for key, rule in deadlines.RULES.items()},
}
