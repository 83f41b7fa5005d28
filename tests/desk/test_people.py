"""Accounts, teams, deputies and tokens: what they give, when they end, what the ledger says of them."""

import hashlib
from datetime import UTC, datetime, timedelta

import pytest
from django.contrib.auth.hashers import check_password

from okiagari.desk import directory, people, permits, scopes
from okiagari.desk.models import Person, Token
from okiagari.desk.permits import Level
from okiagari.desk.subjects import PUBLIC, SYSTEM, Door, Role, Subject, SubjectKind
from okiagari.plumbing import clock, ledger
from okiagari.problems import Problem
from tests.factories import House, organisation, person, text

NOW = datetime(2015, 8, 18, 3, tzinfo=UTC)
DAY = timedelta(days=1)


def fresh(subject: Subject) -> Subject:
    """The same person as they are now."""
    return people.named(subject.key, Door.WEB)


def last_line() -> tuple[str, str]:
    line = max(ledger.entries([("desk", "people")]), key=lambda entry: entry.seq)
    return line.verb, line.subject_key


def code_of(raised: "pytest.ExceptionInfo[Problem]") -> str:
    return raised.value.code


# accounts and teams


def test_a_person_holds_their_own_grants_and_those_of_their_teams(house: House) -> None:
    assert house.member.teams == {"psirt"}
    assert len(house.member.principals) == 2
    assert house.second.teams == frozenset()
    assert house.member.roles == {Role.MEMBER}


def test_bringing_a_person_up_to_date_changes_roles_and_teams_and_keeps_the_password(house: House) -> None:
    person("tanaka", Role.SUPPORT, teams=("support",), password="a first password")
    person("tanaka", Role.PR, teams=("pr",), password="another password")
    row = Person.objects.get(username="tanaka")
    assert check_password("a first password", row.password)
    changed = people.named("tanaka", Door.WEB)
    assert (changed.roles, changed.teams) == ({Role.PR}, {"pr"})


def test_an_account_without_a_password_cannot_sign_in(house: House) -> None:
    row = Person.objects.get(username="member")
    assert not row.has_usable_password()
    assert not check_password("", row.password)


@pytest.mark.parametrize(
    ("change", "code"),
    [
        ({"roles": ["king"]}, "desk.unknown_role"),
        ({"teams": ["nobody"]}, "desk.no_such_team"),
        ({"organisation": "nowhere"}, "desk.no_such_organisation"),
    ],
)
def test_a_role_a_team_or_an_organisation_that_is_not_there_is_refused_and_nothing_is_kept(
    house: House, change: dict[str, object], code: str
) -> None:
    given = {"name": text("x"), "roles": ["support"], **change}
    with pytest.raises(Problem) as raised:
        people.make_person(house.administrator, "tanaka", **given)
    assert code_of(raised) == code
    assert not Person.objects.filter(username="tanaka").exists()


@pytest.mark.parametrize("who", ["member", "developer", "auditor", "partner", "approver"])
def test_only_an_administrator_keeps_accounts(house: House, who: str) -> None:
    subject = getattr(house, who)
    for attempt in (
        lambda: people.make_person(subject, "x", name=text("x"), roles=[]),
        lambda: people.make_team(subject, "x", kind="psirt", name=text("x")),
        lambda: people.make_organisation(subject, "x", kind="partner", name=text("x")),
        lambda: people.retire_person(subject, "member"),
    ):
        with pytest.raises(Problem) as raised:
            attempt()
        assert code_of(raised) == "desk.not_yours"


def test_what_an_administrator_does_is_a_line_of_the_ledger(house: House) -> None:
    people.make_person(house.administrator, "tanaka", name=text("田中"), roles=["support"], teams=["support"])
    assert last_line() == ("desk.person", "administrator")
    people.retire_person(house.administrator, "tanaka")
    assert last_line() == ("desk.person_retired", "administrator")


def test_a_closed_account_is_nobody_and_its_tokens_stop(house: House) -> None:
    _, secret = people.make_token(house.developer, label="ci")
    people.retire_person(house.administrator, "developer")
    with pytest.raises(Problem) as raised:
        people.named("developer", Door.WEB)
    assert code_of(raised) == "desk.no_such_person"
    with pytest.raises(Problem) as raised:
        people.bearer(secret)
    assert code_of(raised) == "desk.token_refused"
    assert Person.objects.filter(username="developer").exists(), "what it did keeps its name"


def test_closing_an_account_that_is_not_there_says_so(house: House) -> None:
    with pytest.raises(Problem) as raised:
        people.retire_person(house.administrator, "nobody")
    assert code_of(raised) == "desk.no_such_person"


def test_only_a_partner_of_an_organisation_holds_its_grants(house: House) -> None:
    organisation("supplier")
    scope = scopes.opened("case").pk
    scopes.admit(scope, scopes.principal_of("organisation", "supplier").pk, Level.SEE, "for the test")
    outside = person("outside", Role.PARTNER, organisation="supplier")
    inside = person("inside", Role.SUPPORT, organisation="supplier")
    assert permits.may_see(outside, scope)
    assert not permits.may_see(inside, scope)
    assert not permits.may_see(house.partner, scope)


