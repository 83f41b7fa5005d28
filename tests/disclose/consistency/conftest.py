"""The case of 2015, submitted; see `story`."""

from tests.disclose.conftest import site, story
from tests.web.cases.conftest import enter

__all__ = ["enter", "site", "story"]
