"""Nouns of learning: lessons, promises, the years behind, the product security specification."""

from okiagari.learn.queries.lessons import (
    LessonView,
    PromiseView,
    lessons,
    open_actions,
    promise,
    promises,
)
from okiagari.learn.queries.looking_back import LookBack, look_back
from okiagari.learn.queries.specification import SpecItemView, SpecVersionView, spec_item, specification

__all__ = [
    "LessonView",
    "LookBack",
    "PromiseView",
    "SpecItemView",
    "SpecVersionView",
    "lessons",
    "look_back",
    "open_actions",
    "promise",
    "promises",
    "spec_item",
    "specification",
]
