"""VEX documents as a maker could write them: many products, ranges, partial fixes, conditions, unicode."""

from datetime import UTC, datetime

from hypothesis import strategies as st

from okiagari.standards.csaf.terms import Justification
from okiagari.standards.firmware_order import Range
from okiagari.standards.vex.model import (
    Document,
    Kind,
    Product,
    ScoreOf,
    Statement,
    Status,
    Vulnerability,
)
from tests.standards.advisories import RANGES, TEXTS, VERSIONS, scores

AT = datetime(2015, 8, 18, 1, 0, tzinfo=UTC)
SOMETIMES = st.just("") | TEXTS


@st.composite
def products(draw: st.DrawFn, number: int) -> Product:
    return Product(
        id=f"WN-{number}/R2 #{draw(VERSIONS)}",
        url=f"https://maker.example/製品/WN-{number}",
        name=draw(TEXTS),
        kind=draw(st.sampled_from(Kind)),
        family=draw(SOMETIMES),
        maker=draw(SOMETIMES),
        purl=draw(st.sampled_from(["", "pkg:generic/maker/wn"])),
        cpe=draw(st.sampled_from(["", "cpe:2.3:h:maker:wn:-:*:*:*:*:*:*:*"])),
        hashes=draw(st.sampled_from([(), (("sha256", "ab" * 32), ("sha512", "cd" * 64))])),
    )


@st.composite
def statements(draw: st.DrawFn, flaw: str, product: str) -> Statement:
    status = draw(st.sampled_from(Status))
    said = Statement(flaw, product, status, at=draw(st.none() | st.just(AT)))
    if status is Status.UNDER_INVESTIGATION:
        return said
    if status is Status.NOT_AFFECTED:
        reason = draw(st.none() | st.sampled_from(Justification))
        return Statement(flaw, product, status, justification=reason, impact=draw(TEXTS))
    return Statement(
        flaw,
        product,
        status,
        versions=draw(RANGES),
        fixed_in=tuple(draw(st.lists(VERSIONS, max_size=2, unique=True))),
        action=draw(TEXTS),
        workaround=draw(SOMETIMES),
        condition=draw(SOMETIMES),
        is_final=draw(st.booleans()),
        scores=tuple(draw(st.lists(st.builds(ScoreOf, scores(), st.sampled_from(["", "JVN"])), max_size=2))),
    )


@st.composite
def vulnerabilities(draw: st.DrawFn, number: int) -> Vulnerability:
    return Vulnerability(
        name=f"CVE-2015-{2984 + number}",
        aliases=tuple(draw(st.lists(st.sampled_from(["JVN#17964918", "JVNDB-2015-000117"]), max_size=2))),
        url="https://www.cve.org/CVERecord?id=CVE-2015-2984",
        source=draw(st.sampled_from(["", "CVE"])),
        title=draw(SOMETIMES),
        description=draw(SOMETIMES),
        cwe=draw(st.sampled_from(["", "CWE-78"])),
        references=draw(st.sampled_from([(), (("JVN#17964918", "JVN", "https://jvn.jp/jp/JVN17964918/"),)])),
    )


@st.composite
def documents(draw: st.DrawFn) -> Document:
    shelf = {each.id: each for each in [draw(products(n)) for n in range(draw(st.integers(1, 6)))]}
    flaws = [draw(vulnerabilities(number)) for number in range(draw(st.integers(1, 3)))]
    said = [draw(statements(flaw.name, product)) for flaw in flaws for product in shelf]
    return Document(
        id="https://maker.example/製品/openvex/sa-1.json",
        version=draw(st.integers(1, 3)),
        author=draw(TEXTS),
        language=draw(st.sampled_from(["ja", "en"])),
        first_at=AT,
        last_at=AT,
        tool=draw(st.sampled_from(["", "Okiagari"])),
        tool_version="1",
        pages=(("", "https://maker.example/ja/sa-1.html"),),
        credits=tuple(draw(st.lists(TEXTS, max_size=2, unique=True))),
        products=tuple(shelf.values()),
        vulnerabilities=tuple(flaws),
        statements=tuple(said),
    )


def one(statement: Statement, language: str = "en") -> Document:
    """A document that says one thing of one product."""
    return Document(
        id="https://maker.example/openvex/sa-1.json",
        version=1,
        author="Maker",
        language=language,
        first_at=AT,
        last_at=AT,
        products=(Product("WN", "https://maker.example/products#WN", "WN-1"),),
        vulnerabilities=(Vulnerability("CVE-2015-2984", cwe="CWE-78"),),
        statements=(statement,),
    )


BEFORE = Range.before("1.03")
