"""CVSS 3.0 and 3.1 metrics: “Common Vulnerability Scoring System version 3.1: Specification Document”,
sections 2 to 4; both versions share codes and values. Order is that of table 15 (section 6).
"""

from okiagari.problems import gettext_noop

from .metrics import NOT_DEFINED, Group, Metric, Value, modified, requirements

ATTACK_VECTOR = (
    Value(
        "N",
        gettext_noop("Network (N)"),
        gettext_noop("The attack works across networks, for example from the Internet."),
    ),
    Value(
        "A",
        gettext_noop("Adjacent (A)"),
        gettext_noop("The attacker must be in the same network or radio range."),
    ),
    Value(
        "L",
        gettext_noop("Local (L)"),
        gettext_noop("The attacker must be logged in, or make the user open something."),
    ),
    Value("P", gettext_noop("Physical (P)"), gettext_noop("The attacker must touch the device.")),
)
PRIVILEGES = (
    Value("N", gettext_noop("None (N)"), gettext_noop("The attacker need not log in.")),
    Value("L", gettext_noop("Low (L)"), gettext_noop("The attacker needs the rights of an ordinary user.")),
    Value("H", gettext_noop("High (H)"), gettext_noop("The attacker needs the rights of an administrator.")),
)
READ = (
    Value(
        "H",
        gettext_noop("High (H)"),
        gettext_noop("Everything, or something decisive such as a password, can be read."),
    ),
    Value(
        "L",
        gettext_noop("Low (L)"),
        gettext_noop("Some information can be read, not of the attacker's choice."),
    ),
    Value("N", gettext_noop("None (N)"), gettext_noop("Nothing confidential is disclosed.")),
)
ALTERED = (
    Value("H", gettext_noop("High (H)"), gettext_noop("Everything, or something decisive, can be altered.")),
    Value("L", gettext_noop("Low (L)"), gettext_noop("Some data can be altered, without serious effect.")),
    Value("N", gettext_noop("None (N)"), gettext_noop("Nothing can be altered.")),
)
STOPPED = (
    Value(
        "H",
        gettext_noop("High (H)"),
        gettext_noop("The device, or a decisive part of it, can be stopped."),
    ),
    Value("L", gettext_noop("Low (L)"), gettext_noop("The device becomes slow or stops now and then.")),
    Value("N", gettext_noop("None (N)"), gettext_noop("The device keeps working.")),
)
"""What happens to what is confidential, to data, to the device: the same words in both versions."""

_AV = Metric("AV", gettext_noop("Attack Vector (AV)"), Group.BASE, ATTACK_VECTOR)
_AC = Metric(
    "AC",
    gettext_noop("Attack Complexity (AC)"),
    Group.BASE,
    (
        Value(
            "L",
            gettext_noop("Low (L)"),
            gettext_noop("The attack succeeds every time, without special circumstances."),
        ),
        Value(
            "H",
            gettext_noop("High (H)"),
            gettext_noop("Success depends on circumstances the attacker does not control."),
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
            "R",
            gettext_noop("Required (R)"),
            gettext_noop("A user has to do something, such as open a link."),
        ),
    ),
)
_S = Metric(
    "S",
    gettext_noop("Scope (S)"),
    Group.BASE,
    (
        Value(
            "U", gettext_noop("Unchanged (U)"), gettext_noop("Only the vulnerable component itself is hurt.")
        ),
        Value(
            "C",
            gettext_noop("Changed (C)"),
            gettext_noop("Something beyond the vulnerable component is hurt, such as a browser."),
        ),
    ),
)
_C = Metric("C", gettext_noop("Confidentiality Impact (C)"), Group.BASE, READ)
_I = Metric("I", gettext_noop("Integrity Impact (I)"), Group.BASE, ALTERED)
_A = Metric("A", gettext_noop("Availability Impact (A)"), Group.BASE, STOPPED)

_TEMPORAL = (
    Metric(
        "E",
        gettext_noop("Exploit Code Maturity (E)"),
        Group.TEMPORAL,
        (
            NOT_DEFINED,
            Value(
                "H",
                gettext_noop("High (H)"),
                gettext_noop("The attack runs by itself or needs no exploit code at all."),
            ),
            Value(
                "F",
                gettext_noop("Functional (F)"),
                gettext_noop("An exploit exists that works in most situations."),
            ),
            Value(
                "P",
                gettext_noop("Proof-of-Concept (P)"),
                gettext_noop("A demonstration exists that needs work before it can be used."),
            ),
            Value(
                "U",
                gettext_noop("Unproven (U)"),
                gettext_noop("No exploit is known, or it exists in theory only."),
            ),
        ),
    ),
    Metric(
        "RL",
        gettext_noop("Remediation Level (RL)"),
        Group.TEMPORAL,
        (
            NOT_DEFINED,
            Value(
                "U",
                gettext_noop("Unavailable (U)"),
                gettext_noop("There is no remedy, or it cannot be applied."),
            ),
            Value(
                "W",
                gettext_noop("Workaround (W)"),
                gettext_noop("There is a way to avoid the problem, but not from the maker."),
            ),
            Value(
                "T",
                gettext_noop("Temporary Fix (T)"),
                gettext_noop("The maker offers an official but temporary fix."),
            ),
            Value("O", gettext_noop("Official Fix (O)"), gettext_noop("The maker offers a complete fix.")),
        ),
    ),
    Metric(
        "RC",
        gettext_noop("Report Confidence (RC)"),
        Group.TEMPORAL,
        (
            NOT_DEFINED,
            Value(
                "C",
                gettext_noop("Confirmed (C)"),
                gettext_noop("The maker has confirmed it, or anybody can reproduce it."),
            ),
            Value(
                "R",
                gettext_noop("Reasonable (R)"),
                gettext_noop("It was reproduced, but its cause is not wholly clear."),
            ),
            Value(
                "U",
                gettext_noop("Unknown (U)"),
                gettext_noop("There are reports of an effect, its cause is not known."),
            ),
        ),
    ),
)

_ENVIRONMENTAL = (
    *requirements(NOT_DEFINED),
    modified(_AV, gettext_noop("Modified Attack Vector (MAV)")),
    modified(_AC, gettext_noop("Modified Attack Complexity (MAC)")),
    modified(_PR, gettext_noop("Modified Privileges Required (MPR)")),
    modified(_UI, gettext_noop("Modified User Interaction (MUI)")),
    modified(_S, gettext_noop("Modified Scope (MS)")),
    modified(_C, gettext_noop("Modified Confidentiality (MC)")),
    modified(_I, gettext_noop("Modified Integrity (MI)")),
    modified(_A, gettext_noop("Modified Availability (MA)")),
)

METRICS = (_AV, _AC, _PR, _UI, _S, _C, _I, _A, *_TEMPORAL, *_ENVIRONMENTAL)
