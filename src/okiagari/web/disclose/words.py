"""Codes of the advisories as the words and tones of the page."""

from collections.abc import Mapping

from django.utils.translation import gettext, gettext_lazy

from okiagari.desk import directory, permits
from okiagari.desk.subjects import Subject
from okiagari.disclose.jvn import queries as known
from okiagari.disclose.jvn import wording as jvn
from okiagari.disclose.narration import STATE_WORDS
from okiagari.disclose.queries import Name
from okiagari.problems import gettext_noop
from okiagari.web.frame.values import Who
from okiagari.web.frame.words import language

KIND_WORDS: Mapping[str, str] = {
    "vulnerability": gettext_noop("vulnerability"),
    "end_of_support": gettext_noop("end of support"),
    "incident": gettext_noop("status of a service incident"),
    "alert": gettext_noop("attack alert"),
    "notice": gettext_noop("notice"),
}
TONES = {"draft": "", "submitted": "wait", "approved": "wait", "published": "ok", "withdrawn": "off"}
KEY_STATES: Mapping[str, str] = {
    "signs": gettext_noop("signs"),
    "over": gettext_noop("expired"),
    "listed": gettext_noop("signs no more, still listed"),
    "unlisted": gettext_noop("no longer shown"),
}
KEY_TONES = {"signs": "ok", "over": "bad", "listed": "", "unlisted": "off"}
KEY_ENDS: Mapping[str, str] = {"soon": gettext_noop("soon"), "over": gettext_noop("over")}
HELD: Mapping[str, str] = {
    "here": gettext_noop("in this installation, locked with its passphrase"),
    "elsewhere": gettext_noop("elsewhere; a command signs"),
}
LANGUAGE_WORDS = {"ja": gettext_lazy("Japanese"), "en": gettext_lazy("English")}
TEXTS = {
    "title": gettext_lazy("Title"),
    "summary": gettext_lazy("Summary"),
    "description": gettext_lazy("What the problem is"),
    "impact": gettext_lazy("What can happen"),
    "advice": gettext_lazy("Advice meanwhile"),
    "contact": gettext_lazy("Contact"),
}
"""The texts of an advisory that people write."""
OUTCOME_TONES = {
    "published": "ok",
    "scheduled": "wait",
    "publishing": "wait",
    "failed": "bad",
    "cancelled": "off",
}


CHANNEL_STATES: Mapping[str, str] = {
    "planned": gettext_noop("planned"),
    "due": gettext_noop("to be confirmed"),
    "open": gettext_noop("no time yet"),
    "sending": gettext_noop("not at readers yet"),
    "out": gettext_noop("out"),
    "dropped": gettext_noop("taken out"),
}
CHANNEL_TONES = {"planned": "wait", "due": "now", "open": "", "sending": "now", "out": "ok", "dropped": "off"}
CVE_TONES = {"": "", "reserved": "wait", "published": "ok", "rejected": "off"}
CVE_OWNERS: Mapping[str, str] = {
    "": gettext_noop("not known whose"),
    "ours": gettext_noop("ours"),
    "others": gettext_noop("of another CNA"),
}
CVE_DEEDS: Mapping[str, str] = {
    "waiting": gettext_noop("under way"),
    "failed": gettext_noop("failed"),
    "done": gettext_noop("done"),
    "dropped": gettext_noop("no longer needed"),
}
CVE_DEED_TONES = {"waiting": "wait", "failed": "bad", "done": "ok", "dropped": "off"}
TARGET_KINDS: Mapping[str, str] = {
    "folder": gettext_noop("a folder on this machine"),
    "rsync": gettext_noop("a server, by rsync over SSH"),
    "s3": gettext_noop("storage that speaks S3"),
}
TARGET_STATES: Mapping[str, str] = {
    "current": gettext_noop("has everything"),
    "queued": gettext_noop("waits to be sent"),
    "sending": gettext_noop("is being sent"),
    "failed": gettext_noop("could not be sent"),
    "nothing": gettext_noop("nothing published yet"),
}
TARGET_TONES = {"current": "ok", "done": "ok", "queued": "wait", "sending": "wait", "failed": "bad"} | {
    "nothing": "",
    "superseded": "off",
}
DELIVERY_STATES: Mapping[str, str] = {
    **TARGET_STATES,
    "done": gettext_noop("arrived"),
    "superseded": gettext_noop("a newer one went instead"),
}
PHASE_WORDS: Mapping[str, str] = {
    "": gettext_noop("no course"),
    "investigating": gettext_noop("investigating"),
    "identified": gettext_noop("cause known"),
    "contained": gettext_noop("contained"),
    "resolved": gettext_noop("over"),
}


def people(subject: Subject) -> list[tuple[str, str]]:
    """Everybody here, for a field that names one of them."""
    found = directory.people(subject) if permits.may(subject, "desk.directory") else ()
    mine = language()
    return [(each.username, each.name.best(mine) or each.username) for each in found if each.is_active]


def known_of(subject: Subject, case_ids: tuple[str, ...]) -> list[dict[str, object]]:
    """What JPCERT/CC knows of these cases, a line each."""
    return [
        {
            "view": each,
            "told": jvn.status(each.told) if each.told else "",
            "owed": each.owed.best(language()) if each.owed else "",
        }
        for each in known.known_of(subject, case_ids)
    ]


def state(code: str) -> str:
    return gettext(STATE_WORDS[code])


def languages(codes: tuple[str, ...]) -> str:
    return gettext(", ").join(str(LANGUAGE_WORDS[code]) for code in codes)


def who(name: Name | None) -> Who | None:
    return Who(name.name.best(language()) or name.key) if name else None


TLP_WORDS = {
    "AMBER": gettext_noop("the organisation that gets it and its customers, who need to know"),
    "AMBER+STRICT": gettext_noop("the organisation that gets it, who need to know"),
    "RED": gettext_noop("the persons who get it, nobody else"),
    "GREEN": gettext_noop("the community of those who get it, not the public"),
}
"""How far a copy may be passed on (Traffic Light Protocol 2.0, FIRST)."""
