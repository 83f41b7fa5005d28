"""Every door of the house, found by walking: addresses of Django, operations of the API's description."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from django.urls import URLPattern, URLResolver, get_resolver
from django.urls.resolvers import RegexPattern, RoutePattern

from tests.leaks.filling import Filler, sample

API = "api/v1/"
SEARCHES = (
    "?q={mark}&text={mark}&search={mark}",
    "?q={number}&text={number}&search={number}&at=/cases/{number}/",
    "?at=/cases/{number}/",
    "?state=closed",
    "?state=all&late=1&sort=level",
)
"""Each is put to every list: words, numbers, an address, and what lists hold back by themselves."""
SEVERAL = {
    # what can be done with several rows of a list, and whose numbers stand in them
    "cases/bulk/": ("OKI", ("hand_over", "party", "task", "close")),
    "reports/bulk/": ("REP", ("defer", "read", "close")),
    "tasks/bulk/": ("TSK", ("hand_over", "assign", "due", "finish", "drop")),
    "clocks/bulk/": ("CLK", ("extend", "meet", "waive")),
}
NO_LISTS = ("account/", "me/", "report/", "security/", ".well-known/")
_HOLE = re.compile(
    r"<(?:(?P<kind>\w+):)?(?P<name>\w+)>|\{(?:(?P<kind2>\w+):)?(?P<name2>\w+)\}|\(\?P<(?P<name3>\w+)>.*?\)"
)


@dataclass(frozen=True)
class Knock:
    """One request somebody makes."""

    method: str
    path: str
    body: Any = None
    content_type: str = ""

    def __hash__(self) -> int:
        return hash((self.method, self.path, self.content_type))

    def __str__(self) -> str:
        return f"{self.method} {self.path}{' with a body' if self.body else ''}"


def routes() -> list[str]:
    """The address of every page, with its holes. The API's own come from its description."""
    return sorted({route for route in _walk(get_resolver(), "") if not route.startswith(API)})


def _walk(resolver: URLResolver, before: str) -> Iterator[str]:
    for each in resolver.url_patterns:
        address = before + _route(each.pattern)
        if isinstance(each, URLResolver):
            if address != API:
                yield from _walk(each, address)
        else:
            assert isinstance(each, URLPattern)
            yield address


def _route(pattern: Any) -> str:
    if isinstance(pattern, RoutePattern):
        return str(pattern)
    assert isinstance(pattern, RegexPattern)
    return str(pattern).removeprefix("^").removesuffix("$").replace("\\.", ".")


def holes(address: str) -> list[tuple[str, str]]:
    """Each hole with the last fixed word before it."""
    found, before = [], ""
    for match in _HOLE.finditer(address):
        fixed = [part for part in _HOLE.sub("/", address[: match.start()]).split("/") if part]
        before = fixed[-1] if fixed else ""
        found.append((before, match["name"] or match["name2"] or match["name3"]))
    return found


def filled(address: str, values: dict[str, str]) -> str:
    from urllib.parse import quote

    def value(match: re.Match[str]) -> str:
        name = match["name"] or match["name2"] or match["name3"]
        return quote(values[name], safe="/")

    return "/" + _HOLE.sub(value, address).lstrip("/")


def pages(filler: Filler, mark: str) -> Iterator[Knock]:
    """Every page, looked at and with its form sent; without a hole it may be a list, and is searched."""
    number, form = filler.number("OKI"), filler.form()
    for address in routes():
        found = holes(address)
        for values in filler.all(found):
            path = filled(address, values)
            yield Knock("GET", path)
            if not values and not address.startswith(NO_LISTS) and not address.endswith("new/"):
                for search in SEARCHES:
                    yield Knock("GET", path + search.format(mark=mark, number=number))
        for values in filler.all(found, inside=filler.sends_forms):
            yield Knock("POST", filled(address, values), form)
        if address.endswith("bulk/"):
            yield from several(address, filler)


def several(address: str, filler: Filler) -> Iterator[Knock]:
    """Rows one may not know of, marked on a list, with everything that can be done to them."""
    prefix, deeds = SEVERAL.get(address, ("", ()))
    form = filler.form()
    rows = list(dict.fromkeys([filler.number(prefix), *filler.secret.ids.get(prefix, [])[:2]]))
    for deed in deeds:
        fields = {f"{deed}-{name}": value for name, value in form.items()}
        yield Knock("POST", f"/{address}", {**form, **fields, "deed": deed, "row": rows})


def operations(description: dict[str, Any], filler: Filler, mark: str) -> Iterator[Knock]:
    """Every operation of the API, with a body that passes its checks."""
    components = description.get("components", {}).get("schemas", {})
    form = filler.form()
    for address, item in description["paths"].items():
        local = address.removeprefix("/").removeprefix(API)
        for method, operation in item.items():
            body, kind = _body(operation, components, form)
            needed, known = _needed(operation, form), _known(operation)
            is_read = method == "get"
            for values in filler.all(holes(local), inside=is_read or filler.sends_forms):
                path = filled(API + local, values)
                yield Knock(method.upper(), path + needed, body, kind)
                if is_read and not values and known:
                    for search in SEARCHES:
                        asked = search.format(mark=mark, number=filler.number("OKI"))
                        yield Knock("GET", path + asked + needed.replace("?", "&"))


def _known(operation: dict[str, Any]) -> set[str]:
    """The parameters of a search that an operation listens to."""
    words = {pair.partition("=")[0] for search in SEARCHES for pair in search[1:].split("&")}
    return words & {each["name"] for each in operation.get("parameters", []) if each["in"] == "query"}


def _body(operation: dict[str, Any], components: dict[str, Any], form: Mapping[str, Any]) -> tuple[Any, str]:
    content = operation.get("requestBody", {}).get("content", {})
    for kind, media in content.items():
        return sample(media["schema"], components, form), kind
    return None, ""


def _needed(operation: dict[str, Any], form: Mapping[str, Any]) -> str:
    """Query parameters that the operation cannot do without."""
    needed = [
        each for each in operation.get("parameters", []) if each["in"] == "query" and each.get("required")
    ]
    pairs = [f"{each['name']}={form.get(each['name'], 'WN-G54/R2')}" for each in needed]
    return "?" + "&".join(pairs) if pairs else ""
