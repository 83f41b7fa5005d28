"""Context processor: the frame around every page.

In: the request. Out: ``frame`` for the templates. What waits for whom is asked from one provider that
the web room registers at start (one query a page); without a provider the rail has no numbers.
"""

from collections.abc import Callable, Mapping

from django.http import HttpRequest
from django.utils.translation import gettext, gettext_lazy

from okiagari.web.frame.values import Frame, RailItem, Who

RAIL = (
    ("desk", gettext_lazy("Desk"), "/"),
    ("reports", gettext_lazy("Reports"), "/reports/"),
    ("cases", gettext_lazy("Cases"), "/cases/"),
    ("products", gettext_lazy("Products"), "/products/"),
    ("advisories", gettext_lazy("Advisories"), "/advisories/"),
    ("fleet", gettext_lazy("Fleet"), "/fleet/"),
)
THEMES = ("light", "dark")
THEME_COOKIE = "okiagari_theme"

_providers: list[Callable[[HttpRequest], Mapping[str, int]]] = []


def provide_counts(provider: Callable[[HttpRequest], Mapping[str, int]]) -> None:
    """Register who knows what waits for the person of a request, by rail key. The last one wins."""
    _providers[:] = [provider]


def frame(request: HttpRequest) -> dict[str, Frame]:
    """``frame`` for templates; anonymous pages get an empty rail."""
    theme = request.COOKIES.get(THEME_COOKIE, "")
    theme = theme if theme in THEMES else ""
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return {"frame": Frame(rail=(), theme=theme)}
    counts = _providers[0](request) if _providers else {}
    here = _here(request.path)
    rail = tuple(RailItem(key, str(name), href, counts.get(key, 0), key == here) for key, name, href in RAIL)
    name = user.get_full_name() or user.get_username() or gettext("Someone")
    return {"frame": Frame(rail=rail, person=Who(name), theme=theme)}


def _here(path: str) -> str:
    """The rail key a path belongs to: the longest address it starts with, the desk only for itself."""
    if path == "/":
        return "desk"
    return next((key for key, _, href in RAIL if href != "/" and path.startswith(href)), "")
