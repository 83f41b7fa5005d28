"""What each loss that a format declares excuses, and nothing beyond it.

In: the message ids of losses. Out: for each the fields concerned and how their values may be folded before
they are compared; "" leaves a value out.
"""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from okiagari.disclose.consistency import normal
from okiagari.disclose.consistency.carriage import Fold
from okiagari.disclose.consistency.fields import Field
from okiagari.standards.csaf import parts
from okiagari.standards.cve.build import TOO_LONG
from okiagari.standards.vex import cyclonedx_terms, openvex
from okiagari.standards.vuldef.build import NO_IMPACT, NO_RANGE


@dataclass(frozen=True)
class Waiver:
    fields: frozenset[Field]
    fold: Fold


def _nothing(_: str) -> str:
    return ""


def _to(**pairs: str) -> Callable[[str], str]:
    return lambda value: pairs.get(value, value)


def _not_4(vector: str) -> str:
    return "" if vector.startswith("CVSS:4.0/") else vector


def _bounded(value: str) -> str:
    return "" if value in {normal.EVERY, normal.UNKNOWN} else value


def _of(fold: Fold, *fields: Field) -> Waiver:
    return Waiver(frozenset(fields), fold)


WAIVERS: Mapping[str, Waiver] = {
    parts.NO_CVSS4: _of(_not_4, Field.VECTOR),
    parts.SCORE_TWICE: _of(_nothing, Field.VECTOR),
    parts.FIX_PLANNED: _of(_to(planned="none"), Field.REMEDY),
    parts.STOP_USE: _of(_to(stop="never"), Field.REMEDY),
    parts.STOP_USE_2_1: _of(_to(stop="never"), Field.REMEDY),
    parts.BESIDE_A_FIX: _of(_nothing, Field.REMEDY),
    parts.NOT_FOR_STATUS: _of(_nothing, Field.REMEDY, Field.UPDATE, Field.DOWNLOAD, Field.PLANNED),
    parts.NOT_IN_VEX: _of(_nothing, Field.STATUS, Field.AFFECTED, Field.FIXED),
    parts.CVE_TWICE: _of(_nothing, Field.IDS),
    parts.INITIAL_DATE: _of(_nothing, Field.INITIAL),
    parts.BARE: _of(
        _nothing,
        *set(Field) - {Field.DOCUMENT, Field.TITLE, Field.INITIAL, Field.CURRENT, Field.REVISIONS},
    ),
    openvex.NO_SCORES: _of(_nothing, Field.VECTOR),
    openvex.NO_CWE: _of(_nothing, Field.CWE),
    cyclonedx_terms.NO_RANGE_KNOWN: _of(_to(**{normal.UNKNOWN: normal.EVERY}), Field.AFFECTED),
    NO_RANGE: _of(_bounded, Field.AFFECTED),
    NO_IMPACT: _of(_nothing, Field.FLAW_VECTOR),
    TOO_LONG: _of(_nothing, Field.TITLE, Field.UPDATE, Field.CREDIT),
}


def folds(losses: Iterable[str], field: Field) -> list[Fold]:
    """How values of a field may be folded in a file with these losses."""
    found = (WAIVERS[each] for each in losses if each in WAIVERS)
    return [each.fold for each in found if field in each.fields]
