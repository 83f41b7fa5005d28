"""People at their desks, signed in, and reports to work on."""

from collections.abc import Callable

import pytest
from django.test import Client

from okiagari.desk.models import Person
from okiagari.desk.subjects import Subject
from okiagari.intake import actions
from tests import factories


@pytest.fixture
def house(db: None) -> factories.House:
    return factories.house()


@pytest.fixture
def enter() -> Callable[..., Client]:
    """A browser in which this person is signed in."""

    def browser(subject: Subject, language: str = "en") -> Client:
        client = Client(HTTP_ACCEPT_LANGUAGE=language)
        client.force_login(
            Person.objects.get(username=subject.key), backend="django.contrib.auth.backends.ModelBackend"
        )
        return client

    return browser


@pytest.fixture
def report_id(house: factories.House) -> str:
    return actions.receive(
        house.support,
        source="user",
        title="SSDP に応答する",
        text="WAN 側から SSDP の問い合わせを送ると応答が返ります。",
        product_text="NP-BBRS",
        reporter=actions.ReporterData(name="見本 太郎", contact="taro@example.jp"),
        files=[actions.UploadedPart("証拠.html", "text/html", [b"<script>alert(1)</script>"])],
    )
