"""Who may approve, by the person and by whose power; what an approval is worth."""

import pytest

from okiagari.disclose.rules.approval import Power, Sealed, may_approve, why_asked_again

AUTHORS = frozenset({"author", "submitter"})


@pytest.mark.parametrize(
    ("power", "expected"),
    [
        (Power("approver", is_own=True), True),
        (Power("author", is_own=True), False),
        (Power("submitter", is_own=True), False),
        (Power("deputy", is_own=False, lent_by=frozenset({"approver"})), True),
        (Power("deputy", is_own=False, lent_by=frozenset({"author"})), False),
        (Power("deputy", is_own=False, lent_by=frozenset({"author", "approver"})), True),
        (Power("deputy", is_own=True, lent_by=frozenset({"author"})), True),
        (Power("author", is_own=False, lent_by=frozenset({"approver"})), False),
        (Power("nobody", is_own=False), False),
    ],
)
def test_the_power_to_approve_never_comes_from_an_author(power: Power, expected: bool) -> None:
    assert may_approve(power, AUTHORS) is expected


def test_an_approval_holds_for_one_content_and_one_renderer() -> None:
    seen = Sealed("aa", "1")
    assert why_asked_again(seen, Sealed("bb", "1")) == "content"
    assert why_asked_again(seen, Sealed("aa", "2")) == "renderer"
    assert why_asked_again(seen, Sealed("aa", "1")) == ""
