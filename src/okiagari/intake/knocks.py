"""How often one address may knock at the public doors. Each raises TOO_OFTEN."""

from okiagari.intake.rules import limits
from okiagari.plumbing import limiter


def count_try(address: str) -> None:
    """Any attempt, whether it succeeds or not."""
    limiter.take("intake.try", address, limit=limits.TRIES_PER_HOUR, seconds=limits.HOUR)


def count_report(address: str) -> None:
    limiter.take("intake.report", address, limit=limits.REPORTS_PER_HOUR, seconds=limits.HOUR)


def count_message(address: str) -> None:
    limiter.take("intake.message", address, limit=limits.MESSAGES_PER_HOUR, seconds=limits.HOUR)
