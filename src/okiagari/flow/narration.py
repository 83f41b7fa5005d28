"""What timelines say of this room's lines. `SENTENCES`: verb -> marked template over the facts."""

from collections.abc import Mapping

from okiagari.problems import gettext_noop

SENTENCES: Mapping[str, str] = {
    "flow.reminders_chosen": gettext_noop("Chose how to be reminded."),
    "flow.reminded": gettext_noop("Reminded %(person)s: %(late)s late, %(soon)s due soon."),
    "flow.escalated": gettext_noop(
        "took up what is overdue with %(owners)s to whoever leads (%(count)s, since %(due)s)"
    ),
    "flow.template_saved": gettext_noop("Changed the letter template “%(name)s” (version %(version)s)."),
    "flow.merged_into": gettext_noop("merged the case into %(other_case)s; everything went there"),
    "flow.merged": gettext_noop(
        "merged %(other_case)s into this case (vulnerabilities joined with one of here: %(same)s, "
        "further ones: %(vulnerabilities)s, reports: %(reports)s)"
    ),
    "flow.merge_undone": gettext_noop("undid the merge into %(other_case)s; the case is open again"),
    "flow.merge_given_back": gettext_noop("undid the merge: %(other_case)s is a case of its own again"),
    "flow.split_off": gettext_noop(
        "split off %(other_case)s (vulnerabilities: %(vulnerabilities)s, reports: %(reports)s)"
    ),
    "flow.split_from": gettext_noop(
        "split from %(other_case)s (vulnerabilities: %(vulnerabilities)s, reports: %(reports)s)"
    ),
}
WORDS: Mapping[str, Mapping[str, str]] = {"other_case": {"": gettext_noop("another case")}}
TURNS = frozenset(verb for verb in SENTENCES if verb.startswith(("flow.merge", "flow.split")))
