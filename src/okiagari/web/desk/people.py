"""People and teams, for administrators. No case content is on these pages."""

import secrets

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, gettext
from django.views.decorators.http import require_POST

from okiagari.desk import directory, permits
from okiagari.desk import people as desk
from okiagari.desk.subjects import Role
from okiagari.problems import Kind, Problem, define, gettext_noop
from okiagari.web.desk.words import ROLES, TEAM_KINDS
from okiagari.web.doors import asking, complain, local_text, say

SHOWN_ONCE = "okiagari_new_password"
NO_NAME = define(
    "web.no_name",
    Kind.INVALID,
    gettext_noop("An account needs a user name of letters, digits, dots and hyphens."),
    gettext_noop("Write something like tanaka or t.tanaka."),
)


def people(request: HttpRequest) -> HttpResponse:
    """Everybody with an account, and every team."""
    subject = asking(request)
    permits.require(subject, "desk.directory")
    teams = directory.teams(subject)
    names = {team.key: team.name.best(get_language() or "en") for team in teams}
    everybody = directory.people(subject)
    called = {person.username: person.name.best(get_language() or "en") for person in everybody}
    context = {
        "people": [
            (
                person,
                gettext(", ").join(str(ROLES[Role(role)]) for role in person.roles),
                gettext(", ").join(names.get(team, team) for team in person.teams),
            )
            for person in everybody
        ],
        "teams": [
            (
                team,
                TEAM_KINDS.get(team.kind, team.kind),
                gettext(", ").join(called.get(member, member) for member in team.members),
            )
            for team in teams
        ],
        "kinds": TEAM_KINDS,
        "may_manage": permits.may(subject, "desk.manage"),
        "password": request.session.pop(SHOWN_ONCE, None),
    }
    return render(request, "desk/people.html", context)


def edit(request: HttpRequest, username: str = "") -> HttpResponse:
    """Make an account or change one."""
    subject = asking(request)
    permits.require(subject, "desk.manage")
    person = directory.person(subject, username) if username else None
    problem: Problem | None = None
    if request.method == "POST":
        try:
            return _save(request, username)
        except Problem as raised:
            problem = raised
    context = {
        "person": person,
        "roles": [(role.value, ROLES[role]) for role in Role],
        "teams": directory.teams(subject),
        "organisations": directory.organisations(subject),
        "problem": complain(request, problem) if problem else None,
        "wrong": problem.field if problem else "",
        "chosen_roles": request.POST.getlist("roles") if problem else (person.roles if person else ()),
        "chosen_teams": request.POST.getlist("teams") if problem else (person.teams if person else ()),
        "typed": request.POST,
    }
    return render(request, "desk/person.html", context, status=422 if problem else 200)


def _save(request: HttpRequest, username: str) -> HttpResponse:
    form = request.POST
    name = username or form.get("username", "").strip()
    if not name or not name.replace(".", "").replace("-", "").replace("_", "").isalnum():
        raise NO_NAME().at("username")
    password = "" if username else secrets.token_urlsafe(12)
    desk.make_person(
        asking(request),
        name,
        name=local_text(form, "name"),
        roles=form.getlist("roles"),
        teams=form.getlist("teams"),
        email=form.get("email", ""),
        language=form.get("language", "ja"),
        organisation=form.get("organisation", ""),
        password=password,
    )
    if password:
        request.session[SHOWN_ONCE] = [name, password]
    say(request, gettext("%(name)s is saved.") % {"name": name})
    return redirect("desk:people")


@require_POST
def retire(request: HttpRequest, username: str) -> HttpResponse:
    desk.retire_person(asking(request), username)
    say(request, gettext("%(name)s can no longer sign in.") % {"name": username})
    return redirect("desk:people")


@require_POST
def new_team(request: HttpRequest) -> HttpResponse:
    """Make a team or rename one."""
    form = request.POST
    desk.make_team(
        asking(request), form.get("key", "").strip(), kind=form.get("kind", ""), name=local_text(form, "name")
    )
    say(request, gettext("%(name)s is saved.") % {"name": form.get("key", "")})
    return redirect("desk:people")
