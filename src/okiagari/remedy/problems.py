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
NO_SUCH_TARGET = define(
    "remedy.no_such_target",
    Kind.INVALID,
    gettext_noop("The catalogue knows no “%(target)s”."),
    gettext_noop("Write the product as its page in the catalogue does."),
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
NOT_VERIFIED = define(
    "remedy.not_verified",
    Kind.INVALID,
    gettext_noop("Nobody has verified yet that this fix fixes it."),
    gettext_noop("Record who verified it, on which release and how; or decide its products as fixed."),
)
VERIFICATION_LACKS = define(
    "remedy.verification_lacks",
    Kind.INVALID,
    gettext_noop("The verification lacks: %(lacks)s."),
    gettext_noop("Say who verified the fix, on what, and how."),
)
NOT_A_FIX = define(
    "remedy.not_a_fix",
    Kind.INVALID,
    gettext_noop("Only a fix is verified here."),
    gettext_noop("Of a workaround, write how it was checked when you make it ready."),
)
PLAN_NEEDED = define(
    "remedy.plan_needed",
    Kind.INVALID,
    gettext_noop("How sure the plan is, or its public wording, is given without a planned date."),
    gettext_noop("Add the date, as far as it is known: 2016-12, late 2016-12."),
)
NO_SUCH_CONFIDENCE = define(
    "remedy.no_such_confidence",
    Kind.INVALID,
    gettext_noop("“%(given)s” does not say how sure a planned date is."),
    gettext_noop("Use one of: %(allowed)s."),
)
NEEDS_APPROVAL = define(
    "remedy.needs_approval",
    Kind.INVALID,
    gettext_noop("A shipping stop is not made ready; an executive or approver approves it."),
    gettext_noop("Ask one of them. If it cannot wait, stop shipping at once: it is approved afterwards."),
)
RESUME_NAMES_IT = define(
    "remedy.resume_names_it",
    Kind.INVALID,
    gettext_noop("A shipping stop in force ends only by resuming, with the condition that was met."),
    gettext_noop("Ask to resume shipping; an executive or approver approves it."),
)
NOT_A_STOP = define(
    "remedy.not_a_stop",
    Kind.INVALID,
    gettext_noop("This measure is not a shipping stop that waits for that."),
    gettext_noop("Look at the measures of the case: what waits for approval is marked there."),
)
OWN_APPROVAL = define(
    "remedy.own_approval",
    Kind.DENIED,
    gettext_noop("Whoever asked for it does not approve it, and neither does their deputy."),
    gettext_noop("Ask another executive or approver."),
)
CONDITION_NEEDED = define(
    "remedy.condition_needed",
    Kind.INVALID,
    gettext_noop("Shipping resumes on a condition that was met. Which one?"),
    gettext_noop("For example: fixed firmware 1.11 from serial SR1B000120 on."),
)
ALREADY_STOPPED = define(
    "remedy.already_stopped",
    Kind.CONFLICT,
    gettext_noop("Shipping of %(target)s is already stopped, or its stop waits for approval."),
    gettext_noop("Look at the measures of the case."),
)
NO_SUCH_PLACE = define(
    "remedy.no_such_place",
    Kind.INVALID,
    gettext_noop("“%(place)s” is not a place where stock lies."),
    gettext_noop("Use one of: %(allowed)s; write the name of the warehouse or shop beside it."),
)
NOT_A_RECALL = define(
    "remedy.not_a_recall",
    Kind.INVALID,
    gettext_noop("Stock is counted for a recall or rework only."),
    gettext_noop("Plan a recall or rework first."),
)
NO_SUCH_STOCK = define(
    "remedy.no_such_stock",
    Kind.INVALID,
    gettext_noop("No stock is named there yet: %(place)s %(name)s."),
    gettext_noop("Say first how many units lie there."),
)
MORE_THAN_THERE_IS = define(
    "remedy.more_than_there_is",
    Kind.INVALID,
    gettext_noop("%(done)d are said to be done, of %(units)d."),
    gettext_noop("Correct the number, or first the number of units that lie there."),
)
SOURCE_NEEDED = define(
    "remedy.source_needed",
    Kind.INVALID,
    gettext_noop("Who says so?"),
    gettext_noop("Name the desk, the distributor or the factory the number comes from."),
)
DAY_AHEAD = define(
    "remedy.day_ahead",
    Kind.INVALID,
    gettext_noop("That day lies ahead."),
    gettext_noop("Count what has been done; write it down on the day."),
)
FIRST_NEEDED = define(
    "remedy.first_needed",
    Kind.INVALID,
    gettext_noop("From which unit on? The first good serial number or lot is missing."),
    gettext_noop("Write it as printed on the label, and the pattern it follows."),
)
