"""The story of an advisory, its file, and browsers in which its people are signed in."""

from tests.disclose.conftest import site
from tests.flow.importing.conftest import story
from tests.web.cases.conftest import enter

__all__ = ["enter", "site", "story"]
