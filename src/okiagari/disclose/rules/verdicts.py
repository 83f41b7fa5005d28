"""Is a device with this version affected? The answer of one advisory, by the maker's own order of releases.

In: a standing, the order of its line and a release on it (or none: a version nobody listed). Out: a
`Verdict`. It never compares texts of versions: a version without a place has an answer only where every
version has the same one.
"""

from collections.abc import Iterator
from enum import StrEnum

from okiagari.disclose.rules.content import Content, Status
from okiagari.disclose.rules.standing import CONCERNED, Action, Standing
from okiagari.standards.firmware_order import Form, Line, Range, ReleaseName


class Verdict(StrEnum):
    """What is said of one device; the gravest first.

    `MAYBE`: affected, in which versions is not known yet. `UNKNOWN`: it depends on a version nobody listed.
    `CLEAR`: this version is outside of what is affected, or holds the fix. `NOT_AFFECTED`: no version is.
    """

    AFFECTED = "affected"
    MAYBE = "maybe"
    UNKNOWN = "unknown"
    CHECKING = "checking"
    CLEAR = "clear"
    NOT_AFFECTED = "not_affected"


GRAVITY = tuple(Verdict)


def order_of(content: Content, line: str) -> Line:
    """The order that was sealed with the content; of an older one, the releases it names."""
    sealed = next((each.releases for each in content.orders if each.line == line), None)
    if sealed is not None:
        return Line(tuple(ReleaseName(texts[0], tuple(texts[1:])) for texts in sealed))
    named = sorted((each.position, each.text) for each in content.releases if each.line == line)
    return Line(tuple(ReleaseName(text) for _, text in named))


def verdict(standing: Standing, order: Line, text: str | None) -> Verdict:
    """What the advisory says of this version; None: of one that is not on the line."""
    if standing.action is Action.NOTHING:
        return Verdict.NOT_AFFECTED
    if standing.action is Action.CHECKING:
        return Verdict.CHECKING
    concerned = [each for each in standing.statuses if each.state in CONCERNED]
    if not concerned:  # told without a vulnerability, such as an end of support: of every version
        return Verdict.AFFECTED
    found = {_of_status(each, standing, order, text) for each in concerned}
    if standing.undecided:
        found.add(Verdict.CHECKING)
    return min(found, key=GRAVITY.index)


def _of_status(status: Status, standing: Standing, order: Line, text: str | None) -> Verdict:
    versions = status.versions or Range.all()
    fixes = [order.position(each) for each in _fixes(status, standing) if order.resolve(each)]
    is_listed = text is not None and order.resolve(text) is not None
    if is_listed and text is not None and any(order.position(text) >= fix for fix in fixes):
        return Verdict.CLEAR
    if not versions.is_known:
        return Verdict.MAYBE
    if versions.form is Form.ALL:
        return Verdict.AFFECTED if is_listed or not any(_fixes(status, standing)) else Verdict.UNKNOWN
    if not is_listed or text is None or order.problems(versions):
        return Verdict.UNKNOWN
    return Verdict.AFFECTED if order.contains(versions, text) else Verdict.CLEAR


def _fixes(status: Status, standing: Standing) -> Iterator[str]:
    """The releases that fix it: as decided, and by the measures that are ready."""
    if status.fixed_in:
        yield status.fixed_in
    for measure in standing.of_kind("fix"):
        if measure.release and (
            not measure.vulnerabilities or status.vulnerability in measure.vulnerabilities
        ):
            yield measure.release
