"""Which targets the identification a document gives of a product speaks of: numbers, CPE, package URL, files.

In: what the catalogue has of these (`catalog.marks`), and a product of the document. Out: target keys by kind
of evidence. A CPE or package URL is the same whatever its version. Pure; it weighs nothing.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from urllib.parse import unquote

from okiagari.catalog.values import Mark
from okiagari.standards.advisory import Product
from okiagari.standards.number_patterns import Shelf

MOST = 1_000
"""How many numbers of one product are looked at."""


class Marks:
    """The marks of a catalogue, to be asked for the targets of one product of a document."""

    def __init__(self, marks: Iterable[Mark]) -> None:
        known = list(marks)
        self._numbers = {
            kind: Shelf([(each.text, key) for each in known if each.kind == kind for key in each.targets])
            for kind in ("model", "serial")
        }
        self._same: dict[tuple[str, bool, str], dict[str, None]] = {}
        for each in known:
            name = _NAMES[each.kind](each.text) if each.kind in _NAMES else ""
            if name:
                self._same.setdefault((each.kind, each.is_of_line, name), {}).update(
                    dict.fromkeys(each.targets)
                )

    def models(self, product: Product) -> tuple[str, ...]:
        return self._meant("model", (*product.models, product.model))

    def serials(self, product: Product) -> tuple[str, ...]:
        return self._meant("serial", product.serials)

    def same(self, kind: str, product: Product, *, is_of_line: bool) -> tuple[str, ...]:
        """`kind`: cpe, purl, sha256."""
        texts = {"cpe": product.cpes, "purl": product.purls, "sha256": product.hashes}[kind]
        found: dict[str, None] = {}
        for text in texts:
            found |= self._same.get((kind, is_of_line, _NAMES[kind](text)), {})
        return tuple(found)

    def _meant(self, kind: str, texts: Sequence[str]) -> tuple[str, ...]:
        shelf = self._numbers[kind]
        return tuple(dict.fromkeys(key for text in texts[:MOST] if text for key in shelf.meant(text)))


def cpe_parts(text: str) -> tuple[str, str, str]:
    """Part, vendor and product of a CPE 2.3 formatted string or a 2.2 URI, blank where it says none.

    NIST IR 7695, 6.1 and 6.2. In the URI `%` quotes what a backslash does in the string.
    """
    is_uri = not text.startswith("cpe:2.3:")
    fields = text.replace("\\:", "%3a").split(":")
    head = 1 if is_uri else 2
    part, vendor, name = [*fields[head : head + 3], "", "", ""][:3]
    return tuple(_plain(each) for each in (part.lstrip("/"), vendor, name))  # type: ignore[return-value]


def _plain(text: str) -> str:
    """The value without its quoting, folded. `-` and `*` say nothing."""
    if text in {"", "-", "*"}:
        return ""
    return unquote(text.replace("\\", "")).casefold()


def _cpe(text: str) -> str:
    found = cpe_parts(text)
    return ":".join(found) if found[1] and found[2] else ""


def package(purl: str) -> str:
    """The package without its version, qualifiers and subpath."""
    path = purl.partition("?")[0].partition("#")[0]
    before, slash, name = path.rpartition("/")
    return f"{before}{slash}{name.partition('@')[0]}".casefold()


_NAMES: Mapping[str, Callable[[str], str]] = {"cpe": _cpe, "purl": package, "sha256": str.casefold}
