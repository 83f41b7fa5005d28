from collections.abc import Callable

import pytest
from django.test import Client

from okiagari.desk.models import Person
from okiagari.desk.subjects import Subject
from tests import factories
from tests.remedy.conftest import story

__all__ = ["story"]

Enter = Callable[..., Client]


@pytest.fixture
def house(db: None) -> factories.House:
    return factories.house()


@pytest.fixture
def case_id(house: factories.House) -> str:
    return factories.case(house.member)


@pytest.fixture
def enter(db: None) -> Enter:
    """A browser in which somebody is signed in, in a language."""

    def enter(subject: Subject, language: str = "en") -> Client:
        client = Client(headers={"accept-language": language})
        client.force_login(
            Person.objects.get(username=subject.key), "django.contrib.auth.backends.ModelBackend"
        )
        return client

    return enter
