"""How the desk's own streams say what happened: the business calendar."""

from okiagari.problems import gettext_noop

SENTENCES = {
    "desk.day_closed": gettext_noop("Closed on %(day)s: %(name)s."),
    "desk.day_worked": gettext_noop("%(day)s is a working day: %(name)s."),
    "desk.day_dropped": gettext_noop("%(day)s follows the public calendar again (%(name)s)."),
}
