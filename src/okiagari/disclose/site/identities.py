"""What names a product for programs in some of its versions: CPE, package URL, patterns of numbers.

In: a product as the content has it, and a range. Out: texts. A CPE or a package URL names one version or all
of them and knows nothing of the maker's order, so a range between has none: it would name what the range
leaves out.
"""

from packageurl import PackageURL

from okiagari.disclose.rules.content import Product
from okiagari.problems import Problem
from okiagari.standards import cpe
from okiagari.standards.firmware_order import Form, Range

WHOLE = frozenset({Form.ALL, Form.UNKNOWN})


def software(product: Product) -> tuple[str, str]:
    """CPE and package URL of what has versions: the firmware of a device, else the product itself."""
    if product.kind == "device":
        return product.firmware_cpe, product.firmware_purl
    return product.cpe, product.purl


def in_versions(product: Product, versions: Range) -> tuple[str, str]:
    """CPE and package URL of the software in these versions; "" where none says exactly that."""
    of_cpe, of_purl = software(product)
    if versions.form in WHOLE:
        return of_cpe, of_purl
    if versions.form is not Form.EXACTLY:
        return "", ""
    return cpe_at(of_cpe, versions.low), purl_at(of_purl, versions.low)


def cpe_at(text: str, version: str) -> str:
    """The CPE of one version; "" where it cannot be written."""
    try:
        named = cpe.parse(text).at(version) if text else None
    except Problem:
        return ""
    return str(named) if named else ""


def purl_at(text: str, version: str) -> str:
    if not text:
        return ""
    try:
        return PackageURL.from_string(text)._replace(version=version).to_string()
    except ValueError:
        return ""


def model_numbers(product: Product) -> tuple[str, ...]:
    """The model number, then the patterns of its revision."""
    return tuple(dict.fromkeys([product.model, *product.model_numbers]))
