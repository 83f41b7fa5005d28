"""Parties, who is let in, and what somebody from outside reads."""

import pytest

from okiagari.cases import actions, queries
from okiagari.desk.permits import NOTHING_HERE
from okiagari.problems import Problem
from tests.factories import House, organisation, vulnerability


def test_naming_a_party_lets_nobody_in(house: House, case_id: str) -> None:
    actions.add_party(house.member, case_id, role="partner", organisation="integrator", reference="INT-7")
    with pytest.raises(Problem) as raised:
        queries.case(house.partner, case_id)
    assert raised.value.definition is NOTHING_HERE
    (party,) = queries.parties(house.member, case_id)
    assert (str(party.name), party.reference) == ("Integrator", "INT-7")


def test_the_same_party_is_one(house: House, case_id: str) -> None:
    organisation("jpcert", kind="coordinator")
    first = actions.add_party(house.member, case_id, role="coordinator", organisation="jpcert")
    again = actions.add_party(
        house.member, case_id, role="coordinator", organisation="jpcert", reference="JVN#17964918"
    )
    assert first == again
    actions.end_party(house.member, first, reason="Handed over.")
    assert queries.parties(house.member, case_id)[0].left_at is not None
    with pytest.raises(Problem) as raised:
        actions.end_party(house.member, first)
    assert raised.value.code == "cases.already_withdrawn"


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"role": "friend", "name": "x"}, "role"),
        ({"role": "finder"}, "name"),
        ({"role": "partner", "organisation": "nobody"}, "organisation"),
    ],
)
def test_a_party_is_somebody_with_a_role(
    house: House, case_id: str, fields: dict[str, str], field: str
) -> None:
    with pytest.raises(Problem) as raised:
        actions.add_party(house.member, case_id, **fields)
    assert raised.value.field == field


def test_letting_in_and_out_says_why(house: House, case_id: str) -> None:
    with pytest.raises(Problem) as raised:
        actions.admit(house.member, case_id, kind="team", key="router-dev", level="see", reason="")
    assert raised.value.field == "reason"
    actions.admit(house.member, case_id, kind="team", key="router-dev", level="see", reason="Their product.")
    assert queries.case(house.developer, case_id).id == case_id
    actions.dismiss(house.member, case_id, kind="team", key="router-dev", reason="Not their product.")
    with pytest.raises(Problem) as raised:
        queries.case(house.developer, case_id)
    assert raised.value.definition is NOTHING_HERE


@pytest.mark.parametrize(
    ("kind", "key"), [("team", "nobody"), ("person", "nobody"), ("planet", "psirt"), ("organisation", "x")]
)
def test_only_who_exists_is_let_in(house: House, case_id: str, kind: str, key: str) -> None:
    with pytest.raises(Problem) as raised:
        actions.admit(house.member, case_id, kind=kind, key=key, level="see", reason="Why not.")
    assert raised.value.code == "cases.no_such_principal"


def test_somebody_who_leads_is_always_left(house: House, case_id: str) -> None:
    actions.dismiss(house.member, case_id, kind="team", key="psirt")
    with pytest.raises(Problem) as raised:
        actions.dismiss(house.member, case_id, kind="person", key="member")
    assert raised.value.code == "cases.nobody_leads"


@pytest.fixture
def shared(house: House, case_id: str) -> str:
    """A case a partner was let into, with things that are not theirs."""
    flaw = vulnerability(house.member, case_id)
    actions.note_fact(house.member, flaw, kind="affects_us", at=_past(), evidence="Own logs")
    actions.add_party(house.member, case_id, role="finder", name="A. Finder")
    organisation("other")
    for key, words in [("integrator", "For you."), ("other", "For others."), (None, "For nobody outside.")]:
        actions.communicate(house.member, case_id, audience="partner", text=words, organisation=key)
    actions.communicate(
        house.member,
        case_id,
        audience="partner",
        text="Our note.",
        organisation="integrator",
        direction="note",
    )
    actions.admit(
        house.member, case_id, kind="organisation", key="integrator", level="see", reason="Builds it in."
    )
    return case_id


def _past() -> object:
    from okiagari.plumbing import clock

    return clock.now()


def test_a_partner_reads_the_outline_and_no_facts_or_parties(house: House, shared: str) -> None:
    view = queries.case(house.partner, shared)
    assert view.is_seen_from_outside
    assert view.parties == ()
    assert [flaw.facts for flaw in view.vulnerabilities] == [()]
    assert view.may == {"cases.read"}


def test_a_partner_reads_only_messages_with_their_own_organisation(house: House, shared: str) -> None:
    assert [message.text for message in queries.communications(house.partner, shared)] == ["For you."]
    assert len(queries.communications(house.member, shared)) == 4


@pytest.mark.parametrize("name", ["timeline", "people_in", "parties", "evidence", "tasks", "clocks"])
def test_all_else_is_nothing_to_a_partner(house: House, shared: str, name: str) -> None:
    with pytest.raises(Problem) as raised:
        getattr(queries, name)(house.partner, shared)
    assert raised.value.definition is NOTHING_HERE


def test_lists_over_all_cases_give_a_partner_nothing(house: House, shared: str) -> None:
    actions.add_task(house.member, shared, title=queries.case(house.member, shared).title)
    assert queries.tasks(house.partner) == ()
    assert queries.clocks(house.partner) == ()
    assert len(queries.tasks(house.member)) == 1


@pytest.mark.parametrize("who", ["auditor", "administrator"])
def test_who_only_keeps_the_house_reads_no_case_even_when_let_in(
    house: House, case_id: str, who: str
) -> None:
    actions.admit(house.member, case_id, kind="person", key=who, level="see", reason="By mistake.")
    with pytest.raises(Problem) as raised:
        queries.case(getattr(house, who), case_id)
    assert raised.value.definition is NOTHING_HERE
