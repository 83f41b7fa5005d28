"""The clocks everybody has: guidelines, laws and customs, each with where it is written.

Out: frozen rules. A maker adds its own (contracts, targets) with the same `Rule`. Sources: ISO/IEC
29147:2018 clause 6; Information Security Early Warning Partnership guideline; Regulation (EU)
2024/2847 (CRA) article 14; Regulation (EU) 2016/679 (GDPR) article 33; Act on the Protection of
Personal Information (APPI) article 26 with its enforcement rules. CRA days are reckoned as hours from the
instant, which is early enough in every zone.
"""

from collections.abc import Mapping
from datetime import timedelta

from okiagari.problems import gettext_noop

from .clocks import Anchor, Receiver, Rule
from .spans import Days, Hours, Itself, Months

_JAPAN = "Asia/Tokyo"

ACKNOWLEDGE_REPORT = Rule(
    "acknowledge_report",
    Anchor.REPORT_RECEIVED,
    Days(7),
    gettext_noop("Acknowledge the report"),
    gettext_noop("ISO/IEC 29147: within 7 days of receipt"),
    to=Receiver.REPORTER,
)
JPCERT_PUBLICATION = Rule(
    "jpcert_publication",
    Anchor.COORDINATOR_FIRST_CONTACT,
    Days(45),
    gettext_noop("Publication agreed with JPCERT/CC"),
    gettext_noop("Early warning partnership: 45 days from the start date, movable by consultation"),
    zone=_JAPAN,
    is_movable=True,
    soon=timedelta(days=14),
    to=Receiver.COORDINATOR,
)
EMBARGO_END = Rule(
    "embargo_end",
    Anchor.EMBARGO_END,
    Itself(),
    gettext_noop("End of the embargo"),
    gettext_noop("Agreed with the parties of the case"),
    is_movable=True,
    soon=timedelta(days=7),
)
FIRST_JUDGEMENT = Rule(
    "first_judgement",
    Anchor.FIRST_JUDGEMENT_DUE,
    Itself(),
    gettext_noop("First judgement by development"),
    gettext_noop("Set by the team; without a judgement the team judges"),
    is_movable=True,
    soon=timedelta(hours=12),
)
PROMISE = Rule(
    "promise",
    Anchor.PROMISED,
    Itself(),
    gettext_noop("Promise"),
    gettext_noop("Given by us"),
    is_movable=True,
)

