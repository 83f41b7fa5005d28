"""The report as a letter, as a maker writes to JPCERT/CC: where it stands, what changed, what JVN may show.

In: the material, the report before it, a language. Out: plain text, the same for the same facts: it names no
time but that of the report before. Products of which the same is said stand together.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime

from django.utils import timezone
from django.utils.translation import gettext, override

from okiagari.disclose.jvn import rules, wording
from okiagari.disclose.jvn.drawing import Material
from okiagari.disclose.jvn.values import ProductStance, Stance
from okiagari.disclose.site import saying
from okiagari.problems import gettext_noop

SECRET = gettext_noop(
    "This is not public yet. Please share it only with those who are concerned until it is."
)
UNCHANGED = gettext_noop(
    "Nothing has changed on %(reference)s since our report of %(told)s; we add to it below."
)
CHANGED = gettext_noop("Where our products stand on %(reference)s has changed since our report of %(told)s.")
FIRST = gettext_noop("This is where our products stand on %(reference)s.")


def text(material: Material, language: str, before: Stance | None, before_at: datetime | None) -> str:
    """The whole letter without a remark."""
    with override(language):
        found = rules.differences(before, material.stance)
        opening = _opening(material, language, before_at, is_changed=bool(found))
        parts = [opening, *_sections(material, wording.sentences(found))]
        if not material.stance.is_public:
            parts.append(gettext(SECRET))
        return "\n\n".join([*parts, gettext("With kind regards")]) + "\n"


def with_remark(letter: str, remark: str, language: str) -> str:
    """The letter with what somebody adds, before its last words."""
    if not remark.strip():
        return letter
    with override(language):
        body, _, last = letter.rstrip("\n").rpartition("\n\n")
        title = gettext("In addition")
        return "\n\n".join([body, f"■ {title}\n{remark.strip()}", last]) + "\n"


def _opening(material: Material, language: str, before_at: datetime | None, *, is_changed: bool) -> str:
    names = {
        "maker": saying.in_language(material.site.publisher.name, language) or gettext("the maker"),
        "reference": material.reference or material.case.id,
        "told": f"{timezone.localtime(before_at):%Y-%m-%d}" if before_at else "",
    }
    said = FIRST if before_at is None else CHANGED if is_changed else UNCHANGED
    return "\n".join(
        (
            gettext("To the vulnerability coordination team of JPCERT/CC"),
            "",
            gettext("This is the product security team of %(maker)s.") % names,
            gettext(said) % names,
        )
    )


def _sections(material: Material, changed: Iterable[str]) -> Iterator[str]:
    stance = material.stance
    for title, body in (
        (gettext("Numbers"), _numbers(material)),
        (gettext("Status shown on JVN"), wording.status(stance.value)),
        (gettext("What changed since the last report"), "\n".join(f"・{each}" for each in changed)),
        (gettext("Status of each product"), "\n".join(_products(stance.products))),
        (gettext("Statement for JVN"), wording.local(stance.statement)),
        (gettext("Our advisories"), "\n".join(_pages(stance))),
        (gettext("References"), "\n".join(each.url for each in stance.references)),
        (gettext("Contact"), wording.local(material.content.words.contact)),
    ):
        if body:
            yield f"■ {title}\n{body}"


def _numbers(material: Material) -> str:
    own = gettext("our number: %(number)s") % {"number": material.case.id}
    known = dict.fromkeys(each for each in (material.reference, *material.stance.numbers) if each)
    return "\n".join([*known, own])


def _products(found: Iterable[ProductStance]) -> Iterator[str]:
    """What is affected first; the same standing once, with everything it is said of."""
    groups: dict[tuple[str, ...], list[str]] = {}
    urgency = list(wording.PRODUCT_WORDS)
    for each in sorted(found, key=lambda product: urgency.index(product.value)):
        groups.setdefault((wording.product_status(each.value), *_details(each)), []).append(each.name)
    for (status, *details), names in groups.items():
        yield f"・{gettext(', ').join(names)}{gettext(': ')}{status}"
        for detail in details:
            yield "\n".join(f"    {line}" if line else "" for line in detail.split("\n"))


def _details(each: ProductStance) -> Iterator[str]:
    told = (
        (gettext("Affected versions"), wording.versions(each)),
        (gettext("Condition"), _lines(each.conditions)),
        (gettext("Fixed version"), gettext(", ").join(each.fixed)),
        (gettext("Not fixed yet"), gettext(", ").join(each.unfixed)),
        (gettext("Fix planned"), wording.plan(each.planned, each.planned_words)),
        (gettext("No fix"), _lines(each.never)),
        *(
            (gettext(wording.STEP_WORDS[step.kind]).capitalize(), wording.local(step.text))
            for step in each.steps
        ),
        (gettext("Recommended successor"), each.successor),
    )
    for label, body in told:
        if body:
            yield f"{label}{gettext(': ')}{body}"


def _lines(texts: Iterable[dict[str, str]]) -> str:
    return "\n".join(wording.local(each) for each in texts)


def _pages(stance: Stance) -> Iterator[str]:
    """In the language of the letter, else in any; other languages' pages lead from there."""
    here = [each for each in stance.pages if each.language == wording.language()]
    for each in here or stance.pages:
        yield f"{each.title}\n{each.url}" if each.title else each.url
