"""How owners look up model and version: words, numbers on the label, steps with pictures.

In: products and the steps of a content. Out: values for pages, letters and Markdown; the same words for
several models stand once.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from okiagari.disclose.rules.content import Content, Lookup, Product, Step, steps_of
from okiagari.disclose.rules.standing import Standing
from okiagari.disclose.site import pictures, saying


@dataclass(frozen=True)
class Shown:
    """One step. `src`: the address of its picture, "" where it has none or there is no place for it."""

    text: str
    alt: str = ""
    src: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class Look:
    """How to look at some models. `numbers`: of each model, the patterns of its serial numbers."""

    models: tuple[str, ...]
    of_model: str = ""
    numbers: tuple[tuple[str, tuple[str, ...]], ...] = ()
    of_version: str = ""
    steps: tuple[Shown, ...] = ()

    @property
    def has_signs(self) -> bool:
        """Does a number hold a sign that stands for others?"""
        return any(sign in number for _, numbers in self.numbers for number in numbers for sign in "*?")

    @property
    def is_empty(self) -> bool:
        return not (self.of_model or self.of_version or self.steps)


def of_concerned(found: Iterable[Standing], content: Content, language: str, folder: str) -> list[Look]:
    """Of every product that an advisory concerns."""
    products = [each.product for each in found if each.is_concerned]
    return looks(products, content.lookups, language, folder)


def looks(products: Iterable[Product], lookups: Sequence[Lookup], language: str, folder: str) -> list[Look]:
    """One per different thing to do, however their numbers differ.

    `folder`: where pictures lie, "" to leave them out.
    """
    groups: dict[Look, list[Product]] = {}
    for product in products:
        look = _look(product, steps_of(lookups, product), language, folder)
        if product.serial_numbers or not look.is_empty:
            groups.setdefault(look, []).append(product)
    return [_of_all(look, same) for look, same in groups.items()]


def _of_all(look: Look, same: Sequence[Product]) -> Look:
    """The same thing to do, with every model it is for and the numbers of each."""
    numbers = {saying.model(each): tuple(each.serial_numbers) for each in same if each.serial_numbers}
    models = dict.fromkeys(saying.model(each) for each in same)
    return replace(look, models=tuple(models), numbers=tuple(numbers.items()))


def _look(product: Product, steps: Sequence[Step], language: str, folder: str) -> Look:
    """Steps say what the words would say, and better: then the words are left out."""
    return Look(
        models=(),
        of_model=saying.in_language(product.find_model, language),
        of_version="" if steps else saying.in_language(product.find_version, language),
        steps=tuple(shown(each, language, folder) for each in steps),
    )


def shown(step: Step, language: str, folder: str) -> Shown:
    text = saying.in_language(step.text, language)
    if not step.picture:
        return Shown(text)
    src = f"{folder}{pictures.name(step.picture, step.kind)}" if folder else ""
    return Shown(text, saying.in_language(step.alt, language), src, step.width, step.height)
