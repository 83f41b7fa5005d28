"""How the timeline says what was decided about reach."""

from okiagari.problems import gettext_noop

SENTENCES = {
    "reach.settled": gettext_noop("Ended the watch over reach at %(share)s %%: %(reason)s"),
    "reach.resumed": gettext_noop("Watches over reach again: %(reason)s"),
}
