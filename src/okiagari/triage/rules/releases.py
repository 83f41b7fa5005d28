"""What a decision says of one release of its line: it contains the vulnerability, fixes it, or is free of it.

In: what the cell says, the order of the line, what carried over. Out: contains, fixes (the first that
does), fixed (a later one), not_affected, open. An unlisted text has no place: open. Nobody has looked at
what is only planned, so nothing is free of it there: open.
"""

from okiagari.standards.firmware_order import Line, ReleaseName, State
from okiagari.triage.rules.carrying import Said

OF_CARRIED = {"affected": "contains", "fixed": "fixed", "not_affected": "not_affected"}


def state_at(said: Said, line: Line, text: str, carried: str | None = None) -> str:
    """`carried`: what was carried over to this release; None where it was there before the decision."""
    here = line.resolve(text)
    if here is None:
        return "open"
    fixed = line.resolve(said.fixed_in) if said.fixed_in else None
    if fixed is not None and fixed.text == here.text:
        return "fixes"
    if carried:
        return OF_CARRIED.get(carried, "open")
    found = "not_affected" if said.state == "not_affected" else _by_range(said, line, here, fixed)
    return "open" if found == "not_affected" and here.state is State.PLANNED else found


def _by_range(said: Said, line: Line, here: ReleaseName, fixed: ReleaseName | None) -> str:
    versions = said.range
    if said.state not in {"affected", "fixed"} or versions is None:
        return "open"
    if not versions.is_known or line.problems(versions):
        return "open"
    if line.contains(versions, here):
        return "contains"
    return "fixed" if fixed is not None and line.is_older(fixed, here) else "not_affected"
