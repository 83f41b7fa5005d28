"""The advisory of WN-G54/R2 and NP-BBRS, 2015: one product fixed long before, one to be used no more."""

from datetime import datetime, timedelta, timezone

from okiagari.standards import cvss
from okiagari.standards.csaf.model import (
    Document,
    Hardware,
    Installation,
    Note,
    ProductScore,
    ProductStatus,
    Publisher,
    Remediation,
    Revision,
    Software,
    Tracking,
    Vulnerability,
    VulnerabilityId,
)
from okiagari.standards.csaf.terms import NoteCategory, Profile, RemediationKind, Status
from okiagari.standards.firmware_order import Range

JST = timezone(timedelta(hours=9))


PUBLIC = datetime(2015, 8, 18, 12, 0, tzinfo=JST)
PRODUCTS = (
    Hardware("HW-G54", "I-O DATA", "WN-G54/R2"),
    Hardware("HW-BBRS", "I-O DATA", "NP-BBRS"),
    Software("FW-G54-OLD", "I-O DATA", "WN-G54/R2 ファームウェア", Range.before("1.03")),
    Software("FW-G54-103", "I-O DATA", "WN-G54/R2 ファームウェア", Range.exactly("1.03")),
    Software("FW-BBRS", "I-O DATA", "NP-BBRS ファームウェア", Range.all()),
    Installation("G54-OLD", "FW-G54-OLD", "HW-G54"),
    Installation("G54-103", "FW-G54-103", "HW-G54"),
    Installation("BBRS", "FW-BBRS", "HW-BBRS"),
)
UPNP = Vulnerability(
    cve="CVE-2015-2984",
    ids=(VulnerabilityId("JVN", "JVN#17964918"), VulnerabilityId("JVN iPedia", "JVNDB-2015-000117")),
    title="UPnPに関する脆弱性",
    notes=(Note(NoteCategory.DESCRIPTION, "WAN側からのSSDP要求に応答します。"),),
    status=ProductStatus(known_affected=("G54-OLD", "BBRS"), fixed=("G54-103",)),
    remediations=(
        Remediation(
            RemediationKind.VENDOR_FIX,
            "1.03に更新してください。",
            ("G54-OLD",),
            url="https://www.example.jp/更新",
        ),
        Remediation(RemediationKind.STOP_USE, "使用を停止してください。", ("BBRS",)),
    ),
    scores=(ProductScore(cvss.parse("AV:N/AC:L/Au:N/C:N/I:N/A:P"), ("G54-OLD", "BBRS")),),
)
ADVISORY = Document(
    Profile.ADVISORY,
    "WN-G54/R2、NP-BBRSの脆弱性",
    "ja",
    Publisher("株式会社アイ・オー・データ機器", "https://www.iodata.jp"),
    Tracking("IODATA-2015-01", Status.FINAL, (Revision("1", PUBLIC, "公開"),)),
    products=PRODUCTS,
    vulnerabilities=(UPNP,),
)
