from collections.abc import Callable

import pytest
from django.test import Client

from okiagari.desk.models import Person
from okiagari.desk.subjects import Subject
from okiagari.triage import actions
from tests import factories
from tests.support.photographs import photographed
from tests.triage.conftest import CATALOGUE, Matter

Enter = Callable[..., Client]


@pytest.fixture
def house(db: None) -> factories.House:
    house = factories.house()
    factories.catalogue(CATALOGUE)
    return house


@pytest.fixture
def matter(house: factories.House) -> Matter:
    """A case with two vulnerabilities and three products in its grid."""
    return _framed(house)


@photographed
def _framed(house: factories.House) -> Matter:
    case = factories.case(house.member)
    first = factories.vulnerability(house.member, case, "SSDPリフレクション", cve="CVE-2015-2984")
    second = factories.vulnerability(house.member, case, "別の問題")
    actions.freeze_rows(house.member, case, rule={"team": "router-dev"})
    return Matter(house.member, case, first, second)


@pytest.fixture
def enter(db: None) -> Enter:
    """A browser in which somebody is signed in, in a language."""

    def enter(subject: Subject, language: str = "en") -> Client:
        client = Client(headers={"accept-language": language})
        person = Person.objects.get(username=subject.key)
        client.force_login(person, "django.contrib.auth.backends.ModelBackend")
        return client

    return enter


@pytest.fixture
def browser(house: factories.House, enter: Enter) -> Client:
    return enter(house.member)
