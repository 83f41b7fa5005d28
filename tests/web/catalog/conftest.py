"""A catalogue to look at, and browsers in which its readers are signed in."""

from tests.catalog.conftest import catalogue, house
from tests.web.cases.conftest import enter

__all__ = ["catalogue", "enter", "house"]
