"""CVSS 4.0 metrics: “Common Vulnerability Scoring System version 4.0: Specification Document”,
sections 2 to 5. Order is that of the vector (section 7, table 23), which 4.0 makes binding.
"""

from okiagari.problems import gettext_noop

from .metrics import NOT_DEFINED, Group, Metric, Value, beyond, modified, requirements
from .v3 import ALTERED, ATTACK_VECTOR, PRIVILEGES, READ, STOPPED

_AV = Metric("AV", gettext_noop("Attack Vector (AV)"), Group.BASE, ATTACK_VECTOR)
_AC = Metric(
    "AC",
    gettext_noop("Attack Complexity (AC)"),
    Group.BASE,
    (
        Value(
            "L",
            gettext_noop("Low (L)"),
            gettext_noop("No protection has to be overcome; the attack succeeds every time."),
        ),
        Value(
            "H",
            gettext_noop("High (H)"),
            gettext_noop("A protection such as address randomisation or a secret has to be overcome."),
        ),
    ),
)
_AT = Metric(
    "AT",
    gettext_noop("Attack Requirements (AT)"),
    Group.BASE,
    (
        Value(
            "N", gettext_noop("None (N)"), gettext_noop("The attack works wherever the product is in use.")
        ),
        Value(
            "P",
            gettext_noop("Present (P)"),
            gettext_noop("The attack works only with a certain setting, timing or position in the network."),
        ),
    ),
)
_PR = Metric("PR", gettext_noop("Privileges Required (PR)"), Group.BASE, PRIVILEGES)
_UI = Metric(
    "UI",
    gettext_noop("User Interaction (UI)"),
    Group.BASE,
    (
        Value("N", gettext_noop("None (N)"), gettext_noop("No user has to do anything.")),
        Value(
            "P",
            gettext_noop("Passive (P)"),
            gettext_noop("A user has to use the product as usual, unaware of the attack."),
        ),
        Value(
            "A",
            gettext_noop("Active (A)"),
            gettext_noop("A user has to do something particular, such as dismiss a warning."),
        ),
    ),
)
_VC = Metric("VC", gettext_noop("Vulnerable System Confidentiality (VC)"), Group.BASE, READ)
_VI = Metric("VI", gettext_noop("Vulnerable System Integrity (VI)"), Group.BASE, ALTERED)
_VA = Metric("VA", gettext_noop("Vulnerable System Availability (VA)"), Group.BASE, STOPPED)
_SC = Metric(
    "SC",
    gettext_noop("Subsequent System Confidentiality (SC)"),
    Group.BASE,
    (
        Value(
            "H",
            gettext_noop("High (H)"),
            gettext_noop("Everything on other systems, or something decisive, can be read."),
        ),
        Value("L", gettext_noop("Low (L)"), gettext_noop("Some information on other systems can be read.")),
        Value("N", gettext_noop("None (N)"), gettext_noop("Nothing on other systems is disclosed.")),
    ),
)
_SI = Metric(
    "SI",
    gettext_noop("Subsequent System Integrity (SI)"),
    Group.BASE,
    (
        Value(
            "H",
            gettext_noop("High (H)"),
            gettext_noop("Everything on other systems, or something decisive, can be altered."),
        ),
        Value("L", gettext_noop("Low (L)"), gettext_noop("Some data on other systems can be altered.")),
        Value("N", gettext_noop("None (N)"), gettext_noop("Nothing on other systems can be altered.")),
    ),
)
_SA = Metric(
    "SA",
    gettext_noop("Subsequent System Availability (SA)"),
    Group.BASE,
    (
        Value(
            "H",
            gettext_noop("High (H)"),
            gettext_noop("Other systems can be stopped, for example by a flood of packets."),
        ),
        Value("L", gettext_noop("Low (L)"), gettext_noop("Other systems become slow or stop now and then.")),
        Value("N", gettext_noop("None (N)"), gettext_noop("Other systems keep working.")),
    ),
)
_SAFETY = Value("S", gettext_noop("Safety (S)"), gettext_noop("People could be injured."))

_THREAT = Metric(
    "E",
    gettext_noop("Exploit Maturity (E)"),
    Group.THREAT,
    (
        NOT_DEFINED,
        Value(
            "A",
            gettext_noop("Attacked (A)"),
            gettext_noop("Attacks are reported, or ready tools for them exist."),
        ),
        Value(
            "P",
            gettext_noop("Proof-of-Concept (P)"),
            gettext_noop("A demonstration is public, attacks are not known."),
        ),
        Value(
            "U",
            gettext_noop("Unreported (U)"),
            gettext_noop("Neither a demonstration nor an attack is known."),
        ),
    ),
)

