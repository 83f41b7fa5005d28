"""The product tree of a document: each target as hardware, firmware on it, or software alone.

Ids say what they mean (``WN-G54/R2 <1.03``), so they stay the same from edition to edition.
"""

import re
from dataclasses import replace
from datetime import datetime
from pathlib import PurePosixPath
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.utils.translation import gettext

from okiagari.disclose.rules.content import Product
from okiagari.disclose.site import identities, saying
from okiagari.disclose.site.entries import Entry, Site
from okiagari.problems import Problem
from okiagari.standards.csaf import model
from okiagari.standards.csaf.tree import range_name
from okiagari.standards.firmware_order import Form, Range
from okiagari.standards.partialdate import PartialDate

_SHA256 = re.compile(r"[0-9a-f]{64}")


class Shelf:
    """Hands out product ids and remembers which products of the tree they need."""

    def __init__(self, entry: Entry, site: Site, language: str) -> None:
        content = entry.content
        self.first_at = entry.first_at
        self.language = language
        self.site = site
        self.releases = {(each.line, each.text): each for each in content.releases}
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
        helper = _of_device(product)
        installed = model.Installation(made, software, hardware, name=name, helper=helper)
        self._made.setdefault(made, installed)
        return made

    def _files(self, product: Product, versions: Range) -> tuple[model.FileHashes, ...]:
        """The file of a release and its hash, where the catalogue has it."""
        release = self.releases.get((product.line, versions.low)) if versions.form is Form.EXACTLY else None
        if release is None or not _SHA256.fullmatch(release.sha256.lower()):
            return ()
        name = PurePosixPath(urlsplit(release.url).path).name or release.text
        return (model.FileHashes(name, (("sha256", release.sha256.lower()),)),)

    def released(self, text: str) -> datetime | None:
        """The first moment of a day, where the text names one."""
        try:
            day = PartialDate.parse(text)
        except Problem:
            return None
        if day.year is None or day.month is None or day.day is None:
            return None
        return datetime(day.year, day.month, day.day, tzinfo=ZoneInfo(self.site.zone))

    def _vendor(self, product: Product) -> str:
        return saying.in_language(product.brand, self.language) or self.maker

    def _hardware(self, product: Product) -> str:
        helper = replace(_of_device(product), cpe=product.cpe, purl=product.purl)
        vendor, family = self._vendor(product), product.family
        made = model.Hardware(product.key, vendor, product.model, product.revision, family, helper=helper)
        self._made.setdefault(product.key, made)
        return product.key

    def _software(self, product: Product, versions: Range, *, firmware: bool = False) -> str:
        name = saying.model(product)
        what = gettext("%(product)s firmware") % {"product": name} if firmware else name
        made = f"{product.key} {'firmware ' if firmware else ''}{range_name(versions)}"
        cpe, purl = identities.in_versions(product, versions)
        numbers = identities.model_numbers(product)
        files = self._files(product, versions)
        helper = model.Helper(cpe, purl, model_numbers=numbers, files=files)
        vendor, family = self._vendor(product), product.family
        self._made.setdefault(made, model.Software(made, vendor, what, versions, family, helper=helper))
        return made


def _of_device(product: Product) -> model.Helper:
    """By which numbers a label tells that it is this one."""
    return model.Helper(
        model_numbers=identities.model_numbers(product), serial_numbers=tuple(product.serial_numbers)
    )
