"""The case of 2015, submitted; see `story`."""

from tests.disclose.conftest import site, story

__all__ = ["site", "story"]
