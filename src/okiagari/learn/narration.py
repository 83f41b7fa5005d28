"""How the timeline says what was learned."""

from okiagari.problems import gettext_noop

SENTENCES = {
    "learn.lesson": gettext_noop("Drew a lesson: %(text)s"),
    "learn.promised": gettext_noop("Promised because of a lesson: %(text)s"),
    "learn.assigned": gettext_noop("Put the promise “%(text)s” into other hands: %(owner)s"),
    "learn.spec_changed": gettext_noop("Version %(version)s of “%(title)s” is in force: %(reason)s"),
    "learn.spec_withdrawn": gettext_noop("Withdrew “%(title)s” from the specification: %(reason)s"),
    "learn.fulfilled": gettext_noop("Kept the promise “%(text)s”: %(outcome)s"),
}
