"""Where one can go, what waits there, and in which light the page is shown.

In: the address, the counts of what waits for the reader, cookies. Out: values for the base pages.
It asks nobody; the context processor of the web room has asked already. A place that the reader may not
enter is not shown: each is named with the verb it takes.
"""

from collections.abc import Callable, Mapping

from django.utils.translation import gettext_lazy, pgettext_lazy

from okiagari.web.frame.values import RailItem

PLACES = (
    ("desk", gettext_lazy("Desk"), "/", "desk.own_account"),
    ("reports", gettext_lazy("Reports"), "/reports/", "intake.read"),
    ("cases", gettext_lazy("Cases"), "/cases/", "cases.read"),
    ("inquiries", pgettext_lazy("rail", "Inquiries"), "/inquiries/", "cases.inquiries"),
    ("products", gettext_lazy("Products"), "/products/", "catalog.read"),
    ("advisories", gettext_lazy("Advisories"), "/advisories/", "cases.inside"),
    ("fleet", gettext_lazy("Fleet"), "/fleet/", "fleet.read"),
    ("figures", gettext_lazy("Reach"), "/reach/", "reach.read"),
    ("lessons", gettext_lazy("Lessons"), "/lessons/", "cases.inside"),
    ("people", gettext_lazy("Accounts"), "/people/", "desk.manage"),
    ("keys", pgettext_lazy("rail", "Keys"), "/keys/", "keys.keep"),
    ("targets", pgettext_lazy("rail", "Targets"), "/targets/", "site.prune"),
    ("audit", gettext_lazy("Audit"), "/audit/", "audit.read"),
)
GO = {
    "desk": "d",
    "reports": "r",
    "cases": "c",
    "inquiries": "i",
    "products": "p",
    "advisories": "a",
    "fleet": "f",
    "people": "u",
    "audit": "l",
}
THEMES = ("light", "dark")
THEME_COOKIE = "okiagari_theme"


def rail(path: str, counts: Mapping[str, int], may: Callable[[str], bool]) -> tuple[RailItem, ...]:
    """The places the reader may enter, each with what waits there; the desk gathers all of it."""
    here = place_of(path)
    waiting = {"desk": sum(counts.values()), **counts}
    return tuple(
        RailItem(key, str(name), href, waiting.get(key, 0), key == here, GO.get(key, ""))
        for key, name, href, verb in PLACES
        if may(verb)
    )


def place_of(path: str) -> str:
    """The key of the place an address belongs to; the desk is only the first page itself."""
    if path == "/":
        return "desk"
    return next((key for key, _, href, _ in PLACES if href != "/" and path.startswith(href)), "")


def theme(cookies: Mapping[str, str]) -> str:
    """light, dark, or nothing where the reader leaves it to the machine."""
    chosen = cookies.get(THEME_COOKIE, "")
    return chosen if chosen in THEMES else ""
