"""The advisory tests stand on the case of 2015, made through the real actions. See `story`."""

from pathlib import Path

import pytest
from django.conf import LazySettings

from tests.disclose.story import Story, begun


@pytest.fixture
def site(settings: LazySettings, tmp_path: Path) -> Path:
    """A site folder of its own."""
    from dataclasses import replace

    settings.ENVIRONMENT = replace(
        settings.ENVIRONMENT, site_dir=tmp_path / "site", site_url="https://maker.example/security"
    )
    return tmp_path / "site"


@pytest.fixture
def story(db: None, site: Path) -> Story:
    return begun()
