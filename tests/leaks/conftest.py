"""One walk for the visitors that a module asks for: they share the house and the secret."""

import logging
from collections.abc import Mapping

import pytest
from pytest_django.plugin import DjangoDbBlocker

from okiagari.plumbing import clock
from tests.leaks.house import NOW
from tests.leaks.walking import Walked, walk
from tests.support.stories import a_world


@pytest.fixture(scope="module")
def walked(
    request: pytest.FixtureRequest,
    django_db_setup: None,
    django_db_blocker: DjangoDbBlocker,
    tmp_path_factory: pytest.TempPathFactory,
) -> Mapping[str, Walked]:
    """The walk of all strangers that this run asks for, made once."""
    asked = [
        str(item.callspec.params["who"])
        for item in request.session.items
        if isinstance(item, pytest.Function) and item.module is request.module and hasattr(item, "callspec")
    ]
    logger = logging.getLogger("django")
    level = logger.level
    logger.setLevel("CRITICAL")
    folder = tmp_path_factory.mktemp("walk")
    with django_db_blocker.unblock(), a_world(folder), clock.at(NOW):
        found = walk(asked, with_who_knows=hasattr(request.module, "KNOWING"))
    logger.setLevel(level)
    return found
