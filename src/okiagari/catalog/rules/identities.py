"""What names a product for programs and for its owner: CPE, package URL, patterns of numbers, steps to look.

In: texts of a catalogue entry. Out: problems, each at its place. A line, and a product that is software, name
no version: that of each release is derived. Patterns are those of OASIS CSAF 2.0, 3.1.3.3.4 and 3.1.3.3.6
(`?` one sign, `*` any number of them), with one `*` at most, as the draft of 2.1 asks (6.1.43, 6.1.44).
"""

import base64
import binascii
import re
from collections.abc import Iterable, Iterator, Mapping

from packageurl import PackageURL

from okiagari.catalog.problems import (
    NEEDS_ALT,
    NEEDS_WORDS,
    TOO_MANY_STEPS,
    WRONG_CPE_PART,
    WRONG_CPE_VERSION,
    WRONG_PATTERN,
    WRONG_PICTURE,
    WRONG_PURL,
    WRONG_PURL_VERSION,
)
from okiagari.catalog.rules.shapes import StepIn, TargetIn
from okiagari.problems import Problem
from okiagari.standards import cpe
from okiagari.standards.localtext import LANGUAGES, LocalText

LONGEST_PURL = 300
LONGEST_PATTERN = 80
MOST_PATTERNS = 60
MOST_STEPS = 20
LONGEST_STEP = 1000
LONGEST_ALT = 300
PARTS = {
    "line": ("o", "a"),
    "device": ("h",),
    "application": ("a",),
    "service": ("a",),
    "system": ("a", "h", "o"),
}
_SHA256 = re.compile(r"[0-9a-f]{64}")
_DATA = re.compile(r"data:image/(?:png|jpeg|webp);base64,([A-Za-z0-9+/=\s]+)")


def purl(place: str, text: str, *, of_any_version: bool = False) -> Iterator[Problem]:
    if not text:
        return
    try:
        known = PackageURL.from_string(text)
    except ValueError:
        yield WRONG_PURL(place=place, value=text[:80])
        return
    if len(text) > LONGEST_PURL:
        yield WRONG_PURL(place=place, value=text[:80])
    elif of_any_version and known.version:
        yield WRONG_PURL_VERSION(place=place, value=text[:80])


def cpe_of(place: str, text: str, of: str) -> Iterator[Problem]:
    """`of`: line, or the kind of a product."""
    if not text:
        return
    try:
        known = cpe.parse(text)
    except Problem as problem:
        yield Problem(problem.definition, {**problem.parameters, "place": place})
        return
    if known.part not in PARTS.get(of, ("a", "h", "o")):
        yield WRONG_CPE_PART(place=place, value=text[:120], part=", ".join(PARTS[of]))
    elif of != "device" and not known.is_of_any_version:
        yield WRONG_CPE_VERSION(place=place, value=text[:120])


def target(place: str, given: TargetIn) -> Iterator[Problem]:
    yield from cpe_of(f"{place}.cpe", given.cpe, "device")
    yield from patterns(f"{place}.serial_numbers", given.serial_numbers)
    yield from patterns(f"{place}.model_numbers", given.model_numbers)


def patterns(place: str, given: Iterable[str]) -> Iterator[Problem]:
    known = list(given)
    if len(known) > MOST_PATTERNS or len(set(known)) < len(known):
        yield WRONG_PATTERN(place=place, value=", ".join(known)[:80], most=MOST_PATTERNS)
    for text in known:
        if not is_pattern(text):
            yield WRONG_PATTERN(place=place, value=text[:80], most=MOST_PATTERNS)


def is_pattern(text: str) -> bool:
    """Does it name something, in signs that a label has, with one `*` at most?"""
    is_plain = text.isprintable() and not any(sign.isspace() or sign == "\\" for sign in text)
    return is_plain and len(text) <= LONGEST_PATTERN and text.count("*") <= 1 and bool(text.strip("*?"))


def steps(place: str, given: Iterable[StepIn]) -> Iterator[Problem]:
    known = list(given)
    if len(known) > MOST_STEPS:
        yield TOO_MANY_STEPS(place=place, most=MOST_STEPS)
    for number, step in enumerate(known, 1):
        yield from _step(f"{place}.{number}", step)


def _step(place: str, given: StepIn) -> Iterator[Problem]:
    text, alt = _texts(given.text), _texts(given.alt)
    if not any(text.values()) or any(len(each) > LONGEST_STEP for each in text.values()):
        yield NEEDS_WORDS(place=f"{place}.text", most=LONGEST_STEP)
    if not given.picture:
        return
    if not _SHA256.fullmatch(given.picture) and picture_bytes(given.picture) is None:
        yield WRONG_PICTURE(place=f"{place}.picture")
    if any(not alt.get(each) for each in LANGUAGES) or any(len(each) > LONGEST_ALT for each in alt.values()):
        yield NEEDS_ALT(place=f"{place}.alt", most=LONGEST_ALT)


def _texts(value: object) -> Mapping[str, str]:
    words = LocalText.from_json(value) if value else LocalText()
    return {language: text.strip() for language, text in words.texts.items()}


def picture_bytes(text: str) -> bytes | None:
    """What a ``data:`` address holds; None where it is none of a picture."""
    found = _DATA.fullmatch(text)
    if found is None:
        return None
    try:
        return base64.b64decode(found[1], validate=False)
    except (binascii.Error, ValueError):
        return None
