"""What the files of a model are called: readable, and one name for every model."""

import hashlib

from okiagari.standards.csaf import file_name

TAKEN = frozenset({"index"})


def slug(model: str) -> str:
    """Also two models that differ in what a file name cannot hold have names of their own."""
    plain = file_name(model).removesuffix(".json").strip("_")
    if plain == model.lower() and plain not in TAKEN:
        return plain
    return f"{plain}-{hashlib.sha256(model.encode()).hexdigest()[:6]}".lstrip("-")


def page_of(model: str) -> str:
    """Its page, seen from the folder of a language."""
    return f"models/{slug(model)}.html"
