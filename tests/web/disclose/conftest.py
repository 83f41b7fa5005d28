"""A story to look at, and browsers in which its people are signed in."""

from tests.disclose.conftest import site, story
from tests.web.cases.conftest import enter

__all__ = ["enter", "site", "story"]
