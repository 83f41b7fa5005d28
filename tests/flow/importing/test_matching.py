"""Which products of the catalogue a document means: by what identifies them, and how sure that is."""

import pytest

from okiagari.catalog.values import Mark
from okiagari.flow.importing.matching import Known, Match, matches
from okiagari.standards.advisory import Product

CATALOGUE = (
    Known("WN-G54", ("Sample router",), (("WN-G54/R1", "R1"), ("WN-G54/R2", "R2"))),
    Known("ETX2-RA", ("Sample tuner",), (("ETX2-RA", ""),)),
    Known("NP-1", (), (("NP-1", ""),)),
)
BOTH = ("WN-G54/R1", "WN-G54/R2")
FILE = "ab" * 32
MARKS = (
    Mark("cpe", "cpe:2.3:h:maker:wn-g54:*:*:*:*:*:*:*:*", BOTH),
    Mark("cpe", "cpe:2.3:o:maker:wn-g54_firmware:*:*:*:*:*:*:*:*", (*BOTH, "ETX2-RA"), is_of_line=True),
    Mark("purl", "pkg:generic/maker/tuner-app", ("ETX2-RA",)),
    Mark("model", "WNG54-2*", ("WN-G54/R2",)),
    Mark("serial", "S1*", ("WN-G54/R1",)),
    Mark("serial", "S2*", ("WN-G54/R2",)),
    Mark("sha256", FILE, ("NP-1",), is_of_line=True),
)


def proposed(product: Product) -> Match:
    (found,) = matches([product], CATALOGUE, MARKS)
    return found


@pytest.mark.parametrize(
    ("product", "why", "confidence", "targets"),
    [
        (Product("p", models=("wng54 200",)), "number", "certain", ("WN-G54/R2",)),
        (Product("p", cpes=("cpe:/h:maker:wn-g54:2.0",)), "same_cpe", "certain", BOTH),
        (Product("p", cpes=(r"cpe:2.3:h:maker:wn\-g54:1:*:*:*:*:*:*:*",)), "same_cpe", "certain", BOTH),
        (Product("p", cpes=("cpe:2.3:h:other:wn-g54:*:*:*:*:*:*:*:*",)), "cpe", "likely", BOTH),
        (Product("p", purls=("pkg:generic/maker/tuner-app@1.2?a=b",)), "same_purl", "certain", ("ETX2-RA",)),
        (Product("p", hashes=(FILE.upper(),)), "file", "likely", ("NP-1",)),
        (
            Product("p", cpes=("cpe:2.3:o:maker:wn-g54_firmware:1.02:*:*:*:*:*:*:*",)),
            "line_cpe",
            "likely",
            (*BOTH, "ETX2-RA"),
        ),
        (Product("p", serials=("S2-0001",)), "serial", "possible", ("WN-G54/R2",)),
        (Product("p", name="Something else", serials=("Q1",)), "", "", ()),
    ],
)
def test_what_identifies_a_product_finds_it(
    product: Product, why: str, confidence: str, targets: tuple[str, ...]
) -> None:
    found = proposed(product)
    assert (found.why, found.confidence.value, found.targets) == (why, confidence, targets)


def test_numbers_tell_hardware_revisions_of_one_model_apart() -> None:
    assert proposed(Product("p", model="WN-G54")).targets == BOTH
    assert proposed(Product("p", model="WN-G54", serials=("S1*",))).targets == ("WN-G54/R1",)
    assert proposed(Product("p", model="WN-G54", models=("WNG54-22",))).targets == ("WN-G54/R2",)
    assert proposed(Product("p", model="WN-G54", revision="R1", serials=("S2*",))).targets == ("WN-G54/R1",)
    assert proposed(Product("p", model="WN-G54", serials=("Q9",))).targets == BOTH


def test_a_name_stands_before_the_firmware_that_several_products_run() -> None:
    found = proposed(Product("p", model="WN-G54", cpes=("cpe:2.3:o:maker:wn-g54_firmware:*:*:*:*:*:*:*:*",)))
    assert (found.why, found.targets) == ("model", BOTH)
