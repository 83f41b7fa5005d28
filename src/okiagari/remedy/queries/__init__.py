"""Nouns of remedy: measures and what they lack, what is stopped now, what a serial number says."""

from .gaps import cells, gaps
from .measures import in_force, measure, measures, promised
from .serials import cut_ins, ships_fixed
from .values import CountView, CutInView, Gaps, MeasureView, SerialView, StockView

__all__ = [
    "CountView",
    "CutInView",
    "Gaps",
    "MeasureView",
    "SerialView",
    "StockView",
    "cells",
    "cut_ins",
    "gaps",
    "in_force",
    "measure",
    "measures",
    "promised",
    "ships_fixed",
]
