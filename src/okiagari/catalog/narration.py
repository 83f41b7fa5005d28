"""How the timeline says what happened to the catalogue."""

from okiagari.problems import gettext_noop

KIND_WORDS = {
    "device": gettext_noop("Device"),
    "application": gettext_noop("Application"),
    "service": gettext_noop("Service"),
    "system": gettext_noop("Company system"),
}
SUPPORT_WORDS = {
    "general_availability": gettext_noop("On sale since"),
    "end_of_sales": gettext_noop("End of sales"),
    "end_of_security_support": gettext_noop("End of security support"),
    "end_of_life": gettext_noop("End of life"),
}
STATE_WORDS = {
    "planned": gettext_noop("planned"),
    "in_test": gettext_noop("in test"),
    "public": gettext_noop("public"),
    "withdrawn": gettext_noop("withdrawn"),
}
LISTING_WORDS = {
    "": gettext_noop("by the start of sales"),
    "listed": gettext_noop("listed"),
    "unlisted": gettext_noop("not listed"),
}
WORDS = {
    "kind": SUPPORT_WORDS,
    "state": STATE_WORDS,
    "old": {**STATE_WORDS, **LISTING_WORDS},
    "listing": LISTING_WORDS,
}

SENTENCES = {
    "catalog.import": gettext_noop(
        "Imported a catalogue: %(products)s products, %(lines)s firmware lines, %(releases)s releases."
    ),
    "catalog.product": gettext_noop("Changed product %(model)s."),
    "catalog.product_made": gettext_noop("Added product %(model)s."),
    "catalog.system": gettext_noop("Changed the inventory: %(model)s."),
    "catalog.target": gettext_noop("Added %(target)s to product %(model)s."),
    "catalog.line": gettext_noop("Changed firmware line %(line)s."),
    "catalog.line_made": gettext_noop("Added firmware line %(line)s."),
    "catalog.release": gettext_noop("Changed release %(text)s on %(line)s (%(state)s)."),
    "catalog.release_made": gettext_noop("Put release %(text)s on %(line)s (%(state)s)."),
    "catalog.release_state": gettext_noop("Release %(text)s on %(line)s: %(old)s → %(state)s."),
    "catalog.moved": gettext_noop("Moved release %(text)s on %(line)s: %(reason)s"),
    "catalog.alias": gettext_noop("“%(alias)s” now means release %(text)s on %(line)s."),
    "catalog.alias_dropped": gettext_noop(
        "“%(alias)s” no longer means release %(text)s on %(line)s: %(reason)s"
    ),
    "catalog.component": gettext_noop("Put %(name)s %(component_version)s on the component list of %(of)s."),
    "catalog.component_dropped": gettext_noop(
        "Took %(name)s %(component_version)s off the component list of %(of)s: %(reason)s"
    ),
    "catalog.support_date": gettext_noop("Set %(kind)s of %(model)s to %(date)s."),
    "catalog.steps": gettext_noop("Wrote how to check the version on %(of)s: %(count)s steps."),
    "catalog.revision": gettext_noop("Changed the numbers of %(model)s %(revision)s."),
    "catalog.listing": gettext_noop("Public pages and %(model)s: %(old)s → %(listing)s. %(reason)s"),
    "catalog.shipped": gettext_noop("%(units)s units of %(model)s shipped by %(date)s."),
    "catalog.retired": gettext_noop("Retired product %(model)s: %(reason)s"),
    "catalog.restored": gettext_noop("Took product %(model)s back into the lists: %(reason)s"),
}
