"""Errors as data: a code, a kind, parameters, and what to do next. No framework in here.

A room defines each of its problems once, beside the code that raises it::

    NO_SUCH_RELEASE = define("catalog.no_such_release", Kind.NOT_FOUND,
                             gettext_noop("There is no release %(text)s on %(line)s."),
                             gettext_noop("Add the release or an alias for it to the firmware line."))
    raise NO_SUCH_RELEASE(text="1.04", line="WN-G54/R2")

Doors (web, API, command line, device) turn it into words in the reader's language: the same
words at every door. Messages are English ``%(name)s`` templates and serve as translation ids.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


def gettext_noop(text: str) -> str:
    """Mark a text for translation without translating it here."""
    return text


class Kind(StrEnum):
    """What went wrong, as far as a door needs to know (HTTP status, exit code)."""

    INVALID = "invalid"
    NOT_FOUND = "not_found"
    DENIED = "denied"
    UNAUTHENTICATED = "unauthenticated"
    CONFLICT = "conflict"
    STALE = "stale"
    TOO_LARGE = "too_large"
    TOO_MANY = "too_many"
    UNAVAILABLE = "unavailable"


HTTP_STATUS: Mapping[Kind, int] = {
    Kind.INVALID: 422,
    Kind.NOT_FOUND: 404,
    Kind.DENIED: 403,
    Kind.UNAUTHENTICATED: 401,
    Kind.CONFLICT: 409,
    Kind.STALE: 412,
    Kind.TOO_LARGE: 413,
    Kind.TOO_MANY: 429,
    Kind.UNAVAILABLE: 503,
}

EXIT_CODE: Mapping[Kind, int] = {
    Kind.INVALID: 2,
    Kind.NOT_FOUND: 3,
    Kind.DENIED: 4,
    Kind.UNAUTHENTICATED: 4,
    Kind.CONFLICT: 5,
    Kind.STALE: 5,
    Kind.TOO_LARGE: 2,
    Kind.TOO_MANY: 75,
    Kind.UNAVAILABLE: 69,
}


class Problem(Exception):  # noqa: N818 - the field calls it a problem (RFC 9457)
    """One thing that is wrong, or several at once (``parts``), each with its field where it has one."""

    def __init__(
        self,
        definition: "Definition",
        parameters: Mapping[str, object],
        *,
        field: str | None = None,
        parts: "tuple[Problem, ...]" = (),
    ) -> None:
        self.definition = definition
        self.parameters = dict(parameters)
        self.field = field
        self.parts = parts
        super().__init__(f"{definition.code}: {self.message}")

    @property
    def code(self) -> str:
        return self.definition.code

    @property
    def kind(self) -> Kind:
        return self.definition.kind

    @property
    def message(self) -> str:
        """The English text. Doors translate the template instead."""
        return self.definition.message % self.parameters

    @property
    def hint(self) -> str:
        return self.definition.hint % self.parameters

    def at(self, field: str) -> "Problem":
        """The same problem, said of one field of the input."""
        return Problem(self.definition, self.parameters, field=field, parts=self.parts)


@dataclass(frozen=True)
class Definition:
    """One kind of problem. Calling it makes a problem to raise."""

    code: str
    kind: Kind
    message: str
    hint: str

    def __call__(self, **parameters: object) -> Problem:
        return Problem(self, parameters)


_definitions: dict[str, Definition] = {}


def define(code: str, kind: Kind, message: str, hint: str) -> Definition:
    """Register a problem under a code that nobody else uses."""
    if code in _definitions:
        raise ValueError(f"problem {code} is defined twice")
    definition = Definition(code, kind, message, hint)
    _definitions[code] = definition
    return definition


def definitions() -> Mapping[str, Definition]:
    """Every problem defined by the modules imported so far, by code."""
    return dict(_definitions)


SEVERAL = define(
    "input.several",
    Kind.INVALID,
    gettext_noop("Some of the input cannot be used."),
    gettext_noop("Each field says what is wrong with it; nothing was saved."),
)


def several(problems: "list[Problem]") -> Problem:
    """One problem that carries many, each with its own field."""
    return Problem(SEVERAL, {}, parts=tuple(problems))
