"""Verbs of learning: lessons and promises of cases; the product security specification."""

from okiagari.learn.actions.lessons import assign, fulfil, learn, promise
from okiagari.learn.actions.specification import put_spec_item, withdraw_spec_item

__all__ = ["assign", "fulfil", "learn", "promise", "put_spec_item", "withdraw_spec_item"]
