"""The briefing for support and sales: who may say what, which devices, what to answer, what to pass on.

In: an advisory and its state. Out: the sheet in one language, its texts in the language that is active.
"""

from collections.abc import Iterator

from django.utils.translation import gettext

from okiagari.disclose.rules.standing import Action
from okiagari.disclose.sheets import told
from okiagari.disclose.sheets.frame import About, Item, Section, Sheet


def sheet(about: About) -> Sheet:
    title = gettext("Briefing for support and sales: %(title)s") % {"title": about.title}
    sections = [
        _who(about),
        Section(gettext("In short"), tuple(_short(about))),
        Section(gettext("Devices that are concerned"), told.concerned(about)),
        Section(gettext("Other devices"), tuple(_others(about))),
        Section(gettext("What to answer"), tuple(_answers(about))),
        Section(gettext("What to pass on at once"), tuple(_pass_on(about))),
    ]
    return Sheet(title, tuple(each for each in sections if each.items))


def _who(about: About) -> Section:
    """Before it is public nobody outside hears a word; after, everybody says what the page says."""
    if not about.is_public:
        note = gettext("Not public yet. Nothing may be said outside, not even that there is something.")
        silent = gettext("Nothing. Note the question and who asked, and pass it on to product security.")
        told_ = [
            Item(gettext("Support"), (silent,)),
            Item(gettext("Sales"), (silent,)),
            Item(gettext("Public relations"), (gettext("Nothing. Prepare with the sheet for the press."),)),
            Item(
                gettext("Product security"),
                (gettext("Talks to those who take part in the case, and to nobody else."),),
            ),
        ]
        return Section(gettext("Who may say what"), tuple(told_), note)
    page = gettext("Everything on the public page, in its words, with its address: %(address)s") % {
        "address": about.address
    }
    told_ = [
        Item(gettext("Support"), (page, gettext("Helps to look up the version and to update."))),
        Item(gettext("Sales"), (page, gettext("Promises no date and names no device that is not on it."))),
        Item(gettext("Public relations"), (gettext("Answers the press, with the sheet for the press."),)),
        Item(
            gettext("Product security"),
            (gettext("Answers everything technical that the page does not say."),),
        ),
    ]
    note = gettext("The advisory was withdrawn: say that, and nothing of what it said.")
    return Section(gettext("Who may say what"), tuple(told_), note if about.is_withdrawn else "")


def _short(about: About) -> Iterator[Item]:
    yield Item(gettext("What it is"), told.problem(about)[:1])
    if told.impact(about):
        yield Item(gettext("What can happen"), told.impact(about)[:1])
    if advised := tuple(told.to_do(about)):
        yield Item(gettext("What owners should do"), advised)
    yield Item(gettext("Is it attacked?"), (told.attacks(about),))


def _others(about: About) -> Iterator[Item]:
    for action, label in (
        (Action.CHECKING, gettext("Still being checked: promise nothing")),
        (Action.NOTHING, gettext("Not affected: this may be said")),
    ):
        names = told.names(about, action)
        if names:
            yield Item(label, (names,))


def _answers(about: About) -> Iterator[Item]:
    if not about.is_public:
        return
    yield Item(
        gettext("Is my device affected?"),
        (
            gettext("Ask for model and version, then look at: %(address)s")
            % {"address": f"{about.site.url}/{about.language}/models/index.html"},
            gettext("Do not guess at a version that is not listed there; pass the question on."),
        ),
    )
    stopped = told.names(about, Action.STOP_USE)
    if stopped:
        yield Item(
            gettext("Why is there no fix for %(models)s?") % {"models": stopped},
            (gettext("Say what the page says, and nothing about what it would have cost."),),
        )
    waiting = [told.names(about, action) for action in (Action.WAIT, Action.WORKAROUND)]
    for models in filter(None, waiting):
        yield Item(
            gettext("When does the fix for %(models)s come?") % {"models": models},
            (gettext("Only the date on the page. Where none stands there, none may be named."),),
        )
    yield Item(
        gettext("Will you pay for the damage?"),
        (gettext("Neither yes nor no. Note it and pass it on."),),
    )


def _pass_on(about: About) -> Iterator[Item]:
    contact = about.word("contact")
    yield Item(
        gettext("To product security"),
        tuple(
            filter(
                None,
                [
                    gettext("A device that behaves oddly, an attack, a new weakness, an unlisted version."),
                    contact,
                ],
            )
        ),
    )
    yield Item(
        gettext("To public relations"), (gettext("Everything from the press, bloggers and broadcasters."),)
    )
