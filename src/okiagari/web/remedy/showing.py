"""One measure as the page shows it: its words, where it stands, who may do what next."""

from django.utils.translation import gettext, pgettext

from okiagari.desk.subjects import Subject
from okiagari.remedy.narration import KIND_WORDS, PLACE_WORDS
from okiagari.remedy.queries import MeasureView
from okiagari.remedy.rules import STOCKED, STOPPING, may_approve
from okiagari.triage.rules.cells import CONFIDENCE
from okiagari.web.frame.words import language

TONES = {"planned": "wait", "ready": "ok", "ended": "off", "withdrawn": "off"}


def shown(view: MeasureView, subject: Subject, may: frozenset[str]) -> dict[str, object]:
    """The measure with its words and the deeds that are open to the reader."""
    word, tone = standing(view)
    works = ("remedy.stop" if view.kind in STOPPING else "remedy.plan") in may
    is_stop, is_stock = view.kind == "shipping_stop", view.kind in STOCKED
    is_planned = view.state == "planned"
    asker = view.end_asked_by_key if view.waits_for_approval == "resume" else view.made_by_key
    done, total = view.progress
    return {
        "view": view,
        "kind": gettext(KIND_WORDS[view.kind]),
        "texts": sorted(view.text.texts.items(), key=lambda each: each[0] != language()),
        "state": word,
        "tone": tone,
        "confidence": gettext(CONFIDENCE[view.planned_confidence]) if view.planned_confidence else "",
        "stocks": [(gettext(PLACE_WORDS[each.place]), each) for each in view.stocks],
        "done": done,
        "total": total,
        "may_ready": works and is_planned and view.kind not in ("accept", "shipping_stop"),
        "may_verify": works and is_planned and view.kind == "fix",
        "may_plan": works and is_planned and not is_stop,
        "may_reword": works and not is_stop and view.state in ("planned", "ready"),
        "may_accept": view.kind == "accept" and is_planned and "remedy.accept" in may,
        "may_approve": bool(view.waits_for_approval)
        and "remedy.approve" in may
        and may_approve(subject.key, subject.stands_in_for, asker),
        "may_resume": is_stop and works and view.state == "ready" and not view.end_asked_at,
        "may_stock": is_stock and works and view.is_alive,
        "may_count": is_stock and "remedy.count" in may and view.is_alive and bool(view.stocks),
        "may_end": works and view.state == "ready" and not is_stop,
        "may_withdraw": works and (is_planned or (view.is_alive and not is_stop)),
    }


def standing(view: MeasureView) -> tuple[str, str]:
    """Where it stands, in a word, and its tone."""
    if view.waits_for_approval == "stop":
        if view.is_urgent:
            return gettext("in force, to be approved"), "now"
        return gettext("waits for approval"), "now"
    if view.waits_for_approval == "resume":
        return gettext("in force; resuming waits for approval"), "now"
    words = {
        ("shipping_stop", "ready"): (gettext("shipping is stopped"), "bad"),
        ("shipping_stop", "ended"): (gettext("shipping resumed"), "off"),
        ("recall", "ready"): (gettext("under way"), "wait"),
        ("rework", "ready"): (gettext("under way"), "wait"),
        ("cut_in", "ready"): (gettext("in production"), "ok"),
        ("accept", "ready"): (gettext("accepted"), "ok"),
    }
    plain = {
        "planned": pgettext("measure", "planned"),
        "ready": pgettext("measure", "ready to publish"),
        "ended": pgettext("measure", "ended"),
        "withdrawn": pgettext("measure", "withdrawn"),
    }
    return words.get((view.kind, view.state)) or (plain[view.state], TONES[view.state])