_ENVIRONMENTAL = (
    *requirements(NOT_DEFINED),
    modified(_AV, gettext_noop("Modified Attack Vector (MAV)")),
    modified(_AC, gettext_noop("Modified Attack Complexity (MAC)")),
    modified(_AT, gettext_noop("Modified Attack Requirements (MAT)")),
    modified(_PR, gettext_noop("Modified Privileges Required (MPR)")),
    modified(_UI, gettext_noop("Modified User Interaction (MUI)")),
    modified(_VC, gettext_noop("Modified Vulnerable System Confidentiality (MVC)")),
    modified(_VI, gettext_noop("Modified Vulnerable System Integrity (MVI)")),
    modified(_VA, gettext_noop("Modified Vulnerable System Availability (MVA)")),
    beyond(_SC, gettext_noop("Modified Subsequent System Confidentiality (MSC)")),
    beyond(_SI, gettext_noop("Modified Subsequent System Integrity (MSI)"), _SAFETY),
    beyond(_SA, gettext_noop("Modified Subsequent System Availability (MSA)"), _SAFETY),
)

_SUPPLEMENTAL = (
    Metric(
        "S",
        gettext_noop("Safety (S)"),
        Group.SUPPLEMENTAL,
        (
            NOT_DEFINED,
            Value(
                "N", gettext_noop("Negligible (N)"), gettext_noop("At worst, people would be hurt lightly.")
            ),
            Value("P", gettext_noop("Present (P)"), gettext_noop("People could be injured.")),
        ),
    ),
    Metric(
        "AU",
        gettext_noop("Automatable (AU)"),
        Group.SUPPLEMENTAL,
        (
            NOT_DEFINED,
            Value(
                "N",
                gettext_noop("No (N)"),
                gettext_noop("Some step of the attack needs a person for each target."),
            ),
            Value("Y", gettext_noop("Yes (Y)"), gettext_noop("A program can attack many targets by itself.")),
        ),
    ),
    Metric(
        "R",
        gettext_noop("Recovery (R)"),
        Group.SUPPLEMENTAL,
        (
            NOT_DEFINED,
            Value(
                "A",
                gettext_noop("Automatic (A)"),
                gettext_noop("The product recovers by itself after an attack."),
            ),
            Value(
                "U",
                gettext_noop("User (U)"),
                gettext_noop("A user has to act, for example restart the product."),
            ),
            Value(
                "I",
                gettext_noop("Irrecoverable (I)"),
                gettext_noop("The user cannot bring the product back."),
            ),
        ),
    ),
    Metric(
        "V",
        gettext_noop("Value Density (V)"),
        Group.SUPPLEMENTAL,
        (
            NOT_DEFINED,
            Value(
                "D",
                gettext_noop("Diffuse (D)"),
                gettext_noop("One attacked system yields little, such as one home router."),
            ),
            Value(
                "C",
                gettext_noop("Concentrated (C)"),
                gettext_noop("One attacked system yields much, such as an update server."),
            ),
        ),
    ),
    Metric(
        "RE",
        gettext_noop("Vulnerability Response Effort (RE)"),
        Group.SUPPLEMENTAL,
        (
            NOT_DEFINED,
            Value("L", gettext_noop("Low (L)"), gettext_noop("Responding takes the user hardly any effort.")),
            Value(
                "M",
                gettext_noop("Moderate (M)"),
                gettext_noop("Responding takes the user some effort, such as updating firmware."),
            ),
            Value(
                "H",
                gettext_noop("High (H)"),
                gettext_noop("Responding takes the user much effort, such as replacing the device."),
            ),
        ),
    ),
    Metric(
        "U",
        gettext_noop("Provider Urgency (U)"),
        Group.SUPPLEMENTAL,
        (
            NOT_DEFINED,
            Value(
                "Clear",
                gettext_noop("Clear"),
                gettext_noop("The maker sees no urgency; this is for information."),
            ),
            Value("Green", gettext_noop("Green"), gettext_noop("The maker sees little urgency.")),
            Value("Amber", gettext_noop("Amber"), gettext_noop("The maker sees some urgency.")),
            Value("Red", gettext_noop("Red"), gettext_noop("The maker sees the highest urgency.")),
        ),
    ),
)

METRICS = (_AV, _AC, _AT, _PR, _UI, _VC, _VI, _VA, _SC, _SI, _SA, _THREAT, *_ENVIRONMENTAL, *_SUPPLEMENTAL)
