"""Holds what files say against what was approved, field by field.

In: statements of finished files, and what the content says in each language. Out: differences, each with the
file, the place in it and both values; and how much was compared.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from okiagari.disclose.consistency import waivers
from okiagari.disclose.consistency.approved import Approved
from okiagari.disclose.consistency.carriage import CARRIAGE, Carried, Fold, Grain, Mode
from okiagari.disclose.consistency.fields import About, Field
from okiagari.disclose.consistency.statement import Statement, Told

Values = Mapping[About, Mapping[str, str]]
"""What each is about: values as they are compared, to values as they stand."""


@dataclass(frozen=True)
class Difference:
    """One field in which a file says something else. `said`, `approved`: what only one of the two says.

    `product`, `flaw`: what it is about, "" where of all. `place`: where in the file, "" where it is not said.
    """

    field: Field
    format: str
    label: str
    path: str
    place: str
    product: str
    flaw: str
    said: tuple[str, ...]
    approved: tuple[str, ...]


def kind_of(name: str) -> str:
    """The reader and the list of a format, by its name in the tree."""
    if name.startswith("cve-"):
        return "cve"
    return name if name in CARRIAGE else name.partition("-")[0]


def compare(said: Statement, known: Approved) -> Iterator[Difference]:
    """Everything in which one file differs from what was approved in its language."""
    kind = kind_of(said.format)
    scope = _scope(said, known)
    told = _resolved(said.told, known)
    for carried in CARRIAGE[kind]:
        found = told.get(carried.field, [])
        fold = _Fold((carried.fold, *waivers.folds(said.losses, carried.field)))
        want = _coarse(_wanted(known, carried, scope, said.model), carried.grain, fold)
        got = _coarse(((each.about, each.value) for each in found), carried.grain, fold)
        for about, missing, extra in _differing(want, got, carried.mode):
            yield _difference(said, carried, about, (missing, extra), found)


@dataclass(frozen=True)
class _Fold:
    """One fold after another, until nothing is left."""

    folds: tuple[Fold, ...]

    def __call__(self, value: str) -> str:
        for fold in self.folds:
            if value:
                value = fold(value)
        return value


def _scope(said: Statement, known: Approved) -> str:
    """The vulnerability that a CVE record is of; "" for files that speak of all."""
    return known.cves.get(said.label, "") if kind_of(said.format) == "cve" else ""


def _resolved(told: Iterable[Told], known: Approved) -> Mapping[Field, list[Told]]:
    """Products and vulnerabilities by the names used here, whatever a format calls them."""
    found: dict[Field, list[Told]] = {}
    for each in told:
        is_model = each.field is Field.SUPPORT
        product = each.product if is_model else known.products.get(each.product, each.product)
        flaw = known.flaws.get(each.flaw, each.flaw)
        value = each.value
        if each.field is Field.PRODUCT:
            value = known.products.get(value, value)
        found.setdefault(each.field, []).append(Told(each.field, value, each.place, product, flaw))
    return found


_BY_VALUE = frozenset(
    {Field.BASE, Field.BASE_SEVERITY, Field.OVERALL, Field.OVERALL_SEVERITY, Field.HASH, Field.SUPPORT}
)
"""Fields whose second key is no vulnerability."""


_OF_A_FLAW = frozenset({Field.UPDATE, Field.DOWNLOAD, Field.PATCH})
"""Fields of a product that are said again of each of its vulnerabilities."""


def _wanted(known: Approved, carried: Carried, scope: str, only: str) -> Iterator[tuple[About, str]]:
    """What was approved of what the file speaks of. `only`: the one model it speaks of, "" of all."""
    facts = known.of_model(only).get(carried.field, {})
    own = {scope} if carried.field in _OF_A_FLAW else {"", scope}
    if carried.field in _BY_VALUE:
        abouts = list(facts)
    elif scope:
        abouts = [each for each in facts if each[1] in own]
    else:
        abouts = [each for each in facts if each[1] or carried.grain is not Grain.EACH]
    for each in abouts:
        yield from ((each, value) for value in facts[each])


def _about(about: About, grain: Grain) -> About:
    product, flaw = about
    return {
        Grain.EACH: (product, flaw),
        Grain.PRODUCT: (product, ""),
        Grain.FLAW: ("", flaw),
        Grain.WHOLE: ("", ""),
    }[grain]


def _coarse(pairs: Iterable[tuple[About, str]], grain: Grain, fold: _Fold) -> Values:
    found: dict[About, dict[str, str]] = {}
    for about, value in pairs:
        folded = fold(value)
        if folded:
            found.setdefault(_about(about, grain), {})[folded] = value
    return found


def _differing(want: Values, got: Values, mode: Mode) -> Iterator[tuple[About, list[str], list[str]]]:
    """What each is about, what is missing, what is said beside it."""
    for about in dict.fromkeys((*want, *got)):
        expected, said = want.get(about, {}), got.get(about, {})
        if expected.keys() == said.keys() or (mode is Mode.SAID and not (expected and said)):
            continue
        missing = [value for folded, value in expected.items() if folded not in said]
        extra = [value for folded, value in said.items() if folded not in expected]
        if (mode is Mode.LEAST and not missing) or (mode is Mode.PART and not extra):
            continue
        yield about, list(expected.values()) if mode is Mode.PART else missing, extra


def _difference(
    said: Statement, carried: Carried, about: About, values: tuple[list[str], list[str]], found: list[Told]
) -> Difference:
    """`values`: missing, and said beside what was approved."""
    missing, extra = values
    near = [each for each in found if _about(each.about, carried.grain) == about]
    places = [each.place for each in near if each.value in extra] or [each.place for each in near]
    return Difference(
        field=carried.field,
        format=said.format,
        label=said.label,
        path=said.path,
        place=places[0] if places else "",
        product=about[0],
        flaw=about[1],
        said=tuple(sorted(extra)),
        approved=tuple(sorted(missing)),
    )
