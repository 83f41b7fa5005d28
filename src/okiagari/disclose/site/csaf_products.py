"""The product tree of a document: each target as hardware, firmware on it, or software alone.

Ids say what they mean (``WN-G54/R2 <1.03``), so they stay the same from edition to edition.
"""

from django.utils.translation import gettext

from okiagari.disclose.rules.content import Content, Product
from okiagari.disclose.site import saying
from okiagari.disclose.site.entries import Site
from okiagari.standards.csaf import model
from okiagari.standards.csaf.tree import range_name
from okiagari.standards.firmware_order import Form, Range


class Shelf:
    """Hands out product ids and remembers which products of the tree they need."""

    def __init__(self, content: Content, site: Site, language: str) -> None:
        self.language = language
        self.maker = saying.in_language(site.publisher.name, language) or gettext("The maker")
        self.known = {product.key: product for product in content.products}
        self._made: dict[str, model.Product] = {}

    def products(self) -> tuple[model.Product, ...]:
        """Every product that was asked for: parts before what is put together from them."""
        return tuple(self._made.values())

    def whole(self, key: str) -> str:
        """The product whatever it runs."""
        product = self.known[key]
        if product.kind != "device":
            return self._software(product, Range.all())
        return self._hardware(product)

    def versions(self, key: str, versions: Range | None) -> str:
        """The product with firmware, or the software, in these versions."""
        product = self.known[key]
        if versions is None or versions.form in {Form.ALL, Form.UNKNOWN}:
            return self.whole(key)
        if product.kind != "device":
            return self._software(product, versions)
        software, hardware = self._software(product, versions, firmware=True), self._hardware(product)
        made = f"{product.key} {range_name(versions)}"
        name = f"{saying.model(product)} {versions.words(self.language)}"
        helper = model.Helper(model_numbers=(product.model,))
        installed = model.Installation(made, software, hardware, name=name, helper=helper)
        self._made.setdefault(made, installed)
        return made

    def _vendor(self, product: Product) -> str:
        return saying.in_language(product.brand, self.language) or self.maker

    def _hardware(self, product: Product) -> str:
        helper = model.Helper(model_numbers=(product.model,))
        made = model.Hardware(
            product.key, self._vendor(product), product.model, product.revision, helper=helper
        )
        self._made.setdefault(product.key, made)
        return product.key

    def _software(self, product: Product, versions: Range, *, firmware: bool = False) -> str:
        name = saying.model(product)
        what = gettext("%(product)s firmware") % {"product": name} if firmware else name
        made = f"{product.key} {'firmware ' if firmware else ''}{range_name(versions)}"
        helper = model.Helper(model_numbers=(product.model,))
        self._made.setdefault(
            made, model.Software(made, self._vendor(product), what, versions, helper=helper)
        )
        return made
