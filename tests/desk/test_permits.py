"""Who may see what, who may do what: every verb with every role, and "unknown" is closed."""

from dataclasses import replace

import pytest

from okiagari.desk import permits, scopes
from okiagari.desk.models import Grant, Team
from okiagari.desk.permits import Level
from okiagari.desk.subjects import PUBLIC, SYSTEM, Door, Role, Subject, SubjectKind
from okiagari.desk.verbs import VERBS
from okiagari.problems import Problem
from tests.factories import House

INSIDE = {"member", "developer", "support", "pr", "executive", "approver"}
OUR_WORD = {
    # Said here a second time, by hand: what must not change by a slip in the table.
    "desk.manage": {"administrator"},
    "audit.read": {"auditor"},
    "audit.figures": {"auditor"},
    "cases.open": {"member"},
    "cases.read": INSIDE | {"partner"},
    "cases.inside": INSIDE,
    "cases.work": {"member"},
    "cases.embargo": {"member"},
    "cases.party": {"member"},
    "cases.close": {"member"},
    "cases.evidence": INSIDE,
    "intake.work": {"member"},
    "intake.erase": {"member"},
    "triage.judge_first": {"member", "developer"},
    "triage.judge_final": {"member"},
    "triage.judge_executive": {"executive"},
    "triage.rows": {"member"},
    "triage.decide": {"member", "developer"},
    "remedy.accept": {"executive", "approver"},
    "disclose.approve": {"approver"},
    "disclose.publish": {"member"},
    "system.run": {"administrator"},
}
NO_CASE_CONTENT = {Role.AUDITOR, Role.ADMINISTRATOR}
OF_CASES = ("cases.", "intake.", "triage.", "remedy.", "disclose.", "learn.", "flow.")


def a_subject(*roles: Role, principal: int | None = None, verbs: frozenset[str] | None = None) -> Subject:
    principals = frozenset() if principal is None else frozenset({principal})
    return Subject(
        SubjectKind.PERSON, "somebody", Door.WEB, roles=frozenset(roles), principals=principals, verbs=verbs
    )


@pytest.fixture
def scope(db: None) -> int:
    return scopes.opened("case").pk


def let_in(scope: int, level: Level, key: str = "somebody") -> int:
    principal = scopes.principal_of("person", key)
    scopes.admit(scope, principal.pk, level, "for the test")
    return principal.pk


@pytest.mark.parametrize("role", Role)
@pytest.mark.parametrize("verb", VERBS)
def test_a_role_may_do_what_the_table_says_and_nothing_else(verb: str, role: Role) -> None:
    _, *roles = VERBS[verb]
    named = {each.removesuffix("@own") for each in roles}
    assert permits.may(a_subject(role), verb) is (role in named or "public" in named)


@pytest.mark.parametrize("verb", OUR_WORD)
def test_what_must_not_slip_is_as_it_was_meant(verb: str) -> None:
    allowed = {role.value for role in Role if permits.may(a_subject(role), verb)}
    assert allowed == OUR_WORD[verb]


@pytest.mark.parametrize("role", sorted(NO_CASE_CONTENT))
def test_who_keeps_the_house_or_checks_it_does_nothing_with_cases(role: Role) -> None:
    may = {verb for verb in VERBS if verb.startswith(OF_CASES) and permits.may(a_subject(role), verb)}
    assert may == {"intake.submit"}, "anybody may report a vulnerability, also these"


def test_a_partner_from_outside_reads_and_never_decides() -> None:
    may = {verb for verb in VERBS if permits.may(a_subject(Role.PARTNER), verb)}
    assert may == {"desk.own_account", "intake.submit", "intake.read", "cases.read", "flow.read"}


def test_the_public_may_report_and_nothing_else() -> None:
    assert {verb for verb in VERBS if permits.may(PUBLIC, verb)} == {"intake.submit"}
    assert {verb for verb in VERBS if permits.may(a_subject(), verb)} == {"intake.submit"}, (
        "no role, no right"
    )


@pytest.mark.parametrize("level", Level)
@pytest.mark.parametrize("verb", [verb for verb in VERBS if "member" in VERBS[verb]])
@pytest.mark.django_db
def test_a_verb_needs_its_level_on_the_scope(scope: int, verb: str, level: Level) -> None:
    member = a_subject(Role.MEMBER, principal=let_in(scope, level))
    assert permits.may(member, verb, scope) is (level >= Level[VERBS[verb][0]])


@pytest.mark.django_db
def test_every_verb_with_its_own_level_and_without_a_grant(scope: int) -> None:
    lead = a_subject(*Role, principal=let_in(scope, Level.LEAD))
    stranger = a_subject(*Role)
    for verb in VERBS:
        assert permits.may(lead, verb, scope), verb
        assert not permits.may(stranger, verb, scope), verb


@pytest.mark.django_db
def test_who_may_not_see_is_told_there_is_nothing_and_never_that_they_may_not(scope: int) -> None:
    stranger = a_subject(Role.MEMBER)
    for place in (scope, scope + 1_000_000):
        with pytest.raises(Problem) as raised:
            permits.require(stranger, "cases.work", place)
        assert raised.value.definition is permits.NOTHING_HERE
        assert raised.value.parameters == {}


@pytest.mark.django_db
def test_who_may_see_is_told_what_they_may_not_do(scope: int) -> None:
    reader = a_subject(Role.SUPPORT, principal=let_in(scope, Level.LEAD))
    with pytest.raises(Problem) as raised:
        permits.require(reader, "cases.work", scope)
    assert raised.value.definition is permits.NOT_YOURS


