"""Verbs of the catalogue: import a whole one, or put one thing right. Natural keys make both repeatable."""

from okiagari.catalog.actions.components import drop_component, put_component
from okiagari.catalog.actions.frame import STREAM
from okiagari.catalog.actions.importing import Imported, import_catalogue
from okiagari.catalog.actions.lines import (
    drop_alias,
    move_release,
    put_alias,
    put_line,
    put_release,
    set_release_state,
)
from okiagari.catalog.actions.looks import keep_picture, put_revision, put_steps, set_listing
from okiagari.catalog.actions.products import (
    put_product,
    put_shipped,
    put_support_date,
    put_target,
    restore_product,
    retire_product,
)
from okiagari.catalog.actions.systems import put_system

__all__ = [
    "STREAM",
    "Imported",
    "drop_alias",
    "drop_component",
    "import_catalogue",
    "keep_picture",
    "move_release",
    "put_alias",
    "put_component",
    "put_line",
    "put_product",
    "put_release",
    "put_revision",
    "put_shipped",
    "put_steps",
    "put_support_date",
    "put_system",
    "put_target",
    "restore_product",
    "retire_product",
    "set_listing",
    "set_release_state",
]
