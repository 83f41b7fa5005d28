"""A decided case, and browsers in which its people are signed in."""

from tests.remedy.conftest import story
from tests.web.cases.conftest import enter

__all__ = ["enter", "story"]