def test_the_public_is_asked_to_sign_in() -> None:
    with pytest.raises(Problem) as raised:
        permits.require(PUBLIC, "cases.open")
    assert raised.value.definition is permits.SIGN_IN


def test_a_verb_that_is_not_in_the_table_is_a_mistake_of_ours_and_no_permission() -> None:
    with pytest.raises(KeyError):
        permits.may(a_subject(*Role), "cases.do_anything")


@pytest.mark.django_db
def test_scopes_are_those_with_a_grant_of_ones_own_principals(scope: int) -> None:
    other = scopes.opened("case").pk
    member = a_subject(Role.MEMBER, principal=let_in(scope, Level.SEE))
    assert set(permits.scopes(member)) == {scope}
    assert set(permits.scopes(member, Level.WORK)) == set()
    assert set(permits.scopes(a_subject(Role.MEMBER))) == set()
    assert set(permits.scopes(PUBLIC)) == set()
    assert {scope, other} <= set(permits.scopes(SYSTEM))


@pytest.mark.django_db
def test_the_highest_of_several_grants_counts(scope: int) -> None:
    low, high = let_in(scope, Level.SEE), let_in(scope, Level.LEAD, "another")
    both = replace(a_subject(Role.MEMBER), principals=frozenset({low, high}))
    assert permits.may(both, "cases.embargo", scope)
    assert not permits.may(a_subject(Role.MEMBER, principal=low), "cases.embargo", scope)


@pytest.mark.django_db
def test_letting_in_again_raises_a_level_and_never_lowers_it(scope: int) -> None:
    principal = let_in(scope, Level.WORK)
    scopes.admit(scope, principal, Level.SEE, "only to see")
    grant = Grant.objects.get(scope_id=scope)
    assert (grant.level, grant.reason) == (Level.WORK, "for the test")
    scopes.admit(scope, principal, Level.LEAD, "to lead")
    grant.refresh_from_db()
    assert (grant.level, grant.reason) == (Level.LEAD, "to lead")


@pytest.mark.django_db
def test_a_grant_taken_away_closes_the_scope(scope: int) -> None:
    principal = let_in(scope, Level.LEAD)
    assert scopes.dismiss(scope, principal)
    assert not scopes.dismiss(scope, principal)
    assert not permits.may_see(a_subject(Role.MEMBER, principal=principal), scope)


def test_letting_teams_in_lets_in_all_of_the_kind_and_no_other(house: House) -> None:
    scope = scopes.opened("case").pk
    scopes.admit_teams(scope, ("psirt", "csirt"), Level.LEAD, "for the test")
    inside = set(Grant.objects.filter(scope_id=scope).values_list("principal__key", flat=True))
    assert inside == set(Team.objects.filter(kind__in=("psirt", "csirt")).values_list("key", flat=True))
    assert permits.may_see(house.member, scope)
    assert not permits.may_see(house.second, scope)
    assert not permits.may_see(house.developer, scope)


@pytest.mark.django_db
def test_allowed_answers_for_many_verbs_with_one_question(
    scope: int, django_assert_num_queries: object
) -> None:
    worker = a_subject(Role.MEMBER, principal=let_in(scope, Level.WORK))
    with django_assert_num_queries(1):
        allowed = permits.allowed(worker, scope, VERBS)
    assert allowed == {verb for verb in VERBS if permits.may(worker, verb, scope)}
    assert permits.allowed(a_subject(Role.MEMBER), scope, VERBS) == frozenset()


@pytest.mark.django_db
def test_a_token_made_for_few_verbs_can_do_no_other(scope: int) -> None:
    principal = let_in(scope, Level.LEAD)
    token = a_subject(Role.MEMBER, principal=principal, verbs=frozenset({"cases.read", "disclose.approve"}))
    assert {verb for verb in VERBS if permits.may(token, verb, scope)} == {"cases.read"}
    assert permits.allowed(token, scope, VERBS) == {"cases.read"}


@pytest.mark.django_db
def test_a_token_made_for_another_room_does_not_even_learn_that_something_is_here(scope: int) -> None:
    principal = let_in(scope, Level.LEAD)
    refusals = {
        "catalog.read": permits.NOTHING_HERE,
        "intake.read": permits.NOTHING_HERE,
        "cases.read": permits.NOT_YOURS,
        "triage.decide": permits.NOT_YOURS,
    }
    for verb, refusal in refusals.items():
        token = a_subject(Role.MEMBER, principal=principal, verbs=frozenset({verb}))
        with pytest.raises(Problem) as raised:
            permits.require(token, "cases.close", scope)
        assert raised.value.definition is refusal


def test_a_role_with_own_may_only_with_what_belongs_to_its_teams() -> None:
    developer = replace(a_subject(Role.DEVELOPER), teams=frozenset({"router-dev"}))
    assert permits.may_for(developer, "triage.decide", "router-dev")
    assert not permits.may_for(developer, "triage.decide", "storage-dev")
    assert not permits.may_for(developer, "triage.decide", "")
    assert permits.may_for(a_subject(Role.MEMBER), "triage.decide", "storage-dev")
    with pytest.raises(Problem) as refused:
        permits.require_for(developer, "triage.decide", {"HDL-A": "storage-dev"})
    assert refused.value.definition is permits.OTHER_TEAM
