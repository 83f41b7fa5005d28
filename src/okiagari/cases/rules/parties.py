"""Who outside has to do with a case."""

from okiagari.problems import Kind, define, gettext_noop

PARTY_ROLES = ("coordinator", "finder", "supplier", "partner", "customer", "authority")
ROLE_UNKNOWN = define(
    "cases.role_unknown",
    Kind.INVALID,
    gettext_noop("“%(role)s” is not a role of a party."),
    gettext_noop("The roles are: %(known)s."),
)
WHO_NEEDED = define(
    "cases.who_needed",
    Kind.INVALID,
    gettext_noop("A party is somebody."),
    gettext_noop("Choose an organisation, or write a name."),
)


def check_party(role: str, organisation: str | None, name: str) -> None:
    """Raises ROLE_UNKNOWN, WHO_NEEDED."""
    if role not in PARTY_ROLES:
        raise ROLE_UNKNOWN(role=role, known=", ".join(PARTY_ROLES)).at("role")
    if not (organisation or name.strip()):
        raise WHO_NEEDED().at("name")
