"""What the holder of a receipt learns of the case: how far it is, nothing of who else reported."""

import pytest

from okiagari.desk.subjects import PUBLIC
from okiagari.flow.progress import progress
from okiagari.intake import actions
from tests import factories
from tests.factories import House, text
from tests.intake.made import FORM


def sent(**more: object) -> actions.Receipt:
    receipt = actions.spool(PUBLIC, {**FORM, **more}, ())
    actions.absorb(receipt.number)
    return receipt


@pytest.mark.django_db
def test_both_reporters_follow_the_case_and_learn_nothing_of_each_other(house: House) -> None:
    one, other = sent(), sent(name="例示 花子", problem="SSDPに応答してしまいます。")
    assert progress(PUBLIC, one.secret) == ()
    actions.acknowledge(house.member, one.number, answer=text("受け付けました。"))
    case = actions.accept(house.member, one.number)
    actions.mark_duplicate(house.member, other.number, duplicate_of=one.number, reason="同じです。")
    assert progress(PUBLIC, one.secret) == progress(PUBLIC, other.secret) == ("checking",)
    second = factories.case(house.member, "もう一件")
    actions.link(house.member, one.number, case_id=second, reason="二件書かれています。")
    assert progress(PUBLIC, other.secret) == ("checking", "checking")
    assert case not in str(progress(PUBLIC, one.secret))
    assert progress(PUBLIC, "x" * 43) == ()