def test_a_language_that_is_not_offered_is_left_alone(house: House) -> None:
    people.choose_language(house.member, "en")
    people.choose_language(house.member, "tlh")
    assert directory.myself(house.member).language == "en"


# deputies


@pytest.fixture
def case_scope(house: House) -> int:
    scope = scopes.opened("case").pk
    scopes.admit_teams(scope, ("psirt",), Level.LEAD, "for the test")
    return scope


def test_a_deputy_has_grants_and_roles_for_a_time_and_stays_themselves(house: House, case_scope: int) -> None:
    people.name_deputy(house.member, "support", since=NOW, until=NOW + DAY)
    for at, stands_in in ((NOW - DAY, False), (NOW, True), (NOW + DAY / 2, True), (NOW + DAY, False)):
        with clock.at(at):
            deputy = fresh(house.support)
        assert permits.may(deputy, "cases.embargo", case_scope) is stands_in, at
        assert (Role.MEMBER in deputy.roles) is stands_in
        assert deputy.key == "support"
        assert deputy.stands_in_for == ({"member"} if stands_in else set())
    assert last_line() == ("desk.deputy_named", "member")


def test_a_deputyship_ends_at_once_when_it_is_ended(house: House, case_scope: int) -> None:
    with clock.at(NOW):
        people.name_deputy(house.member, "support", since=NOW, until=NOW + DAY)
        people.end_deputy(house.member, "support")
        assert not permits.may_see(fresh(house.support), case_scope)
        assert last_line() == ("desk.deputy_ended", "member")
        assert directory.deputies(house.member) == ()
        with pytest.raises(Problem) as raised:
            people.end_deputy(house.member, "support")
        assert code_of(raised) == "desk.nothing_here"


def test_nobody_ends_the_deputyship_of_another(house: House, case_scope: int) -> None:
    with clock.at(NOW):
        people.name_deputy(house.member, "support", since=NOW, until=NOW + DAY)
        with pytest.raises(Problem) as raised:
            people.end_deputy(house.developer, "support")
        assert code_of(raised) == "desk.nothing_here"
        assert permits.may_see(fresh(house.support), case_scope)


def test_a_deputy_of_a_deputy_is_no_deputy(house: House, case_scope: int) -> None:
    with clock.at(NOW):
        people.name_deputy(house.member, "support", since=NOW, until=NOW + DAY)
        people.name_deputy(fresh(house.support), "developer", since=NOW, until=NOW + DAY)
        assert not permits.may_see(fresh(house.developer), case_scope)


def test_when_an_account_is_closed_nobody_stands_in_for_it(house: House, case_scope: int) -> None:
    with clock.at(NOW):
        people.name_deputy(house.member, "support", since=NOW, until=NOW + DAY)
        people.retire_person(house.administrator, "member")
        assert not permits.may_see(fresh(house.support), case_scope)
        assert fresh(house.support).roles == {Role.SUPPORT}


def test_the_deputy_of_a_partner_sees_what_the_partner_sees(house: House) -> None:
    person("colleague", Role.PARTNER)
    scope = scopes.opened("case").pk
    scopes.admit(scope, scopes.principal_of("organisation", "integrator").pk, Level.SEE, "for the test")
    with clock.at(NOW):
        people.name_deputy(house.partner, "colleague", since=NOW, until=NOW + DAY)
        assert permits.may_see(people.named("colleague", Door.WEB), scope)


@pytest.mark.parametrize(
    ("deputy", "days", "code"),
    [
        ("member", 1, "desk.deputy_wrong"),
        ("support", 0, "desk.deputy_wrong"),
        ("support", -1, "desk.deputy_wrong"),
        ("nobody", 1, "desk.no_such_person"),
    ],
)
def test_a_deputy_is_another_person_for_a_time(house: House, deputy: str, days: int, code: str) -> None:
    with pytest.raises(Problem) as raised:
        people.name_deputy(house.member, deputy, since=NOW, until=NOW + days * DAY)
    assert code_of(raised) == code


# tokens


def test_of_a_token_only_the_hash_is_kept_and_the_secret_is_shown_once(house: House) -> None:
    public_id, secret = people.make_token(house.member, label="ci")
    row = Token.objects.get(public_id=public_id)
    assert row.hash == hashlib.sha256(secret.encode()).hexdigest()
    stored = [str(getattr(row, field.attname)) for field in Token._meta.concrete_fields]
    assert not any(secret in value for value in stored)
    assert secret not in str(directory.tokens(house.member))
    assert secret not in str(ledger.entries([("desk", "people")]))
    assert last_line() == ("desk.token_made", "member")


def test_a_token_is_its_person_at_the_door_of_the_api(house: House) -> None:
    _, secret = people.make_token(house.member, label="ci")
    token = people.bearer(secret)
    assert (token.kind, token.key, token.door) == (SubjectKind.TOKEN, "member", Door.API)
    assert (token.principals, token.roles, token.verbs) == (
        house.member.principals,
        house.member.roles,
        None,
    )


