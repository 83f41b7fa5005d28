"""What the question "is my device affected?" reads: every model, and per model every answer.

In: models. Out: JSON. The page works nothing out itself: for each release that is known it finds the
answer of each advisory here, and for a version that is not, what holds for every version.
"""

from collections.abc import Iterable

import msgspec

from okiagari.disclose.rules.content import Product
from okiagari.disclose.site import devices, saying
from okiagari.disclose.site.entries import Site
from okiagari.disclose.site.models import lives
from okiagari.disclose.site.models.grouping import Model, Target, Told
from okiagari.disclose.site.naming import slug
from okiagari.standards.firmware_order import key
from okiagari.standards.localtext import LANGUAGES


def index_bytes(products: tuple[Product, ...]) -> bytes:
    """Each model by every name it carries, what it is called in each language, and the model numbers that
    stand on labels, as patterns (OASIS CSAF 2.0, 3.1.3.3.4)."""
    return _json(
        [
            {
                "model": each.model,
                "file": f"{slug(each.model)}.json",
                "names": names(each),
                "called": {language: text for language, text in each.names.items() if text},
                "numbers": each.model_numbers,
            }
            for each in products
        ]
    )


def names(product: Product) -> list[str]:
    found = [product.model, *product.names.values(), *product.other_names]
    return [name for name in dict.fromkeys(found) if name]


def model_bytes(model: Model, site: Site) -> bytes:
    targets = [_target(each, site) for each in model.targets]
    return _json({"model": model.name, "targets": targets, **_support(model.product)})


def _support(product: Product) -> dict[str, object]:
    """How long it gets fixes: `last` is the last day that can mean; whoever asks knows today's date."""
    for kind in ("end_of_security_support", "end_of_life"):
        text = product.support.get(kind, "")
        last = lives.last_day(text)
        if last:
            words = {language: saying.date(text, language) for language in LANGUAGES}
            return {"support": {"kind": kind, "last": last.isoformat(), "words": words}}
    return {}


def _target(target: Target, site: Site) -> dict[str, object]:
    return {
        "name": saying.model(target.product),
        "advisories": [_advisory(each, site) for each in target.told],
        "versions": [
            {
                "text": release.text,
                "keys": list(dict.fromkeys(key(text) for text in release.texts)),
                "answers": [each.verdict(release.text) for each in target.told],
                **_note(target, release.texts),
            }
            for release in target.order.releases
        ],
        "other": [each.verdict(None) for each in target.told],
    }


def _note(target: Target, texts: Iterable[str]) -> dict[str, object]:
    """What is said of one version, by language."""
    known = set(texts)
    found = (each for each in target.notes if each.line == target.product.line and each.release in known)
    note = next(found, None)
    return {"note": dict(note.text)} if note else {}


def _advisory(told: Told, site: Site) -> dict[str, object]:
    """The same words as on its page."""
    entry, standing = told.entry, told.standing
    severity = saying.severity(entry.content)
    parts: dict[str, dict[str, object]] = {}
    for language in LANGUAGES:
        shown = language if language in entry.content.languages else entry.primary
        with saying.speaking(language):
            row = devices.row(standing, entry.content, language)
            is_concerned = standing.is_concerned
            parts[language] = {
                "title": saying.in_language(entry.content.words.title, shown),
                "page": f"{entry.page(shown)}",
                "versions": list(row.versions) if is_concerned else [],
                "conditions": list(row.conditions) if is_concerned else [],
                "todo": row.todo if is_concerned else "",
                "severity": saying.severity_word(severity) if severity else "",
            }
    at = f"{site.local(entry.last_at):%Y-%m-%d}"
    return {"id": entry.content.tracking_id, "at": at, "is_stop": row.is_stop, "words": parts}


def _json(value: object) -> bytes:
    return msgspec.json.encode(value, order="deterministic") + b"\n"
