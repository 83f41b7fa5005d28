"""The maker's house, and reports in it. Files of one test never meet those of another."""

from collections.abc import Callable
from pathlib import Path

import pytest

from okiagari.desk.subjects import PUBLIC
from okiagari.intake import actions
from okiagari.plumbing import anchors
from tests import factories
from tests.intake.made import FORM


@pytest.fixture(autouse=True)
def _anchors_of_this_test(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(anchors, "folder", lambda: tmp_path)


@pytest.fixture
def house(db: None) -> factories.House:
    return factories.house()


@pytest.fixture
def spooled(house: factories.House) -> Callable[..., actions.Receipt]:
    """Takes a report in at the public door and absorbs it, as the job would."""

    def take(*files: actions.UploadedPart, **more: object) -> actions.Receipt:
        receipt = actions.spool(PUBLIC, {**FORM, **more}, files)
        actions.absorb(receipt.number)
        return receipt

    return take


@pytest.fixture
def report_id(spooled: Callable[..., actions.Receipt]) -> str:
    return spooled().number
