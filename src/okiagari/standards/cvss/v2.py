"""CVSS 2.0 metrics: “A Complete Guide to the Common Vulnerability Scoring System Version 2.0”, section 2.

Kept because advisories before 2016 carry nothing else. Order is that of the vector (section 2.4).
"""

from okiagari.problems import gettext_noop

from .metrics import NOT_DEFINED_V2, Group, Metric, Value, requirements

_IMPACT = {
    "C": (
        Value("N", gettext_noop("None (N)"), gettext_noop("Nothing confidential is disclosed.")),
        Value(
            "P",
            gettext_noop("Partial (P)"),
            gettext_noop("Some information is disclosed, not of the attacker's choice."),
        ),
        Value("C", gettext_noop("Complete (C)"), gettext_noop("Everything on the device can be read.")),
    ),
    "I": (
        Value("N", gettext_noop("None (N)"), gettext_noop("Nothing can be altered.")),
        Value("P", gettext_noop("Partial (P)"), gettext_noop("Some data can be altered, within limits.")),
        Value("C", gettext_noop("Complete (C)"), gettext_noop("Everything on the device can be altered.")),
    ),
    "A": (
        Value("N", gettext_noop("None (N)"), gettext_noop("The device keeps working.")),
        Value(
            "P", gettext_noop("Partial (P)"), gettext_noop("The device becomes slow or stops now and then.")
        ),
        Value("C", gettext_noop("Complete (C)"), gettext_noop("The device can be stopped completely.")),
    ),
}

_BASE = (
    Metric(
        "AV",
        gettext_noop("Access Vector (AV)"),
        Group.BASE,
        (
            Value(
                "L",
                gettext_noop("Local (L)"),
                gettext_noop("The attacker must be at the device or logged in to it."),
            ),
            Value(
                "A",
                gettext_noop("Adjacent Network (A)"),
                gettext_noop("The attacker must be in the same network or radio range."),
            ),
            Value(
                "N",
                gettext_noop("Network (N)"),
                gettext_noop("The attack works across networks, for example from the Internet."),
            ),
        ),
    ),
    Metric(
        "AC",
        gettext_noop("Access Complexity (AC)"),
        Group.BASE,
        (
            Value(
                "H",
                gettext_noop("High (H)"),
                gettext_noop("The attack needs rare circumstances or much preparation."),
            ),
            Value(
                "M",
                gettext_noop("Medium (M)"),
                gettext_noop("The attack needs somewhat special circumstances."),
            ),
            Value(
                "L",
                gettext_noop("Low (L)"),
                gettext_noop("The attack succeeds at any time without special circumstances."),
            ),
        ),
    ),
    Metric(
        "Au",
        gettext_noop("Authentication (Au)"),
        Group.BASE,
        (
            Value(
                "M", gettext_noop("Multiple (M)"), gettext_noop("The attacker must log in two or more times.")
            ),
            Value("S", gettext_noop("Single (S)"), gettext_noop("The attacker must log in once.")),
            Value("N", gettext_noop("None (N)"), gettext_noop("The attacker need not log in.")),
        ),
    ),
    Metric("C", gettext_noop("Confidentiality Impact (C)"), Group.BASE, _IMPACT["C"]),
    Metric("I", gettext_noop("Integrity Impact (I)"), Group.BASE, _IMPACT["I"]),
    Metric("A", gettext_noop("Availability Impact (A)"), Group.BASE, _IMPACT["A"]),
)

_TEMPORAL = (
    Metric(
        "E",
        gettext_noop("Exploitability (E)"),
        Group.TEMPORAL,
        (
            NOT_DEFINED_V2,
            Value(
                "U",
                gettext_noop("Unproven (U)"),
                gettext_noop("No exploit is known, or it exists in theory only."),
            ),
            Value(
                "POC",
                gettext_noop("Proof-of-Concept (POC)"),
                gettext_noop("A demonstration exists that needs work before it can be used."),
            ),
            Value(
                "F",
                gettext_noop("Functional (F)"),
                gettext_noop("An exploit exists that works in most situations."),
            ),
            Value(
                "H",
                gettext_noop("High (H)"),
                gettext_noop("The attack runs by itself or needs no exploit code at all."),
            ),
        ),
    ),
    Metric(
        "RL",
        gettext_noop("Remediation Level (RL)"),
        Group.TEMPORAL,
        (
            NOT_DEFINED_V2,
            Value("OF", gettext_noop("Official Fix (OF)"), gettext_noop("The maker offers a complete fix.")),
            Value(
                "TF",
                gettext_noop("Temporary Fix (TF)"),
                gettext_noop("The maker offers an official but temporary fix."),
            ),
            Value(
                "W",
                gettext_noop("Workaround (W)"),
                gettext_noop("There is a way to avoid the problem, but not from the maker."),
            ),
            Value(
                "U",
                gettext_noop("Unavailable (U)"),
                gettext_noop("There is no remedy, or it cannot be applied."),
            ),
        ),
    ),
    Metric(
        "RC",
        gettext_noop("Report Confidence (RC)"),
        Group.TEMPORAL,
        (
            NOT_DEFINED_V2,
            Value(
                "UC",
                gettext_noop("Unconfirmed (UC)"),
                gettext_noop("There is one unconfirmed source, or several that disagree."),
            ),
            Value(
                "UR",
                gettext_noop("Uncorroborated (UR)"),
                gettext_noop("Several unofficial sources report it, some details are open."),
            ),
            Value(
                "C",
                gettext_noop("Confirmed (C)"),
                gettext_noop("The maker has confirmed it, or the exploit is public."),
            ),
        ),
    ),
)

_ENVIRONMENTAL = (
    Metric(
        "CDP",
        gettext_noop("Collateral Damage Potential (CDP)"),
        Group.ENVIRONMENTAL,
        (
            NOT_DEFINED_V2,
            Value("N", gettext_noop("None (N)"), gettext_noop("No life, property or income is at stake.")),
            Value(
                "L", gettext_noop("Low (L)"), gettext_noop("Slight damage to property or income is possible.")
            ),
            Value(
                "LM",
                gettext_noop("Low-Medium (LM)"),
                gettext_noop("Moderate damage to property or income is possible."),
            ),
            Value(
                "MH",
                gettext_noop("Medium-High (MH)"),
                gettext_noop("Significant damage to property or income is possible."),
            ),
            Value("H", gettext_noop("High (H)"), gettext_noop("Catastrophic damage or loss is possible.")),
        ),
    ),
    Metric(
        "TD",
        gettext_noop("Target Distribution (TD)"),
        Group.ENVIRONMENTAL,
        (
            NOT_DEFINED_V2,
            Value(
                "N",
                gettext_noop("None (N)"),
                gettext_noop("No vulnerable device exists outside a laboratory."),
            ),
            Value(
                "L", gettext_noop("Low (L)"), gettext_noop("Up to a quarter of the environment is at risk.")
            ),
            Value(
                "M",
                gettext_noop("Medium (M)"),
                gettext_noop("A quarter to three quarters of the environment is at risk."),
            ),
            Value(
                "H",
                gettext_noop("High (H)"),
                gettext_noop("More than three quarters of the environment is at risk."),
            ),
        ),
    ),
    *requirements(NOT_DEFINED_V2),
)

METRICS = (*_BASE, *_TEMPORAL, *_ENVIRONMENTAL)
