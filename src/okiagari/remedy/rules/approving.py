"""Who may approve what somebody else asked for. Four eyes: neither the asker nor their deputy. Pure."""


def may_approve(person: str, stands_in_for: frozenset[str], asker: str) -> bool:
    """An approver is neither who asked for it nor stands in for them."""
    return person != asker and asker not in stands_in_for
