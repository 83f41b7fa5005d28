"""Pages that are counted: of lists that have no cursor, such as what went out or what the ledger says.

In: a request, and whether there is more. Out: the number asked for, and links to the neighbours that keep
whatever else was asked. A list that fits on one page says nothing of pages.
"""

from django.http import HttpRequest
from django.utils.translation import gettext

from okiagari.web.frame.values import Pages

MOST = 10_000


def number(request: HttpRequest) -> int:
    """The page asked for, from 1; what is no number is the first."""
    asked = request.GET.get("page", "1")
    return min(max(int(asked), 1), MOST) if asked.isdecimal() else 1


def pages(request: HttpRequest, *, has_more: bool) -> Pages:
    here = number(request)
    if here == 1 and not has_more:
        return Pages()
    return Pages(
        gettext("Page %(page)s") % {"page": here},
        _at(request, here - 1) if here > 1 else "",
        _at(request, here + 1) if has_more else "",
    )


def _at(request: HttpRequest, page: int) -> str:
    asked = request.GET.copy()
    asked["page"] = str(page)
    return f"?{asked.urlencode()}"
