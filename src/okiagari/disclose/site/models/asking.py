"""The page that asks for model and version, with the list of all models for whoever has no script.

In: products. Out: HTML. The script stands alone in a file of its own, as the site's policy wants it.
"""

from django.template.loader import render_to_string

from okiagari.disclose.rules.content import Product
from okiagari.disclose.site import saying
from okiagari.disclose.site.entries import Site
from okiagari.disclose.site.naming import slug
from okiagari.disclose.site.version import SCRIPT


def page_bytes(products: tuple[Product, ...], site: Site, language: str) -> bytes:
    with saying.speaking(language):
        values = {
            "language": language,
            "root": "../",
            "here": "models/index.html",
            "publisher": saying.in_language(site.publisher.name, language),
            "families": _families(products, language),
            "count": len(products),
        }
        return render_to_string("disclose/site/models.html", values).encode()


Listed = tuple[str, list[saying.Name], str]


def _families(products: tuple[Product, ...], language: str) -> list[tuple[str, list[Listed]]]:
    """(family, (model, names, page)); those without a family last."""
    found: dict[str, list[Listed]] = {}
    for each in products:
        names = saying.other_names(each, language)
        found.setdefault(each.family, []).append((each.model, names, f"{slug(each.model)}.html"))
    return sorted(found.items(), key=lambda item: (not item[0], item[0]))


__all__ = ["SCRIPT", "page_bytes"]
