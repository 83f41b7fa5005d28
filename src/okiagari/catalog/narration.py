"""How the timeline says what happened to the catalogue."""

from okiagari.problems import gettext_noop

SENTENCES = {
    "catalog.import": gettext_noop(
        "Imported a catalogue: %(products)s products, %(lines)s firmware lines, %(releases)s releases."
    ),
    "catalog.product": gettext_noop("Changed product %(model)s."),
    "catalog.line": gettext_noop("Changed firmware line %(line)s."),
    "catalog.release": gettext_noop("Put release %(text)s on %(line)s (%(state)s)."),
    "catalog.alias": gettext_noop("“%(alias)s” now means release %(text)s on %(line)s."),
    "catalog.support_date": gettext_noop("Set %(kind)s of %(model)s to %(date)s."),
    "catalog.shipped": gettext_noop("%(units)s units of %(model)s shipped by %(date)s."),
    "catalog.retired": gettext_noop("Retired product %(model)s: %(reason)s"),
}
