"""What can be wrong with accounts, teams, tokens and deputies."""

from okiagari.problems import Kind, define, gettext_noop

NO_SUCH_PERSON = define(
    "desk.no_such_person",
    Kind.NOT_FOUND,
    gettext_noop("There is nobody called “%(username)s”."),
    gettext_noop("List the accounts with `okiagari people list`."),
)
NO_SUCH_TEAM = define(
    "desk.no_such_team",
    Kind.NOT_FOUND,
    gettext_noop("There is no team “%(team)s”."),
    gettext_noop("The teams are: %(known)s."),
)
TOKEN_REFUSED = define(
    "desk.token_refused",
    Kind.UNAUTHENTICATED,
    gettext_noop("The token is unknown, expired or revoked."),
    gettext_noop("Make a new one on your account page."),
)
UNKNOWN_VERB = define(
    "desk.unknown_verb",
    Kind.INVALID,
    gettext_noop("“%(verb)s” is not a verb of this system."),
    gettext_noop("The verbs are: %(known)s."),
)
UNKNOWN_ROLE = define(
    "desk.unknown_role",
    Kind.INVALID,
    gettext_noop("“%(role)s” is not a role."),
    gettext_noop("The roles are: %(known)s."),
)
NO_SUCH_ORGANISATION = define(
    "desk.no_such_organisation",
    Kind.NOT_FOUND,
    gettext_noop("There is no organisation “%(organisation)s”."),
    gettext_noop("Make it first, or import it with the catalogue."),
)
TOKEN_MAKES_TOKEN = define(
    "desk.token_makes_token",
    Kind.DENIED,
    gettext_noop("A token cannot make another token."),
    gettext_noop("Sign in and make it on your account page."),
)
DEPUTY_WRONG = define(
    "desk.deputy_wrong",
    Kind.INVALID,
    gettext_noop("A deputy is somebody else, and the time must end after it begins."),
    gettext_noop("Choose another person or another time."),
)
