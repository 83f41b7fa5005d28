"""The published case of 2015 with its fleet, and browsers in which its people are signed in."""

from tests.disclose.conftest import site
from tests.reach.conftest import drafted, field, published
from tests.web.cases.conftest import enter

__all__ = ["drafted", "enter", "field", "published", "site"]
