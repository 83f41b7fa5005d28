"""Where each kind of thing that can be found has its page, and what the kinds are called."""

from django.urls import reverse
from django.utils.translation import gettext_lazy, pgettext_lazy

KINDS = {
    "case": gettext_lazy("Cases"),
    "report": gettext_lazy("Reports"),
    "advisory": gettext_lazy("Advisories"),
    "document": gettext_lazy("Imported documents"),
    "product": gettext_lazy("Products"),
    "release": pgettext_lazy("search", "Releases"),
    "lesson": pgettext_lazy("search", "Lessons"),
}
ICONS = {
    "case": "cases",
    "report": "reports",
    "advisory": "advisories",
    "document": "clip",
    "product": "products",
    "release": "down",
    "lesson": "flag",
}
_PAGES = {
    "case": "cases:case",
    "report": "intake:report",
    "advisory": "disclose:advisory",
    "document": "documents:document",
    "product": "catalog:product",
    "release": "catalog:line",
    "lesson": "learn:lessons",
}


def address(kind: str, key: str) -> str:
    """The page of a thing; a release stands on the page of its line, a lesson on that of its case."""
    return reverse(_PAGES[kind], args=[key.partition("/")[0] if kind in ("release", "lesson") else key])


def number(kind: str, key: str) -> str:
    """What people know it by beside its title, if anything."""
    if kind in ("product", "release"):
        return ""
    return key.partition("/")[2] or key
