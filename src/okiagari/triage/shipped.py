"""The criteria this system comes with, until a company adopts its own."""

import tomllib
from functools import cache
from importlib.resources import files

from okiagari.triage.rules.criteria import Criteria, read

KEY = "product"


@cache
def criteria() -> Criteria:
    text = files("okiagari.triage").joinpath("data", "criteria-product.toml").read_text(encoding="utf-8")
    return read(tomllib.loads(text))
