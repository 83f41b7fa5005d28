"""What changed of a product whose owner is told to do the same as before, each thing by its name.

In: how a product stood and stands. Out: marked sentences about %(product)s, none where nothing changed; what
has no sentence of its own is "details".
"""

from collections.abc import Iterator, Mapping

from okiagari.disclose.rules.standing import Standing
from okiagari.problems import gettext_noop

DETAILS_CHANGED = gettext_noop("%(product)s: details changed.")
OF_PRODUCT: Mapping[str, tuple[str, ...]] = {
    gettext_noop("%(product)s: support dates changed."): ("support",),
    gettext_noop("%(product)s: how to look up model and version changed."): ("find_model", "find_version"),
    gettext_noop("%(product)s: its names changed."): ("names", "other_names", "brand", "family", "revision"),
    gettext_noop("%(product)s: its page changed."): ("page",),
    gettext_noop("%(product)s: number patterns changed."): ("serial_numbers", "model_numbers"),
    gettext_noop("%(product)s: its names for programs changed (CPE, package URL)."): (
        "cpe",
        "purl",
        "firmware_cpe",
        "firmware_purl",
    ),
}
OF_STANDING: Mapping[str, tuple[str, ...]] = {
    gettext_noop("%(product)s: the download or how to apply it changed."): ("release",),
    gettext_noop("%(product)s: the text of a measure changed."): ("measures",),
    gettext_noop("%(product)s: a reason or a condition changed."): ("statuses", "undecided"),
    gettext_noop("%(product)s: what to use instead changed."): ("successor",),
}


def details(old: Standing, new: Standing) -> tuple[str, ...]:
    found = (*_differing(OF_PRODUCT, old.product, new.product), *_differing(OF_STANDING, old, new))
    return found or ((DETAILS_CHANGED,) if old != new else ())


def _differing(known: Mapping[str, tuple[str, ...]], old: object, new: object) -> Iterator[str]:
    for text, names in known.items():
        if any(getattr(old, name) != getattr(new, name) for name in names):
            yield text