CRA_EXPLOITED_EARLY_WARNING = Rule(
    "cra_exploited_early_warning",
    Anchor.AWARE_OF_EXPLOITATION,
    Hours(24),
    gettext_noop("Early warning of an actively exploited vulnerability"),
    gettext_noop("CRA article 14(2)(a): 24 hours from awareness"),
    soon=timedelta(hours=12),
    to=Receiver.EU_CSIRT,
    stage="early_warning",
)
CRA_EXPLOITED_NOTIFICATION = Rule(
    "cra_exploited_notification",
    Anchor.AWARE_OF_EXPLOITATION,
    Hours(72),
    gettext_noop("Notification of an actively exploited vulnerability"),
    gettext_noop("CRA article 14(2)(b): 72 hours from awareness"),
    soon=timedelta(hours=24),
    to=Receiver.EU_CSIRT,
    stage="notification",
)
CRA_EXPLOITED_FINAL = Rule(
    "cra_exploited_final",
    Anchor.MEASURE_AVAILABLE,
    Hours(14 * 24),
    gettext_noop("Final report on an actively exploited vulnerability"),
    gettext_noop("CRA article 14(2)(c): 14 days after a measure is available"),
    to=Receiver.EU_CSIRT,
    stage="final",
)
CRA_INCIDENT_EARLY_WARNING = Rule(
    "cra_incident_early_warning",
    Anchor.AWARE_OF_SEVERE_INCIDENT,
    Hours(24),
    gettext_noop("Early warning of a severe incident"),
    gettext_noop("CRA article 14(4)(a): 24 hours from awareness"),
    soon=timedelta(hours=12),
    to=Receiver.EU_CSIRT,
    stage="early_warning",
)
CRA_INCIDENT_NOTIFICATION = Rule(
    "cra_incident_notification",
    Anchor.AWARE_OF_SEVERE_INCIDENT,
    Hours(72),
    gettext_noop("Notification of a severe incident"),
    gettext_noop("CRA article 14(4)(b): 72 hours from awareness"),
    soon=timedelta(hours=24),
    to=Receiver.EU_CSIRT,
    stage="notification",
)
CRA_INCIDENT_FINAL = Rule(
    "cra_incident_final",
    Anchor.INCIDENT_NOTIFICATION_SUBMITTED,
    Months(1),
    gettext_noop("Final report on a severe incident"),
    gettext_noop("CRA article 14(4)(c): one month after the notification was submitted"),
    to=Receiver.EU_CSIRT,
    stage="final",
)
CRA_EXPLOITED_USERS = Rule(
    "cra_exploited_users",
    Anchor.AWARE_OF_EXPLOITATION,
    Hours(72),
    gettext_noop("Inform the users of the attacked product"),
    gettext_noop("CRA article 14(8): without delay; the date shown is our own"),
    soon=timedelta(hours=24),
    to=Receiver.USERS,
    is_guide=True,
)
CRA_INCIDENT_USERS = Rule(
    "cra_incident_users",
    Anchor.AWARE_OF_SEVERE_INCIDENT,
    Hours(72),
    gettext_noop("Inform the users concerned by the severe incident"),
    gettext_noop("CRA article 14(8): without delay; the date shown is our own"),
    soon=timedelta(hours=24),
    to=Receiver.USERS,
    is_guide=True,
)

APPI_PRELIMINARY = Rule(
    "appi_preliminary",
    Anchor.AWARE_OF_DATA_BREACH,
    Days(3),
    gettext_noop("Preliminary report to the Personal Information Protection Commission"),
    gettext_noop("Promptly: about 3 to 5 days from awareness; the first of them is shown"),
    zone=_JAPAN,
    soon=timedelta(days=1),
    to=Receiver.PPC,
    stage="notification",
)
APPI_FINAL = Rule(
    "appi_final",
    Anchor.AWARE_OF_DATA_BREACH,
    Days(30),
    gettext_noop("Final report to the Personal Information Protection Commission"),
    gettext_noop("30 days from awareness"),
    zone=_JAPAN,
    soon=timedelta(days=7),
    to=Receiver.PPC,
    stage="final",
)
APPI_FINAL_MALICIOUS = Rule(
    "appi_final_malicious",
    Anchor.AWARE_OF_DATA_BREACH,
    Days(60),
    gettext_noop("Final report to the Personal Information Protection Commission"),
    gettext_noop("60 days from awareness where the purpose may be unlawful"),
    zone=_JAPAN,
    soon=timedelta(days=7),
    to=Receiver.PPC,
    stage="final",
)
GDPR_NOTIFICATION = Rule(
    "gdpr_notification",
    Anchor.AWARE_OF_DATA_BREACH,
    Hours(72),
    gettext_noop("Notification of the data protection authority in the EU"),
    gettext_noop("GDPR article 33(1): 72 hours from awareness"),
    soon=timedelta(hours=24),
    to=Receiver.EU_DPA,
    stage="notification",
)
APPI_PERSONS = Rule(
    "appi_persons",
    Anchor.AWARE_OF_DATA_BREACH,
    Days(5),
    gettext_noop("Notify the persons whose data leaked"),
    gettext_noop("APPI article 26(2): promptly, as the situation demands; the date shown is our own"),
    zone=_JAPAN,
    soon=timedelta(days=2),
    to=Receiver.PERSONS,
    is_guide=True,
)
GDPR_PERSONS = Rule(
    "gdpr_persons",
    Anchor.AWARE_OF_DATA_BREACH,
    Hours(72),
    gettext_noop("Communicate the leak to the persons in the EU"),
    gettext_noop("GDPR article 34(1): without undue delay where the risk is high; the date shown is our own"),
    soon=timedelta(hours=24),
    to=Receiver.PERSONS,
    is_guide=True,
)

