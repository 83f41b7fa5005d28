"""Verbs of remedy. Each locks the case of its measure and writes one line on it."""

from .factory import cut_in
from .finishing import accept_risk, end_measure, ready, verify, withdraw_measure
from .planning import plan_measure, reschedule, reword
from .shipping import (
    approve_resume,
    approve_stop,
    refuse_resume,
    refuse_stop,
    resume_shipping,
    stop_shipping,
)
from .stock import count_stock, put_stock

__all__ = [
    "accept_risk",
    "approve_resume",
    "approve_stop",
    "count_stock",
    "cut_in",
    "end_measure",
    "plan_measure",
    "put_stock",
    "ready",
    "refuse_resume",
    "refuse_stop",
    "reschedule",
    "resume_shipping",
    "reword",
    "stop_shipping",
    "verify",
    "withdraw_measure",
]
