"""How the timeline says what became of an advisory."""

from collections.abc import Mapping

from okiagari.disclose.cve import narration as cve
from okiagari.disclose.jvn.wording import WAY_WORDS
from okiagari.disclose.problems import ASKS_AGAIN, RENDERER_CHANGED
from okiagari.disclose.rules.channels import NAMES as CHANNEL_NAMES
from okiagari.disclose.site.jvn import STATUS_WORDS
from okiagari.disclose.targets import narration as targets
from okiagari.problems import gettext_noop

SENTENCES: Mapping[str, str] = {
    "disclose.drafted": gettext_noop("drafted the advisory %(tracking_id)s"),
    "disclose.written": gettext_noop("wrote on the advisory %(tracking_id)s: %(fields)s"),
    "disclose.continued": gettext_noop(
        "took over the earlier editions of %(tracking_id)s (%(count)s, the last was %(number)s)"
    ),
    "disclose.history_translated": gettext_noop(
        "added what earlier editions of %(tracking_id)s changed in another language (%(languages)s)"
    ),
    "disclose.submitted": gettext_noop("submitted the advisory %(tracking_id)s for approval"),
    "disclose.approved": gettext_noop("approved the advisory %(tracking_id)s"),
    "disclose.sent_back": gettext_noop("sent the advisory %(tracking_id)s back: %(note)s"),
    "disclose.scheduled": gettext_noop("scheduled the advisory %(tracking_id)s for %(at)s"),
    "disclose.cancelled": gettext_noop("cancelled the scheduled publication of %(tracking_id)s"),
    "disclose.published": gettext_noop("published the advisory %(tracking_id)s, edition %(number)s"),
    "disclose.failed": gettext_noop("could not publish the advisory %(tracking_id)s (%(why)s)"),
    "disclose.approval_void": gettext_noop(
        "noticed that the advisory %(tracking_id)s changed after its approval and will not go out"
    ),
    "disclose.site_differs": gettext_noop("found that what is out differs from what was approved: %(count)s"),
    "disclose.site_agrees": gettext_noop("found that what is out is what was approved again"),
    "disclose.withdrawn": gettext_noop("withdrew the advisory %(tracking_id)s"),
    "disclose.channel_planned": gettext_noop("planned for %(tracking_id)s: %(channel)s %(name)s, %(at)s"),
    "disclose.channel_confirmed": gettext_noop(
        "confirmed for %(tracking_id)s: %(channel)s %(name)s is out since %(at)s %(address)s"
    ),
    "disclose.channel_dropped": gettext_noop("took out of the plan of %(tracking_id)s: %(channel)s %(name)s"),
    "disclose.status_told": gettext_noop("told JPCERT/CC where our products stand: %(value)s (%(way)s)"),
    "disclose.statement_written": gettext_noop("wrote the statement for JVN"),
    "disclose.ended_quietly": gettext_noop("ended without a publication: no product is affected"),
    "disclose.speaks_after_all": gettext_noop("took back the choice to end without a publication"),
    "keys.made": gettext_noop("made the signing key %(fingerprint)s"),
    "keys.brought": gettext_noop("brought the signing key %(fingerprint)s"),
    "keys.rotated": gettext_noop("put the signing key %(fingerprint)s in the place of %(before)s"),
    "keys.retired": gettext_noop("retired the signing key %(fingerprint)s"),
    "keys.put_back": gettext_noop(
        "could not publish with the other key (%(why)s); %(fingerprint)s signs as before"
    ),
    **cve.SENTENCES,
    **targets.SENTENCES,
}
TURNS = frozenset(
    {"disclose.status_told", "disclose.published", "disclose.withdrawn", "disclose.ended_quietly"}
)

FIELD_WORDS: Mapping[str, str] = {
    "title": gettext_noop("title"),
    "summary": gettext_noop("summary"),
    "description": gettext_noop("description"),
    "impact": gettext_noop("impact"),
    "advice": gettext_noop("advice"),
    "contact": gettext_noop("contact"),
    "references": gettext_noop("references"),
    "thanked": gettext_noop("thanks"),
    "languages": gettext_noop("languages"),
    "vulnerabilities": gettext_noop("vulnerabilities"),
    "phase": gettext_noop("phase"),
    "next_update": gettext_noop("next update"),
}
STATE_WORDS: Mapping[str, str] = {
    "draft": gettext_noop("draft"),
    "submitted": gettext_noop("waits for approval"),
    "approved": gettext_noop("approved"),
    "published": gettext_noop("published"),
    "withdrawn": gettext_noop("withdrawn"),
    "scheduled": gettext_noop("scheduled"),
    "publishing": gettext_noop("being published"),
    "cancelled": gettext_noop("cancelled"),
    "failed": gettext_noop("failed"),
    "sent_back": gettext_noop("sent back"),
}
WORDS: Mapping[str, Mapping[str, str]] = {
    "fields": FIELD_WORDS,
    "state": STATE_WORDS,
    "channel": CHANNEL_NAMES,
    **cve.WORDS,
    "why": {
        **{problem.code: problem.message for problem in (ASKS_AGAIN, RENDERER_CHANGED)},
        **cve.WORDS["why"],
    },
    "value": STATUS_WORDS,
    "way": WAY_WORDS,
}
