"""Contents as the rooms could fill them: many products, several flaws, partial fixes, conditions, unicode."""

from hypothesis import strategies as st

from okiagari.disclose.rules.content import (
    Content,
    Lookup,
    Measure,
    Product,
    Release,
    Score,
    Status,
    Step,
    VersionNote,
    Vulnerability,
    Words,
)
from okiagari.standards.csaf.terms import Justification
from tests.disclose.making import SITE, both
from tests.standards.advisories import RANGES, TEXTS
from tests.standards.advisories import scores as all_scores

TRANSLATED = st.builds(both, TEXTS, TEXTS)
KINDS = ("affected", "affected", "fixed", "not_affected", "investigating", "")
SUPPORT = st.sampled_from(
    [
        {},
        {"end_of_sales": "2013-09", "end_of_life": "2014"},
        {"general_availability": "2010-04-01", "end_of_security_support": "2016-03-31"},
    ]
)
NUMBERS = st.sampled_from(
    [
        {},
        {"serial_numbers": ["XY12*", "Z??9"], "model_numbers": ["WN-?-JP*"]},
        {
            "cpe": "cpe:2.3:h:maker:wn\\/1:r1:*:*:*:*:*:*:*",
            "firmware_cpe": "cpe:2.3:o:maker:wn\\/1_firmware:*:*:*:*:*:*:*:*",
            "firmware_purl": "pkg:generic/maker/wn-1-firmware",
            "serial_numbers": ["XY12*"],
        },
        {"cpe": "cpe:2.3:a:maker:app:*:*:*:*:*:*:*:*", "purl": "pkg:generic/maker/app?arch=arm"},
    ]
)
EXPLOITS = [
    {"exploit": ""},
    {"exploit": "public"},
    {"exploit": "attacked"},
    {
        "exploit": "attacked",
        "attacked_at": "2015-08-01T00:00:00+09:00",
        "attack_known_at": "2015-08-03T10:00:00+09:00",
    },
]


LOOKUPS = [
    Lookup(
        line="line", steps=[Step(text=both("ラベルを見る", "Look at the label")), Step(text=both("読む"))]
    ),
    Lookup(model="WN-0/R0", steps=[Step(text=both("開く", "Open"))]),
]


@st.composite
def scores(draw: st.DrawFn, product: str) -> Score:
    known = draw(all_scores())
    return Score(
        system="cvss",
        version=known.version.value,
        vector=known.vector,
        value=f"{known.base:.1f}",
        severity=known.severity.value,
        source=draw(st.sampled_from(["own", "jvn", "nvd"])),
        products=draw(st.sampled_from([[], [], [product]])),
    )


@st.composite
def statuses(draw: st.DrawFn, product: str, flaw: str) -> Status | None:
    kind = draw(st.sampled_from(KINDS))
    if not kind:
        return None
    if kind == "not_affected":
        reason = draw(st.sampled_from(["", *Justification]))
        return Status(product=product, vulnerability=flaw, state=kind, justification=str(reason))
    if kind == "investigating":
        return Status(product=product, vulnerability=flaw, state=kind)
    never = draw(st.booleans()) and kind == "affected"
    return Status(
        product=product,
        vulnerability=flaw,
        state=kind,
        range=draw(RANGES).to_json(),
        condition=draw(st.just({}) | TRANSLATED),
        fixed_in="9.99" if kind == "fixed" else "",
        planned="" if never or kind == "fixed" else draw(st.sampled_from(["", "2016-10", "late 2016"])),
        cannot_fix=draw(TRANSLATED) if never else {},
    )


@st.composite
def contents(draw: st.DrawFn) -> Content:
    products = [
        Product(
            key=f"WN-{number}/R{number}",
            kind=draw(st.sampled_from(["device", "device", "application", "service"])),
            model=f"WN-{number}/R{number}",
            family=draw(st.sampled_from(["", "WN"])),
            names=draw(TRANSLATED),
            brand=draw(st.just({}) | TRANSLATED),
            revision=draw(st.sampled_from(["", "A1"])),
            line="line",
            support=draw(SUPPORT),
            **draw(NUMBERS),
        )
        for number in range(draw(st.integers(1, 5)))
    ]
    keys = [each.key for each in products]
    flaws = [
        Vulnerability(
            id=f"VUL-{number}",
            title=draw(TRANSLATED),
            description=draw(st.just({}) | TRANSLATED),
            impact=draw(st.just({}) | TRANSLATED),
            cve=draw(st.sampled_from(["", f"CVE-2015-{2984 + number}"])),
            jvn=draw(st.sampled_from(["", "JVN#17964918"])),
            cwe=draw(st.sampled_from(["", "CWE-78"])),
            scores=draw(st.lists(scores(keys[0]), max_size=2)),
            **draw(st.sampled_from(EXPLOITS)),
            public_at=draw(st.sampled_from(["", "2015-08-10T09:00:00+09:00", "2099-01-01T00:00:00+09:00"])),
        )
        for number in range(draw(st.integers(1, 3)))
    ]
    decided = [draw(statuses(key, flaw.id)) for key in keys for flaw in flaws]
    measures = [
        Measure(id=f"MEA-{kind}", kind=kind, text=draw(TRANSLATED), products=[key])
        for kind in ("workaround", "stop_use")
        for key in draw(st.lists(st.sampled_from(keys), max_size=1))
    ]
    return Content(
        tracking_id="SA-2015-001",
        languages=draw(st.sampled_from([["ja", "en"], ["ja"], ["en"]])),
        publisher=SITE.publisher,
        words=Words(
            title=draw(TRANSLATED),
            summary=draw(TRANSLATED),
            description=draw(TRANSLATED),
            impact=draw(TRANSLATED),
            contact=draw(TRANSLATED),
        ),
        products=products,
        vulnerabilities=flaws,
        statuses=[each for each in decided if each is not None],
        measures=measures,
        releases=[
            Release(
                line="line",
                text="9.99",
                date=draw(st.sampled_from(["", "2015-08", "2015-08-17"])),
                url="https://maker.example/9.zip",
                sha256=draw(st.sampled_from(["", "AB" * 32, "?"])),
                how_to_apply=both("更新"),
            )
        ],
        credits=draw(st.lists(TEXTS, max_size=2, unique=True)),
        lookups=draw(st.sampled_from([[], LOOKUPS])),
        version_notes=draw(
            st.sampled_from([[], [VersionNote(line="line", release="9.99", text=both("版"))]])
        ),
    )
