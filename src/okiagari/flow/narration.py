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
    "flow.document_read": gettext_noop("read the document %(document)s (%(format)s, %(tracking_id)s)"),
    "flow.document_dropped": gettext_noop("set the document %(document)s aside: %(reason)s"),
    "flow.document_looked_at": gettext_noop(
        "looked at what was not understood of %(document)s (%(count)s; left: %(left)s)"
    ),
    "flow.document_unlooked": gettext_noop(
        "took back having looked at what was not understood of %(document)s (%(count)s; left: %(left)s)"
    ),
    "flow.document_taken": gettext_noop("took in the document %(document)s (%(format)s, %(tracking_id)s)"),
    "flow.document_joined": gettext_noop(
        "added the words of the document %(document)s in another language (%(language)s)"
    ),
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
