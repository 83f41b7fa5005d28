"""Meetings and what they decide; embargo decisions by a named person; acts that cannot wait. Pure."""

from datetime import datetime, timedelta

from okiagari.problems import Kind, define, gettext_noop

from .kinds import REASON_NEEDED

MEETING_INCOMPLETE = define(
    "cases.meeting_incomplete",
    Kind.INVALID,
    gettext_noop("A meeting needs a place and a reason."),
    gettext_noop("A room or the address of the call, and one sentence on why people are called."),
)
NOBODY_CALLED = define(
    "cases.nobody_called",
    Kind.INVALID,
    gettext_noop("Nobody is called."),
    gettext_noop("Choose a team or people; without a team of executives, name them one by one."),
)
MEETING_OVER = define(
    "cases.meeting_over",
    Kind.CONFLICT,
    gettext_noop("This meeting is %(state)s."),
    gettext_noop("Call a new one if there is more to decide."),
)
NOBODY_PRESENT = define(
    "cases.nobody_present",
    Kind.INVALID,
    gettext_noop("Who was there? A meeting without people decides nothing."),
    gettext_noop("Name everybody who takes part, by account or by name."),
)
NO_SUCH_ANSWER = define(
    "cases.no_such_answer",
    Kind.INVALID,
    gettext_noop("“%(answer)s” is not an answer here."),
    gettext_noop("Use one of: %(allowed)s."),
)
DECIDED_ALREADY = define(
    "cases.decided_already",
    Kind.CONFLICT,
    gettext_noop("This was decided already: %(answer)s."),
    gettext_noop("Put a new question to the meeting if it is to be decided otherwise."),
)
LATER_NEEDS_DUE = define(
    "cases.later_needs_due",
    Kind.INVALID,
    gettext_noop("“Later” needs to say when and by whom."),
    gettext_noop("Name the owner and the time by which it is decided."),
)
NOTHING_TO_DECIDE = define(
    "cases.nothing_to_decide",
    Kind.CONFLICT,
    gettext_noop("No decision about the embargo is open."),
    gettext_noop("It is asked for when a fact is noted under embargo; else change the embargo itself."),
)
BY_A_PERSON = define(
    "cases.by_a_person",
    Kind.DENIED,
    gettext_noop("This is decided by a person with a name, never by the system."),
    gettext_noop("Sign in as yourself."),
)
DECIDE_IT = define(
    "cases.decide_it",
    Kind.INVALID,
    gettext_noop("This task is a decision about the embargo; ticking it off decides nothing."),
    gettext_noop("Decide it: keep, revise, end or publish now, with the reason."),
)
REVIEW_IT = define(
    "cases.review_it",
    Kind.INVALID,
    gettext_noop("This task is the review of an urgent act; ticking it off reviews nothing."),
    gettext_noop("Review the act: a verdict, and in words what should be learned."),
)
NO_SUCH_ACT = define(
    "cases.no_such_act",
    Kind.INVALID,
    gettext_noop("“%(kind)s” is not an urgent act."),
    gettext_noop("Use one of: %(allowed)s."),
)
OWN_ACT = define(
    "cases.own_act",
    Kind.DENIED,
    gettext_noop("Whoever acted does not review the act, and neither does their deputy."),
    gettext_noop("Ask somebody else who is in the case."),
)
REVIEWED_ALREADY = define(
    "cases.reviewed_already",
    Kind.CONFLICT,
    gettext_noop("This act was reviewed already."),
    gettext_noop("What was found stands on the case."),
)
NO_SUCH_VERDICT = define(
    "cases.no_such_verdict",
    Kind.INVALID,
    gettext_noop("“%(verdict)s” is not a verdict."),
    gettext_noop("Use one of: %(allowed)s, and say in words why."),
)

ANSWERS = ("yes", "no", "later")
EMBARGO_CHOICES = ("keep", "revise", "end", "publish")
ACTS = ("stop_shipping", "workaround", "investigating", "jpcert", "authority")
REVIEW_VERDICTS = ("right", "partly", "wrong")
EMBARGO_MATTER = "embargo"
REVIEW = "review"
REVIEW_WITHIN = timedelta(days=3)
PUBLISH_WITHIN = timedelta(hours=4)


def check_meeting(place: str, reason: str) -> None:
    """Raises MEETING_INCOMPLETE."""
    if not place.strip():
        raise MEETING_INCOMPLETE().at("place")
    if not reason.strip():
        raise MEETING_INCOMPLETE().at("reason")


def check_answer(answer: str, *, has_owner: bool, due_at: datetime | None) -> None:
    """Raises NO_SUCH_ANSWER, LATER_NEEDS_DUE."""
    if answer not in ANSWERS:
        raise NO_SUCH_ANSWER(answer=answer, allowed=", ".join(ANSWERS)).at("answer")
    if answer == "later" and not (has_owner and due_at):
        raise LATER_NEEDS_DUE().at("due_at")


def check_choice(choice: str, reason: str, *, is_person: bool) -> None:
    """Raises NO_SUCH_ANSWER, BY_A_PERSON, REASON_NEEDED."""
    if choice not in EMBARGO_CHOICES:
        raise NO_SUCH_ANSWER(answer=choice, allowed=", ".join(EMBARGO_CHOICES)).at("choice")
    if not is_person:
        raise BY_A_PERSON()
    if not reason.strip():
        raise REASON_NEEDED().at("reason")


def check_review(
    verdict: str, words: str, *, reviewer: str, stands_in_for: frozenset[str], actor: str
) -> None:
    """Raises NO_SUCH_VERDICT, OWN_ACT."""
    if verdict not in REVIEW_VERDICTS or not words.strip():
        field = "words" if verdict in REVIEW_VERDICTS else "verdict"
        raise NO_SUCH_VERDICT(verdict=verdict, allowed=", ".join(REVIEW_VERDICTS)).at(field)
    if reviewer == actor or actor in stands_in_for:
        raise OWN_ACT()


def embargo_state(choice: str, before: str) -> str:
    """What the embargo becomes by the choice; "" where it stays as it is."""
    if choice == "revise":
        return "agreed" if before == "proposed" else "revised"
    return "ended" if choice in ("end", "publish") else ""


def review_key(act_id: str) -> str:
    """The key of the task that asks for the review."""
    return f"{REVIEW}:{act_id}"


def is_review(key: str) -> bool:
    return key.partition(":")[0] == REVIEW
