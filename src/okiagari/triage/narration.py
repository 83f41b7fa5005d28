"""What the timeline says of this room's lines, and words for their codes; see `okiagari.flow.telling`."""

from collections.abc import Mapping

from okiagari.problems import gettext_noop
from okiagari.triage.rules.cells import STATE_WORDS
from okiagari.triage.rules.grouping import WAYS
from okiagari.triage.rules.levels import LEVEL_WORDS, STAGE_WORDS
from okiagari.triage.rules.scoring import SOURCES

SENTENCES: Mapping[str, str] = {
    "triage.criteria_adopted": gettext_noop(
        "put version %(version)s of the criteria in force, next review %(next_review)s"
    ),
    "triage.criteria_reviewed": gettext_noop(
        "reviewed version %(version)s of the criteria and kept it: %(reason)s (next review %(next_review)s)"
    ),
    "triage.asked_first": gettext_noop("asked for a first judgement: %(team_name)s, due %(due)s"),
    "triage.first_lapsed": gettext_noop(
        "no first judgement came from %(team_name)s by %(due)s; the product security team judges"
    ),
    "triage.judged_first": gettext_noop(
        "gave the first judgement of %(team_name)s: %(level)s (proposed %(proposed)s, %(score)s points)"
    ),
    "triage.judged_final": gettext_noop(
        "gave the final judgement: %(level)s (proposed %(proposed)s, %(score)s points)"
    ),
    "triage.judged_executive": gettext_noop(
        "gave the executives' judgement: %(level)s (proposed %(proposed)s, %(score)s points)"
    ),
    "triage.judgement_reopened": gettext_noop("opened a judgement again (%(stage)s)"),
    "triage.scored": gettext_noop("put a score beside the judgement: %(system)s %(value)s (%(source)s)"),
    "triage.score_dropped": gettext_noop("took a score away: %(system)s %(value)s (%(source)s)"),
    "triage.rows_frozen": gettext_noop(
        "chose the products by a rule: %(found)s found, %(excluded)s left out, %(count)s rows added"
    ),
    "triage.row_added": gettext_noop("added a row to the grid: %(target)s"),
    "triage.row_removed": gettext_noop("took a row out of the grid: %(target)s"),
    "triage.decided": gettext_noop("decided as %(state)s (cells: %(count)s): %(targets)s"),
    "triage.rule_saved": gettext_noop("kept the search rule “%(name)s”, version %(version)s"),
    "triage.rule_retired": gettext_noop("offers the search rule “%(name)s” no longer"),
    "triage.grouped": gettext_noop(
        "let products share their decisions, by %(by)s (rows: %(count)s): %(groups)s"
    ),
    "triage.ungrouped": gettext_noop(
        "let products of the group %(group)s stand on their own (rows: %(count)s): %(targets)s"
    ),
    "triage.group_decided": gettext_noop(
        "decided the group %(group)s as %(state)s (cells that follow: %(count)s)"
    ),
    "triage.inherited": gettext_noop("let cells follow their group again (cells: %(count)s): %(targets)s"),
    "triage.handed_over": gettext_noop(
        "handed products over to %(team_name)s (rows: %(count)s): %(targets)s"
    ),
    "triage.due_set": gettext_noop(
        "set until when products are decided: %(due)s (rows: %(count)s): %(targets)s"
    ),
    "triage.located": gettext_noop("said which components “%(title)s” lies in: %(components)s"),
    "triage.carried": gettext_noop(
        "looked at %(to)s: decisions carried over: %(carried)s, lapsed and to be looked at: %(lapsed)s"
    ),
    "triage.carry_confirmed": gettext_noop("confirmed of %(target)s that its decision holds for %(to)s, too"),
}

TURNS = frozenset({"triage.judged_final", "triage.judged_executive", "triage.judgement_reopened"})

WORDS: Mapping[str, Mapping[str, str]] = {
    "level": LEVEL_WORDS,
    "proposed": LEVEL_WORDS,
    "stage": STAGE_WORDS,
    "state": STATE_WORDS,
    "source": SOURCES,
    "by": WAYS,
}
