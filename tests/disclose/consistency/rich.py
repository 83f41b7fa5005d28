"""One advisory that says everything there is to say, so that every field of every format can be tried."""

from dataclasses import replace
from datetime import timedelta

from okiagari.disclose.rules.content import Reference, Score
from okiagari.disclose.site.entries import Edition, Entry
from tests.disclose.making import AT, SITE, both, content, flaw, measure, product, release, status, successor

WIDE = replace(
    SITE, has_csaf_2_1=True, cve_org=("8254265b-2729-46b6-b9e3-3dfca2d5bfca", "maker"), url=SITE.url
)
BEFORE = {"form": "before", "high": "1.03"}


def score(version: str, vector: str, value: str, severity: str) -> Score:
    return Score(system="cvss", version=version, vector=vector, value=value, severity=severity, source="own")


SCORES = [
    score("2.0", "AV:N/AC:L/Au:N/C:N/I:N/A:P", "5.0", "medium"),
    score("3.1", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H", "9.8", "critical"),
    score("4.0", "CVSS:4.0/AV:N/AC:L/AT:N/PR:N/UI:N/VC:H/VI:H/VA:H/SC:N/SI:N/SA:N", "9.3", "critical"),
]


def rich() -> Entry:
    """Five products, two vulnerabilities, every kind of status and remedy, two editions."""
    second = "VUL-2"
    said = content(
        products=[
            product(
                "A-1/R2",
                model="A-1",
                revision="R2",
                model_numbers=["A-1-*"],
                serial_numbers=["7K*"],
                cpe="cpe:2.3:h:maker:a-1:r2:*:*:*:*:*:*:*",
                firmware_cpe="cpe:2.3:o:maker:a-1_firmware:*:*:*:*:*:*:*:*",
                firmware_purl="pkg:generic/maker/a-1-firmware",
            ),
            product("B-2", support={"end_of_sales": "2013-09", "end_of_life": "2014-12-31"}),
            product("C-3"),
            product("D-4", line="other"),
            product("E-5 (iOS)", kind="application", model="E-5", platform="iOS"),
        ],
        vulnerabilities=[
            flaw(
                scores=SCORES,
                jvn="JVN#17964918",
                cwe="CWE-78",
                exploit="public",
                public_at="2015-08-10T09:00:00+09:00",
            ),
            flaw(2, cve="CVE-2015-2985", cwe="CWE-287"),
        ],
        statuses=[
            status("A-1/R2", "fixed", range=BEFORE, fixed_in="1.03", condition=both("条件", "Condition")),
            status(
                "B-2", "affected", range={"form": "all"}, cannot_fix=both("作れません", "Cannot be built")
            ),
            status("C-3", "not_affected", justification="component_not_present"),
            status("D-4", "affected", range={"form": "up_to", "high": "2.00"}, planned="2016-10"),
            status("E-5 (iOS)", "investigating"),
            status(
                "A-1/R2",
                "fixed",
                vulnerability=second,
                range={"form": "exactly", "low": "1.02"},
                fixed_in="1.03",
            ),
            status("B-2", "not_affected", vulnerability=second, justification="component_not_present"),
            status(
                "D-4",
                "affected",
                vulnerability=second,
                range={"form": "between", "low": "1.00", "high": "2.00"},
            ),
        ],
        measures=[
            measure("stop_use", "B-2", successor="C-3"),
            measure("workaround", "A-1/R2", "D-4"),
        ],
        successors=[successor("C-3")],
        releases=[release("1.03", date="2015-08-17")],
        references=[Reference(url="https://vendor.example/notes?a=1", title=both("資料", "Notes"))],
        credits=["Hanako", "Taro Yamada"],
        next_update="2015-09-01",
    )
    languages = tuple(said.languages)
    first = Edition(1, AT, both("初版", "First"), languages)
    return Entry(
        said, (first, Edition(2, AT + timedelta(days=9, hours=3), both("改訂", "Second"), languages))
    )
