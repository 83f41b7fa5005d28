"""Who is here: my own subject, accounts, teams, organisations, tokens, deputies."""

from django.http import HttpRequest, HttpResponse
from ninja import Router, Schema
from pydantic import AwareDatetime

from okiagari.api.base import answer, asking, page
from okiagari.desk import directory, people, views
from okiagari.standards.localtext import LocalText

router = Router()


class TokenIn(Schema):
    label: str
    verbs: list[str] = []
    days: int = people.TOKEN_DAYS


class DeputyIn(Schema):
    deputy: str
    since: AwareDatetime
    until: AwareDatetime


class PersonIn(Schema):
    name: dict[str, str]
    roles: list[str]
    teams: list[str] = []
    email: str = ""
    language: str = "ja"
    organisation: str = ""


class TeamIn(Schema):
    kind: str
    name: dict[str, str]


@router.get("/me", operation_id="read_me")
def me(request: HttpRequest) -> HttpResponse:
    """Who the caller is, with roles and teams."""
    subject = asking(request)
    return answer(
        {
            "kind": subject.kind,
            "key": subject.key,
            "name": subject.name,
            "roles": sorted(subject.roles),
            "teams": sorted(subject.teams),
            "stands_in_for": sorted(subject.stands_in_for),
            "verbs": sorted(subject.verbs) if subject.verbs is not None else None,
        }
    )


@router.get("/people", operation_id="list_people")
def list_people(request: HttpRequest) -> HttpResponse:
    """Every account."""
    return answer(page(directory.people(asking(request))))


@router.put("/people/{username}", operation_id="put_person")
def put_person(request: HttpRequest, username: str, given: PersonIn) -> HttpResponse:
    """Make an account, or bring it up to date. A new one has no password until an administrator sets it."""
    people.make_person(
        asking(request),
        username,
        name=LocalText.from_json(given.name),
        roles=given.roles,
        teams=given.teams,
        email=given.email,
        language=given.language,
        organisation=given.organisation,
    )
    return answer(directory.person(asking(request), username))


@router.delete("/people/{username}", operation_id="retire_person")
def retire_person(request: HttpRequest, username: str) -> HttpResponse:
    """Close an account. What it did keeps its name."""
    people.retire_person(asking(request), username)
    return answer({"username": username, "is_active": False})


@router.get("/teams", operation_id="list_teams")
def list_teams(request: HttpRequest) -> HttpResponse:
    """Every team with its members."""
    return answer(page(directory.teams(asking(request))))


@router.put("/teams/{key}", operation_id="put_team")
def put_team(request: HttpRequest, key: str, given: TeamIn) -> HttpResponse:
    """Make a team, or rename it."""
    people.make_team(asking(request), key, kind=given.kind, name=LocalText.from_json(given.name))
    return answer({"key": key, "kind": given.kind, "name": given.name})


@router.get("/organisations", operation_id="list_organisations")
def list_organisations(request: HttpRequest) -> HttpResponse:
    """The maker, brands, partners, coordinators."""
    return answer(page(directory.organisations(asking(request))))


@router.get("/me/tokens", operation_id="list_tokens")
def list_tokens(request: HttpRequest) -> HttpResponse:
    """My own tokens; never a secret."""
    return answer(page(directory.tokens(asking(request))))


@router.post("/me/tokens", operation_id="make_token")
def make_token(request: HttpRequest, given: TokenIn) -> HttpResponse:
    """Make a token. Its secret is in this answer and nowhere else."""
    token_id, secret = people.make_token(
        asking(request), label=given.label, verbs=given.verbs, days=min(max(given.days, 1), people.TOKEN_DAYS)
    )
    return answer({"id": token_id, "secret": secret}, status=201)


@router.delete("/me/tokens/{token_id}", operation_id="revoke_token")
def revoke_token(request: HttpRequest, token_id: str) -> HttpResponse:
    """Revoke one of my tokens."""
    people.revoke_token(asking(request), token_id)
    return answer({"id": token_id, "is_live": False})


@router.get("/me/deputies", operation_id="list_deputies")
def list_deputies(request: HttpRequest) -> HttpResponse:
    """Who stands in for me, and for whom I stand in."""
    return answer(page(directory.deputies(asking(request))))


@router.post("/me/deputies", operation_id="name_deputy")
def name_deputy(request: HttpRequest, given: DeputyIn) -> HttpResponse:
    """Let somebody stand in for me for a time."""
    people.name_deputy(asking(request), given.deputy, since=given.since, until=given.until)
    return answer({"deputy": given.deputy}, status=201)


@router.delete("/me/deputies/{username}", operation_id="end_deputy")
def end_deputy(request: HttpRequest, username: str) -> HttpResponse:
    """End a deputyship."""
    people.end_deputy(asking(request), username)
    return answer({"deputy": username, "is_active": False})


class ViewIn(Schema):
    place: str
    name: str
    query: str = ""
    team: str = ""
    pinned: bool = False
    default: bool = False


@router.get("/views", operation_id="list_views")
def list_views(request: HttpRequest, place: str = "") -> HttpResponse:
    """Saved views: the caller's own and those of their teams."""
    return answer({"items": views.views(asking(request), place)})


@router.post("/views", operation_id="save_view")
def save_view(request: HttpRequest, given: ViewIn) -> HttpResponse:
    """Keep a view of a list under a name; one of that name is changed."""
    subject = asking(request)
    number = views.save_view(
        subject,
        given.place,
        name=given.name,
        query=given.query,
        team=given.team,
        pinned=given.pinned,
        default=given.default,
    )
    return answer({"id": number}, status=201)


@router.delete("/views/{view_id}", operation_id="drop_view")
def drop_view(request: HttpRequest, view_id: str) -> HttpResponse:
    """Take one of the caller's own views away."""
    views.drop_view(asking(request), view_id)
    return HttpResponse(status=204)