def test_a_token_can_be_made_for_few_verbs(house: House) -> None:
    _, secret = people.make_token(house.member, label="ci", verbs=["cases.read", "cases.read"])
    token = people.bearer(secret)
    assert token.verbs == {"cases.read"}
    with pytest.raises(Problem) as raised:
        people.make_token(house.member, label="ci", verbs=["cases.read_all"])
    assert code_of(raised) == "desk.unknown_verb"


def test_a_token_cannot_make_another(house: House) -> None:
    """Else it would outlive its own revocation, and one of few verbs could make one of all."""
    for verbs in ((), ("desk.own_account",)):
        _, secret = people.make_token(house.member, label="ci", verbs=verbs)
        with pytest.raises(Problem) as raised:
            people.make_token(people.bearer(secret), label="mine")
        assert code_of(raised) == "desk.token_makes_token"


def test_a_token_of_few_verbs_does_not_touch_the_account(house: House) -> None:
    public_id, secret = people.make_token(house.member, label="ci", verbs=["cases.read"])
    people.name_deputy(house.member, "support", since=clock.now(), until=clock.now() + DAY)
    token = people.bearer(secret)
    for attempt in (
        lambda: people.revoke_token(token, public_id),
        lambda: people.end_deputy(token, "support"),
        lambda: people.name_deputy(token, "developer", since=NOW, until=NOW + DAY),
        lambda: people.choose_language(token, "en"),
        lambda: directory.tokens(token),
        lambda: directory.deputies(token),
    ):
        with pytest.raises(Problem) as raised:
            attempt()
        assert code_of(raised) == "desk.not_yours"


def test_a_revoked_token_is_refused_at_once_and_only_its_owner_revokes_it(house: House) -> None:
    public_id, secret = people.make_token(house.member, label="ci")
    with pytest.raises(Problem) as raised:
        people.revoke_token(house.developer, public_id)
    assert code_of(raised) == "desk.nothing_here"
    people.bearer(secret)
    people.revoke_token(house.member, public_id.lower())
    with pytest.raises(Problem) as raised:
        people.bearer(secret)
    assert code_of(raised) == "desk.token_refused"
    with pytest.raises(Problem):
        people.revoke_token(house.member, public_id)


def test_a_token_expires(house: House) -> None:
    with clock.at(NOW):
        _, secret = people.make_token(house.member, label="ci", days=30)
    with clock.at(NOW + 30 * DAY - timedelta(seconds=1)):
        people.bearer(secret)
    with clock.at(NOW + 30 * DAY), pytest.raises(Problem) as raised:
        people.bearer(secret)
    assert code_of(raised) == "desk.token_refused"


@pytest.mark.parametrize("secret", ["", "oki_", "oki_unknown", "x" * 10_000, "日本語"])
def test_a_token_nobody_made_is_refused(house: House, secret: str) -> None:
    with pytest.raises(Problem) as raised:
        people.bearer(secret)
    assert code_of(raised) == "desk.token_refused"


def test_a_token_loses_what_its_person_loses(house: House) -> None:
    _, secret = people.make_token(house.member, label="ci")
    person("member", Role.SUPPORT)
    token = people.bearer(secret)
    assert (token.roles, token.teams) == ({Role.SUPPORT}, frozenset())


def test_the_last_use_of_a_token_is_noted_now_and_then(house: House) -> None:
    with clock.at(NOW):
        _, secret = people.make_token(house.member, label="ci")
        people.bearer(secret)
    with clock.at(NOW + timedelta(minutes=4)):
        people.bearer(secret)
    assert Token.objects.get().last_used_at == NOW
    with clock.at(NOW + timedelta(minutes=6)):
        people.bearer(secret)
    assert Token.objects.get().last_used_at == NOW + timedelta(minutes=6)


@pytest.mark.parametrize("subject", [PUBLIC, SYSTEM], ids=["public", "system"])
def test_who_has_no_account_has_no_tokens(house: House, subject: Subject) -> None:
    with pytest.raises(Problem) as raised:
        people.make_token(subject, label="x")
    assert code_of(raised) == "desk.sign_in"


# the directory


@pytest.mark.parametrize(
    ("who", "may"),
    [("member", True), ("support", True), ("auditor", True), ("administrator", True), ("partner", False)],
)
def test_who_reads_the_directory(house: House, who: str, may: bool) -> None:
    for ask in (directory.people, directory.teams, directory.organisations):
        if may:
            assert ask(getattr(house, who))
        else:
            with pytest.raises(Problem) as raised:
                ask(getattr(house, who))
            assert code_of(raised) == "desk.not_yours"


def test_the_directory_asks_the_same_few_questions_however_many_there_are(
    house: House, django_assert_num_queries: object
) -> None:
    for number in range(20):
        person(f"person{number}", Role.SUPPORT, teams=("support", "pr"))
    with django_assert_num_queries(3):
        assert len(directory.people(house.member)) == 29
    with django_assert_num_queries(3):
        directory.teams(house.member)
