"""Who asks: a person, a token, the holder of a link, a device, the system, the public.

A subject is a frozen value made once at a door. It carries the principals whose grants it may use
and the roles it holds, its own and those it stands in for as a deputy.
"""

from dataclasses import dataclass, replace
from enum import StrEnum

from okiagari.standards.localtext import LocalText


class SubjectKind(StrEnum):
    PERSON = "person"
    TOKEN = "token"  # noqa: S105 - a kind of subject
    LINK = "link"
    DEVICE = "device"
    SYSTEM = "system"
    PUBLIC = "public"


class Role(StrEnum):
    """What a person is here for. One person may hold several."""

    SUPPORT = "support"
    PR = "pr"
    DEVELOPER = "developer"
    MEMBER = "member"
    EXECUTIVE = "executive"
    APPROVER = "approver"
    AUDITOR = "auditor"
    ADMINISTRATOR = "administrator"
    PARTNER = "partner"


class Door(StrEnum):
    WEB = "web"
    API = "api"
    CLI = "cli"
    DEVICE = "device"
    MAIL = "mail"
    REPLAY = "replay"
    INSIDE = "inside"


@dataclass(frozen=True)
class Subject:
    """One who asks. `key` names it in the ledger; `principals` are the keys of its grants."""

    kind: SubjectKind
    key: str
    door: Door
    name: LocalText = LocalText()  # noqa: RUF009 - frozen
    person_id: int | None = None
    roles: frozenset[Role] = frozenset()
    principals: frozenset[int] = frozenset()
    teams: frozenset[str] = frozenset()
    stands_in_for: frozenset[str] = frozenset()
    verbs: frozenset[str] | None = None
    """Only for tokens: the verbs the token was made for; None means all of the person's."""

    def has_role(self, *roles: Role) -> bool:
        return bool(self.roles & set(roles))

    @property
    def is_system(self) -> bool:
        return self.kind == SubjectKind.SYSTEM

    def through(self, door: Door) -> "Subject":
        return replace(self, door=door)


SYSTEM = Subject(SubjectKind.SYSTEM, "system", Door.INSIDE, name=LocalText.of(ja="Okiagari", en="Okiagari"))
PUBLIC = Subject(SubjectKind.PUBLIC, "public", Door.WEB)
