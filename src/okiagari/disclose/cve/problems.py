"""What can be wrong with the ids of a CNA, and what to do about it."""

from okiagari.problems import Kind, define, gettext_noop

NOT_SET_UP = define(
    "cve.not_set_up",
    Kind.CONFLICT,
    gettext_noop("This installation has no account at CVE Services."),
    gettext_noop(
        "A maker that is no CNA asks JPCERT/CC: the request is among the formats of the advisory. What was"
        " done elsewhere can be noted by hand."
    ),
)
NOT_OUT = define(
    "cve.not_out",
    Kind.CONFLICT,
    gettext_noop("The record would be earlier than the advisory."),
    gettext_noop("Publish the advisory first; the record follows by itself."),
)
NOT_THERE_YET = define(
    "cve.not_there_yet",
    Kind.UNAVAILABLE,
    gettext_noop("The advisory has not arrived at every public target yet."),
    gettext_noop("The record waits for it; look at the targets if it lasts."),
)
NO_EDITION = define(
    "cve.no_edition",
    Kind.CONFLICT,
    gettext_noop("The advisory is not out, so no record of it can be."),
    gettext_noop("Publish the advisory first; the record follows by itself."),
)
NOTHING_CITED = define(
    "cve.nothing_cited",
    Kind.CONFLICT,
    gettext_noop("The edition that is out cites no CVE id."),
    gettext_noop("Reserve an id, and publish an edition that cites it."),
)
HELD_BACK = define(
    "cve.held_back",
    Kind.CONFLICT,
    gettext_noop("The record of %(cve)s is held back."),
    gettext_noop("Mend what is named and publish an edition with it; its record follows by itself."),
)
NO_FLAW = define(
    "cve.no_flaw",
    Kind.INVALID,
    gettext_noop("“%(vulnerability)s” is no vulnerability of this case that needs an id."),
    gettext_noop("Those without a CVE id: %(known)s."),
)
NOTHING_TO_RESERVE = define(
    "cve.nothing_to_reserve",
    Kind.CONFLICT,
    gettext_noop("Every vulnerability of this case has an id, or one is being reserved for it."),
    gettext_noop("Add the vulnerability first, or look below at what is under way."),
)
TOO_MANY_APART = define(
    "cve.too_many_apart",
    Kind.INVALID,
    gettext_noop("At most %(most)s ids that do not follow each other are given at once."),
    gettext_noop("Take ids that follow each other, or fewer."),
)
NO_SUCH_ID = define(
    "cve.no_such_id",
    Kind.INVALID,
    gettext_noop("%(cve)s is not an id of ours in this case."),
    gettext_noop("Only ids that we reserved, or that were noted as ours, can be changed."),
)
NOT_FROM_HERE = define(
    "cve.not_from_here",
    Kind.CONFLICT,
    gettext_noop("%(cve)s is already %(state)s."),
    gettext_noop("Look at its history; a state is not taken back."),
)
REJECTED_THERE = define(
    "cve.rejected_there",
    Kind.CONFLICT,
    gettext_noop("%(cve)s is rejected at CVE Services, so it gets no record."),
    gettext_noop("Reserve another id for the vulnerability and publish an edition that cites it."),
)
NO_SUCH_STATE = define(
    "cve.no_such_state",
    Kind.INVALID,
    gettext_noop("“%(state)s” is not a state of a CVE id."),
    gettext_noop("Use one of: %(allowed)s."),
)
NUMBER_NEEDED = define(
    "cve.number_needed",
    Kind.INVALID,
    gettext_noop("The vulnerability has no CVE id yet."),
    gettext_noop("Give the number, like CVE-2015-2984."),
)
ENGLISH_NEEDED = define(
    "cve.english_needed",
    Kind.INVALID,
    gettext_noop("The record says the reason to the world: it needs one in English."),
    gettext_noop("Write it in English; a Japanese text may stand beside it."),
)
ON_ITS_WAY = define(
    "cve.on_its_way",
    Kind.CONFLICT,
    gettext_noop("Something is already under way with %(cve)s."),
    gettext_noop("Wait until it is done, or try it again now."),
)
NOT_OPEN = define(
    "cve.not_open",
    Kind.CONFLICT,
    gettext_noop("This is done, or was dropped."),
    gettext_noop("Load the page again to see where it stands."),
)
NO_WATCH = define(
    "cve.no_watch",
    Kind.CONFLICT,
    gettext_noop("Nobody is asked whether cited ids are public."),
    gettext_noop("Set OKIAGARI_CVE_WATCH_URL, or confirm the channel “CVE record” of the advisory by hand."),
)
BEING_ASKED = define(
    "cve.being_asked",
    Kind.TOO_MANY,
    gettext_noop("CVE Services are being asked already."),
    gettext_noop("It goes on by itself; look again in a moment."),
)
