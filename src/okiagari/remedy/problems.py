"""What can go wrong when a measure is planned."""

from okiagari.problems import Kind, define, gettext_noop

NO_SUCH_KIND = define(
    "remedy.no_such_kind",
    Kind.INVALID,
    gettext_noop("“%(kind)s” is not a kind of measure."),
    gettext_noop("Use one of: %(allowed)s."),
)
NO_TARGETS = define(
    "remedy.no_targets",
    Kind.INVALID,
    gettext_noop("The measure names no product."),
    gettext_noop("Choose at least one row of the case's products."),
)
NOT_A_ROW = define(
    "remedy.not_a_row",
    Kind.INVALID,
    gettext_noop("“%(target)s” is not among the products of this case."),
    gettext_noop("Add it to the products of the case first."),
)
NOT_OF_THE_CASE = define(
    "remedy.not_of_the_case",
    Kind.INVALID,
    gettext_noop("“%(vulnerability)s” is not a vulnerability of this case."),
    gettext_noop("The vulnerabilities of the case are: %(known)s."),
)
TEXT_NEEDED = define(
    "remedy.text_needed",
    Kind.INVALID,
    gettext_noop("A measure of this kind is words: what should the owner do?"),
    gettext_noop("Write it in at least one language, as the owner will read it."),
)
REASON_NEEDED = define(
    "remedy.reason_needed",
    Kind.INVALID,
    gettext_noop("The reason is missing."),
    gettext_noop("Say in one sentence why; it stays with the case."),
)
IMPOSSIBLE = define(
    "remedy.impossible",
    Kind.CONFLICT,
    gettext_noop("%(target)s cannot be fixed, as the products of the case say: %(why)s"),
    gettext_noop("Plan a workaround or the request to stop using it, or change the decision first."),
)
NO_RELEASE = define(
    "remedy.no_release",
    Kind.INVALID,
    gettext_noop("The fix names no release that customers can get."),
    gettext_noop("Name a public release of the firmware line; a planned one is not a fix yet."),
)
OTHER_LINE = define(
    "remedy.other_line",
    Kind.INVALID,
    gettext_noop("%(target)s does not run firmware of the line %(line)s."),
    gettext_noop("Plan one fix for each firmware line."),
)
OWN_SUCCESSOR = define(
    "remedy.own_successor",
    Kind.INVALID,
    gettext_noop("%(model)s is named as its own successor."),
    gettext_noop("Name another product, or none."),
)
WRONG_STATE = define(
    "remedy.wrong_state",
    Kind.CONFLICT,
    gettext_noop("The measure is %(state)s."),
    gettext_noop("Plan a new one if something else is to be done."),
)
NOT_AN_ACCEPTANCE = define(
    "remedy.not_an_acceptance",
    Kind.INVALID,
    gettext_noop("Only a planned acceptance of a risk can be accepted."),
    gettext_noop("Plan a measure of the kind “accept” first."),
)
PLANNER_ACCEPTS = define(
    "remedy.planner_accepts",
    Kind.DENIED,
    gettext_noop("Whoever planned to accept a risk does not accept it, and neither does their deputy."),
    gettext_noop("Ask another executive or approver."),
)
UNTIL_PAST = define(
    "remedy.until_past",
    Kind.INVALID,
    gettext_noop("An accepted risk needs an end that lies ahead."),
    gettext_noop("Choose a later time; then it is looked at again."),
)
