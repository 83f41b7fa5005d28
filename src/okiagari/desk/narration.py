"""How the desk's own streams say what happened: the business calendar."""

from okiagari.problems import gettext_noop

SENTENCES = {
    "desk.day_closed": gettext_noop("Closed on %(day)s: %(name)s."),
    "desk.day_worked": gettext_noop("%(day)s is a working day: %(name)s."),
    "desk.day_dropped": gettext_noop("%(day)s follows the public calendar again (%(name)s)."),
    "desk.view_saved": gettext_noop("Saved a view of the list “%(place)s”."),
    "desk.view_default": gettext_noop("Chose how the list “%(place)s” opens."),
    "desk.view_dropped": gettext_noop("Took a view of the list “%(place)s” away."),
}
