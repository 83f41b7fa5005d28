"""What CSAF documents of others say of threats, as an advisory is taken in."""

from dataclasses import replace

import pytest

from okiagari.standards import advisory, csaf
from okiagari.standards.advisory import Flaw
from okiagari.standards.csaf.model import Threat
from okiagari.standards.csaf.terms import ThreatCategory
from tests.standards.real_case import ADVISORY, UPNP

AFFECTED = UPNP.status.known_affected


def read(*threats: Threat) -> Flaw:
    document = replace(ADVISORY, vulnerabilities=(replace(UPNP, notes=UPNP.notes[:1], threats=threats),))
    (flaw,) = advisory.read(csaf.to_bytes(csaf.build(document).document)).advisory.flaws
    return flaw


@pytest.mark.parametrize("products", [(), AFFECTED])
def test_what_can_happen_to_what_is_affected_is_the_impact(products: tuple[str, ...]) -> None:
    flaw = read(Threat(ThreatCategory.IMPACT, "It answers strangers.", products))
    assert set(flaw.impact.values()) == {"It answers strangers."}
    assert "impact" not in dict(flaw.notes)


@pytest.mark.parametrize(
    ("threat", "note"),
    [
        (Threat(ThreatCategory.IMPACT, "Important", AFFECTED), ("impact", "Important")),
        (Threat(ThreatCategory.IMPACT, "Not built in.", ("OTHER",)), ("impact", "Not built in.")),
        (Threat(ThreatCategory.TARGET_SET, "Hospitals", AFFECTED), ("target_set", "Hospitals")),
    ],
)
def test_what_else_is_said_of_threats_stays_a_note(threat: Threat, note: tuple[str, str]) -> None:
    flaw = read(threat)
    assert flaw.impact == {}
    assert note in flaw.notes
