"""Questions and answers for the press: what is asked every time, answered only with what the advisory says.

In: an advisory and its state. Out: the sheet in one language. Where the advisory has no answer, it says
whom to ask instead of making one up.
"""

from collections.abc import Iterator

from django.utils.translation import gettext

from okiagari.disclose.rules.standing import Action
from okiagari.disclose.sheets import told
from okiagari.disclose.sheets.frame import About, Item, Section, Sheet
from okiagari.disclose.site import saying
from okiagari.disclose.site.links import identifier_links


def sheet(about: About) -> Sheet:
    title = gettext("Questions and answers for the press: %(title)s") % {"title": about.title}
    note = "" if about.is_public else gettext("Not public yet: hold this back until the page is out.")
    sections = [
        Section(gettext("What happened"), tuple(_what(about)), note),
        Section(gettext("Who is concerned"), tuple(_who(about))),
        Section(gettext("What is being done"), tuple(_done(about))),
        Section(gettext("What is not answered"), tuple(_not_answered())),
    ]
    return Sheet(title, tuple(each for each in sections if each.items))


def _what(about: About) -> Iterator[Item]:
    yield Item(gettext("What was found?"), told.problem(about))
    if told.impact(about):
        yield Item(gettext("What can happen?"), told.impact(about))
    yield Item(gettext("Has it been used in attacks?"), (told.attacks(about),))
    severity = saying.severity(about.entry.content)
    if severity:
        words = gettext("By CVSS its severity is: %(severity)s.") % {
            "severity": saying.severity_word(severity)
        }
        yield Item(gettext("How severe is it?"), (words,))
    ids = tuple(f"{each.text} {each.url}" for each in identifier_links(about.entry.content, about.language))
    if ids:
        yield Item(gettext("Under which numbers is it known?"), ids)


def _who(about: About) -> Iterator[Item]:
    for each in told.concerned(about):
        yield Item(gettext("What about %(models)s?") % {"models": each.lead}, each.texts)
    checking, fine = told.names(about, Action.CHECKING), told.names(about, Action.NOTHING)
    if checking:
        words = gettext("Still being checked; the page says the result: %(models)s") % {"models": checking}
        yield Item(gettext("Are other products concerned?"), (words,))
    if fine:
        yield Item(gettext("Which products are not concerned?"), (fine,))
    yield Item(
        gettext("How many devices are concerned?"),
        (gettext("No number that is not on the page. Public relations decides what is said beyond."),),
    )


def _done(about: About) -> Iterator[Item]:
    if advised := tuple(told.to_do(about)):
        yield Item(gettext("What should owners do?"), advised)
    site = about.site
    first = f"{site.local(about.entry.first_at):%Y-%m-%d %H:%M %Z}"
    if about.is_public:
        when = gettext("Since %(at)s here: %(address)s") % {"at": first, "address": about.address}
    elif about.out_at:
        at = f"{site.local(about.out_at):%Y-%m-%d %H:%M %Z}"
        when = gettext("Planned for %(at)s, here: %(address)s") % {"at": at, "address": about.address}
    else:
        when = gettext("The date is not decided. It will be here: %(address)s") % {"address": about.address}
    yield Item(gettext("When do customers learn of it?"), (when,))
    if about.entry.content.credits:
        names = gettext(", ").join(about.entry.content.credits)
        yield Item(gettext("Who found it?"), (gettext("%(names)s, named with consent.") % {"names": names},))
    if about.word("contact"):
        yield Item(gettext("Where can customers ask?"), (about.word("contact"),))


def _not_answered() -> Iterator[Item]:
    words = gettext("Not beyond what the advisory says. Public relations takes the question.")
    for question in (
        gettext("Who is to blame, and what did it cost?"),
        gettext("How exactly would somebody use it?"),
        gettext("Is a customer known to be harmed?"),
    ):
        yield Item(question, (words,))
