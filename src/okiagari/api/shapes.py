"""Shapes that programs send at more than one room's door.

The API's document names a shape by its class alone: two classes of one name would overwrite one another
there. What two doors mean alike stands here once; what differs bears a name of its own.
"""

from ninja import Schema
from pydantic import ConfigDict


class Strict(Schema):
    """Refuses a field that it does not know, so that a slip of the pen is told and not passed over."""

    model_config = ConfigDict(extra="forbid")


class ReasonIn(Strict):
    """Why it is done. It stays on record."""

    reason: str


class MaybeReasonIn(Strict):
    """Why it is done, where there is something to say."""

    reason: str = ""


class NoteIn(Strict):
    """A word beside it, where there is one to say."""

    note: str = ""
