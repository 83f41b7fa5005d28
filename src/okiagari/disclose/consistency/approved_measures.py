"""What the content tells owners to do: remedies of each product and vulnerability, what to install."""

from collections.abc import Iterator, Mapping

from okiagari.disclose.consistency import normal
from okiagari.disclose.consistency.fields import Field
from okiagari.disclose.rules.content import Content, Measure, Release, Status
from okiagari.disclose.rules.standing import CONCERNED, Action, Standing
from okiagari.standards.csaf.parts import date_words
from okiagari.standards.partialdate import PartialDate

Fact = tuple[Field, str, str, str]


def measures(
    standing: Standing, content: Content, product: str, flaws: Mapping[str, str], language: str
) -> Iterator[Fact]:
    """Of one product. `flaws`: what each is called, by its id."""
    yield Field.ACTION, product, "", standing.action.value if standing.is_concerned else ""
    release = standing.release
    if release and standing.action is Action.UPDATE:
        yield Field.UPDATE, product, "", normal.plain(release.text)
        yield Field.DOWNLOAD, product, "", _address(standing)
        yield Field.HASH, product, normal.plain(release.text), release.sha256.lower()
    for flaw in content.vulnerabilities:
        status = next((each for each in standing.statuses if each.vulnerability == flaw.id), None)
        about = product, flaws[flaw.id]
        if status is None or status.state == "investigating":
            yield Field.REMEDY, *about, "investigating"
        elif status.state in CONCERNED:
            for kind, fact in _of_status(standing, status, language):
                yield kind, *about, fact
            yield from _fixed(standing, status, content.releases, about)


def _of_status(standing: Standing, status: Status, language: str) -> Iterator[tuple[Field, str]]:
    kinds = list(_kinds(standing, status))
    if standing.release:
        yield Field.PATCH, _web(standing.release.url)
    for kind in kinds:
        yield Field.REMEDY, kind
        yield Field.JVN_REMEDY, _by_jvn(kind, standing, kinds)
    if "planned" in kinds and status.planned:
        yield Field.PLANNED, normal.plain(date_words(PartialDate.parse(status.planned), language))
    if "fix" in kinds and standing.release:
        yield Field.UPDATE, normal.plain(standing.release.text)
        yield Field.DOWNLOAD, _address(standing)
    if {"never", "stop"} & set(kinds) and not fixed_in(standing, status):
        yield Field.FINAL, "yes"


def _kinds(standing: Standing, status: Status) -> Iterator[str]:
    for measure in standing.measures:
        if not _is_of(measure, status):
            continue
        if measure.kind == "stop_use":
            yield "stop"
        elif measure.kind in {"workaround", "replace"} and any(measure.text.values()):
            yield "workaround" if measure.kind == "workaround" else "mitigation"
    if standing.action is Action.STOP_USE:
        return
    if standing.release is not None and status not in standing.unfixed:
        yield "fix"
    else:
        yield "never" if status.cannot_fix else "planned"


def _by_jvn(kind: str, standing: Standing, kinds: list[str]) -> str:
    """As VULDEF sorts solutions: what neither fixes nor works around is one thing."""
    if kind in {"fix", "workaround"}:
        return {"fix": "fixed"}.get(kind, kind)
    if standing.successor is not None or standing.of_kind("replace"):
        return "migration"
    return "none" if {"never", "stop"} & set(kinds) else "unknown"


def _is_of(measure: Measure, status: Status) -> bool:
    return not measure.vulnerabilities or status.vulnerability in measure.vulnerabilities


def fixed_in(standing: Standing, status: Status) -> list[str]:
    """Releases that fix it, as decided and by the measures that are ready."""
    by_measure = [each.release for each in standing.measures if each.kind == "fix" and _is_of(each, status)]
    return [text for text in dict.fromkeys([status.fixed_in, *by_measure]) if text]


def _fixed(
    standing: Standing, status: Status, releases: list[Release], about: tuple[str, str]
) -> Iterator[Fact]:
    known = {(each.line, each.text): each.sha256.lower() for each in releases}
    for text in fixed_in(standing, status):
        yield Field.FIXED, *about, normal.plain(text)
        yield Field.HASH, about[0], normal.plain(text), known.get((standing.product.line, text), "")


def _address(standing: Standing) -> str:
    assert standing.release is not None
    return _web(standing.release.url) or _web(standing.product.page)


def _web(text: str) -> str:
    return normal.url(text) if text.strip().lower().startswith(("https://", "http://")) else ""
