"""Which playbook fits a case. Pure: conditions as a playbook's file writes them, and facts of the case."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Facts:
    """`products`: how many are, or may be, affected."""

    kinds: frozenset[str] = frozenset()
    level: str = ""
    products: int = 0
    is_unsupported: bool = False
    is_public: bool = False


@dataclass(frozen=True)
class Conditions:
    """All that are given must hold; none given proposes nothing. `least` and `most`: of products."""

    kinds: tuple[str, ...] = ()
    levels: tuple[str, ...] = ()
    least: int | None = None
    most: int | None = None
    unsupported: bool | None = None
    public: bool | None = None


NOTHING = Conditions()


def fits(conditions: Conditions, facts: Facts) -> bool:
    asked = [
        (conditions.kinds, bool(facts.kinds & set(conditions.kinds))),
        (conditions.levels, facts.level in conditions.levels),
        (conditions.least, facts.products >= (conditions.least or 0)),
        (conditions.most, 0 < facts.products <= (conditions.most or 0)),
        (conditions.unsupported, facts.is_unsupported),
        (conditions.public, facts.is_public),
    ]
    wanted = [holds for given, holds in asked if given]
    return bool(wanted) and all(wanted)
