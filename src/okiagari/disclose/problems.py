"""What can go wrong on the way from a draft to the public."""

from okiagari.problems import Kind, define, gettext_noop

NO_SUCH_KIND = define(
    "disclose.no_such_kind",
    Kind.INVALID,
    gettext_noop("“%(kind)s” is not a kind of advisory."),
    gettext_noop("Use one of: %(allowed)s."),
)
NO_SUCH_TLP = define(
    "disclose.no_such_tlp",
    Kind.INVALID,
    gettext_noop("“%(tlp)s” is no label under which a copy is given before publication."),
    gettext_noop("Use one of: %(allowed)s."),
)
NOTHING_TO_COME = define(
    "disclose.nothing_to_come",
    Kind.CONFLICT,
    gettext_noop("%(advisory)s is public as it is: there is no edition to come that could be copied before."),
    gettext_noop("Pass on its public document instead."),
)
BAD_TRACKING_ID = define(
    "disclose.bad_tracking_id",
    Kind.INVALID,
    gettext_noop("“%(text)s” cannot be the id of a document."),
    gettext_noop("Use letters, digits, dots and hyphens, 3 to 60 of them, such as SA-2015-001."),
)
TRACKING_ID_TAKEN = define(
    "disclose.tracking_id_taken",
    Kind.CONFLICT,
    gettext_noop("Another advisory already uses an id that makes the same file name as “%(text)s”."),
    gettext_noop("Choose another id, or leave it empty to get one."),
)
BAD_LANGUAGES = define(
    "disclose.bad_languages",
    Kind.INVALID,
    gettext_noop("An advisory is written in Japanese, in English or in both."),
    gettext_noop("Choose at least one of them."),
)
NO_TITLE = define(
    "disclose.no_title",
    Kind.INVALID,
    gettext_noop("The advisory has no title."),
    gettext_noop("Write it in at least one language."),
)
NOT_OF_THE_CASES = define(
    "disclose.not_of_the_cases",
    Kind.INVALID,
    gettext_noop("“%(vulnerability)s” is not a vulnerability of the cases of this advisory."),
    gettext_noop("Its cases have: %(known)s."),
)
BAD_REFERENCE = define(
    "disclose.bad_reference",
    Kind.INVALID,
    gettext_noop("“%(url)s” is not an address of a page."),
    gettext_noop("Write it with https:// or http://."),
)
NO_SUCH_WORD = define(
    "disclose.no_such_word",
    Kind.INVALID,
    gettext_noop("“%(name)s” is not written in an advisory."),
    gettext_noop(
        "What can be written: %(allowed)s. Everything else is drawn from the case and the catalogue."
    ),
)
WITHDRAWN = define(
    "disclose.withdrawn",
    Kind.CONFLICT,
    gettext_noop("The advisory was withdrawn."),
    gettext_noop("Draft a new one; withdrawn ones stay as they are."),
)
ON_ITS_WAY = define(
    "disclose.on_its_way",
    Kind.CONFLICT,
    gettext_noop("A publication of this advisory is already scheduled."),
    gettext_noop("Cancel the scheduled publication first."),
)
INCOMPLETE = define(
    "disclose.incomplete",
    Kind.INVALID,
    gettext_noop("The advisory lacks: %(items)s."),
    gettext_noop("Complete it, or give a reason why it goes out without."),
)
NOT_SUBMITTED = define(
    "disclose.not_submitted",
    Kind.CONFLICT,
    gettext_noop("The advisory does not wait for approval."),
    gettext_noop("Submit it first."),
)
ASKS_AGAIN = define(
    "disclose.asks_again",
    Kind.STALE,
    gettext_noop("The words or facts have changed since they were submitted or approved."),
    gettext_noop("Look at what it says now; submit and approve it again."),
)
RENDERER_CHANGED = define(
    "disclose.renderer_changed",
    Kind.STALE,
    gettext_noop("Okiagari was upgraded since then, and the upgrade may show the advisory differently."),
    gettext_noop("Look at the preview; submit and approve it again."),
)
OWN_WORK = define(
    "disclose.own_work",
    Kind.DENIED,
    gettext_noop(
        "Whoever wrote or submitted an advisory does not approve it, and no deputy does so for them."
    ),
    gettext_noop("Ask another approver."),
)
NOTE_NEEDED = define(
    "disclose.note_needed",
    Kind.INVALID,
    gettext_noop("The note is missing."),
    gettext_noop("Say what should be changed, or why."),
)
NOT_APPROVED = define(
    "disclose.not_approved",
    Kind.CONFLICT,
    gettext_noop("The advisory is not approved."),
    gettext_noop("Submit it; somebody who did not write it approves it."),
)
UNDER_EMBARGO = define(
    "disclose.under_embargo",
    Kind.CONFLICT,
    gettext_noop("%(case)s is under embargo until %(until)s."),
    gettext_noop("Publish later, end the embargo, or give the reason why it cannot wait."),
)
TIME_PAST = define(
    "disclose.time_past",
    Kind.INVALID,
    gettext_noop("The time of publication has passed."),
    gettext_noop("Choose a later time, or publish now."),
)
NOTHING_SCHEDULED = define(
    "disclose.nothing_scheduled",
    Kind.CONFLICT,
    gettext_noop("No publication is scheduled."),
    gettext_noop("Load the page again to see where the advisory stands."),
)
BROKEN_TREE = define(
    "disclose.broken_tree",
    Kind.UNAVAILABLE,
    gettext_noop("The site was not switched: %(place)s: %(why)s"),
    gettext_noop("The old site is still there, whole. Mend what is named and publish again."),
)
NOT_A_TREE = define(
    "disclose.not_a_tree",
    Kind.CONFLICT,
    gettext_noop("%(folder)s holds something that is not a published site."),
    gettext_noop("Name an empty or new folder; nothing was touched."),
)
NO_SUCH_CHANNEL = define(
    "disclose.no_such_channel",
    Kind.INVALID,
    gettext_noop("“%(channel)s” is not a channel of this advisory."),
    gettext_noop("Use one of: %(allowed)s."),
)
OWN_SITE_ITSELF = define(
    "disclose.own_site_itself",
    Kind.INVALID,
    gettext_noop("The own site is planned and published by itself."),
    gettext_noop("Publish the advisory now or at a time; its line in the plan follows."),
)
CHANNEL_CONFIRMED = define(
    "disclose.channel_confirmed",
    Kind.CONFLICT,
    gettext_noop("“%(channel)s” is already confirmed."),
    gettext_noop("What is out stays as it was recorded. Give another name for a second one of its kind."),
)
NOT_OUT_YET = define(
    "disclose.not_out_yet",
    Kind.INVALID,
    gettext_noop("This time lies in the future."),
    gettext_noop("Plan the channel for that time, and confirm it when it is out."),
)
NO_SUCH_PERSON = define(
    "disclose.no_such_person",
    Kind.INVALID,
    gettext_noop("Nobody here is called “%(username)s”."),
    gettext_noop("Use the name somebody signs in with, or leave it to the team."),
)
OWNER_OUTSIDE = define(
    "disclose.owner_outside",
    Kind.INVALID,
    gettext_noop("“%(username)s” cannot see this advisory, so it would wait unseen."),
    gettext_noop("Let them into its cases first, or name somebody who is."),
)
NO_SUCH_PHASE = define(
    "disclose.no_such_phase",
    Kind.INVALID,
    gettext_noop("“%(phase)s” is not a phase of a notice."),
    gettext_noop("Use one of: %(allowed)s, or leave it empty."),
)
BAD_PROMISE = define(
    "disclose.bad_promise",
    Kind.INVALID,
    gettext_noop("“%(text)s” is not a day or an hour."),
    gettext_noop("Write 2017-10-20, or 2017-10-20T18:00; leave it empty to promise nothing."),
)
HAS_HISTORY = define(
    "disclose.has_history",
    Kind.CONFLICT,
    gettext_noop("The advisory has a history already."),
    gettext_noop("Earlier editions are taken over once, before the first edition goes out from here."),
)
NO_SUCCESSOR = define(
    "disclose.no_successor",
    Kind.INVALID,
    gettext_noop("There is no other published advisory “%(text)s”."),
    gettext_noop("Publish the one that takes its place first, or leave this empty."),
)
NOT_QUIET = define(
    "disclose.not_quiet",
    Kind.CONFLICT,
    gettext_noop("The case cannot end quietly: %(why)s"),
    gettext_noop("Decide every product first; where one is affected, its owners are told."),
)
NOT_ENDED_QUIETLY = define(
    "disclose.not_ended_quietly",
    Kind.CONFLICT,
    gettext_noop("The case was not ended quietly."),
    gettext_noop("Load the page again to see where it stands."),
)

INCONSISTENT = define(
    "disclose.inconsistent",
    Kind.CONFLICT,
    gettext_noop("The formats do not say the same: %(count)s differences (%(fields)s)."),
    gettext_noop(
        "The page “Do all formats agree?” of the advisory names each with its file and place."
        " Mend the fact or word it comes from and submit it again;"
        " where none explains it, the program is wrong."
    ),
)
