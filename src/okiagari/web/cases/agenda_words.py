"""The agenda and what was decided, as the page says it."""

from collections.abc import Iterable

from django.utils.translation import gettext

from okiagari.cases import narration
from okiagari.cases.queries import ResolutionView, UrgentActView
from okiagari.flow.agenda import Agenda
from okiagari.flow.playbook import playbooks as all_playbooks
from okiagari.problems import gettext_noop
from okiagari.remedy.narration import KIND_WORDS as MEASURE_WORDS
from okiagari.triage.rules.cells import STATE_WORDS
from okiagari.web.cases.words import LEVELS, best, who

STAGES = {
    "first": gettext_noop("First judgement"),
    "final": gettext_noop("Final judgement"),
    "executive": gettext_noop("Executives"),
}
MAYBE = ("affected", "undecided", "investigating")


def shown(known: Agenda) -> dict[str, object]:
    """The agenda in the reader's language."""
    return {
        "known": known,
        "level_word": LEVELS.get(known.level, ""),
        "flaws": [
            (flaw, [(gettext(narration.FACT_WORDS[fact.kind]), fact) for fact in flaw.facts])
            for flaw in known.flaws
        ],
        "judgements": [
            (gettext(STAGES[each.stage]), best(each.team), LEVELS.get(each.level, ""), each)
            for each in known.judgements
        ],
        "products": [
            (each, gettext(STATE_WORDS[each.state])) for each in known.products if each.state in MAYBE
        ],
        "other_products": sum(1 for each in known.products if each.state not in MAYBE),
        "embargo_word": gettext(narration.EMBARGO_WORDS[known.embargo.state]) if known.embargo else "",
        "clocks_known": [(best(each.label) or gettext(each.title), each) for each in known.clocks],
        "doing": [(gettext(MEASURE_WORDS[each.kind]), each) for each in known.measures],
        "told": [(gettext(narration.AUDIENCE_WORDS[name]), at) for name, at in known.told.items()],
        "insiders": [best(each) for each in known.inside],
        "parties_known": [(gettext(narration.ROLE_WORDS[role]), best(name)) for role, name in known.parties],
    }


def answer(each: ResolutionView) -> str:
    words = {**narration.ANSWER_WORDS, **narration.CHOICE_WORDS}
    return gettext(words[each.answer]) if each.answer else ""


def acts(found: Iterable[UrgentActView]) -> list[dict[str, object]]:
    return [
        {
            "view": each,
            "kind": gettext(narration.ACT_WORDS[each.kind]),
            "by": who(each.by) if each.by else None,
            "verdict": gettext(narration.VERDICT_WORDS[each.verdict]) if each.verdict else "",
            "reviewed_by": who(each.reviewed_by) if each.reviewed_by else None,
        }
        for each in found
    ]


def embargo_decisions(found: Iterable[ResolutionView]) -> list[tuple[ResolutionView, str, object]]:
    return [(each, answer(each), who(each.decided_by) if each.decided_by else None) for each in found]


def playbooks(keys: Iterable[str]) -> list[tuple[str, str, str]]:
    """(key, name, when) of each."""
    known = all_playbooks()
    return [(key, best(known[key].name), best(known[key].when)) for key in keys]