CERT_CC = Rule(
    "cert_cc_disclosure",
    Anchor.COORDINATOR_FIRST_CONTACT,
    Days(45),
    gettext_noop("Disclosure by CERT/CC"),
    gettext_noop("CERT/CC: 45 days from the first attempt to contact us"),
    is_movable=True,
    soon=timedelta(days=14),
    to=Receiver.COORDINATOR,
)
PROJECT_ZERO = Rule(
    "project_zero_disclosure",
    Anchor.FINDER_FIRST_CONTACT,
    Days(90),
    gettext_noop("Disclosure by Project Zero"),
    gettext_noop("Project Zero: 90 days from the report"),
    is_movable=True,
    soon=timedelta(days=14),
)
PROJECT_ZERO_ATTACKED = Rule(
    "project_zero_attacked",
    Anchor.FINDER_FIRST_CONTACT,
    Days(7),
    gettext_noop("Disclosure by Project Zero of an attacked vulnerability"),
    gettext_noop("Project Zero: 7 days from the report where it is already attacked"),
    soon=timedelta(days=3),
)
PROJECT_ZERO_DETAILS = Rule(
    "project_zero_details",
    Anchor.MEASURE_AVAILABLE,
    Days(30),
    gettext_noop("Technical details published by Project Zero"),
    gettext_noop("Project Zero: 30 days after the fix is available, where it came within the 90"),
    is_movable=True,
    soon=timedelta(days=7),
)
ZDI = Rule(
    "zdi_disclosure",
    Anchor.FINDER_FIRST_CONTACT,
    Days(120),
    gettext_noop("Disclosure by the Zero Day Initiative"),
    gettext_noop("ZDI: 120 days from the first contact"),
    is_movable=True,
    soon=timedelta(days=14),
)

RULES: Mapping[str, Rule] = {
    rule.key: rule
    for rule in (
        ACKNOWLEDGE_REPORT, JPCERT_PUBLICATION, EMBARGO_END, FIRST_JUDGEMENT, PROMISE,
        CRA_EXPLOITED_EARLY_WARNING, CRA_EXPLOITED_NOTIFICATION, CRA_EXPLOITED_FINAL,
        CRA_EXPLOITED_USERS,
        CRA_INCIDENT_EARLY_WARNING, CRA_INCIDENT_NOTIFICATION, CRA_INCIDENT_FINAL, CRA_INCIDENT_USERS,
        APPI_PRELIMINARY, APPI_FINAL, APPI_FINAL_MALICIOUS, APPI_PERSONS, GDPR_NOTIFICATION, GDPR_PERSONS,
        CERT_CC, PROJECT_ZERO, PROJECT_ZERO_ATTACKED, PROJECT_ZERO_DETAILS, ZDI,
    )
}  # fmt: skip

CRA_EXPLOITED = (
    CRA_EXPLOITED_EARLY_WARNING, CRA_EXPLOITED_NOTIFICATION, CRA_EXPLOITED_FINAL, CRA_EXPLOITED_USERS,
)  # fmt: skip
CRA_INCIDENT = (
    CRA_INCIDENT_EARLY_WARNING, CRA_INCIDENT_NOTIFICATION, CRA_INCIDENT_FINAL, CRA_INCIDENT_USERS,
)  # fmt: skip
GDPR = (GDPR_NOTIFICATION, GDPR_PERSONS)


def appi(*, is_unlawful: bool) -> tuple[Rule, ...]:
    """What a leak in Japan calls for; the final report has longer where it may be unlawful."""
    return (APPI_PRELIMINARY, APPI_FINAL_MALICIOUS if is_unlawful else APPI_FINAL, APPI_PERSONS)
