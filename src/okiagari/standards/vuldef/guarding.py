"""The root of a VULDEF document from anywhere: no declaration, no entity, no nesting without end.

In: bytes. Out: an element. What is refused is refused before a tree is built of it.
"""

from xml.etree import ElementTree as ET
from xml.parsers import expat

from okiagari.problems import Kind, define, gettext_noop

from .build import NAMESPACE

NOT_VULDEF = define(
    "vuldef.not_vuldef",
    Kind.INVALID,
    gettext_noop("This is not a VULDEF document: %(why)s"),
    gettext_noop("Save the XML as MyJVN gave it (getVulnDetailInfo) and read that file."),
)
MAX_DEPTH = 100


def root_of(content: bytes) -> ET.Element:
    """Raises NOT_VULDEF."""
    guard = expat.ParserCreate()

    def refuse(*_: object) -> None:
        raise NOT_VULDEF(why="it has a document type declaration")

    depth = 0

    def deeper(*_: object) -> None:
        nonlocal depth
        depth += 1
        if depth > MAX_DEPTH:
            raise NOT_VULDEF(why=f"it is nested more than {MAX_DEPTH} levels deep")

    def back(*_: object) -> None:
        nonlocal depth
        depth -= 1

    guard.StartDoctypeDeclHandler = refuse
    guard.StartElementHandler, guard.EndElementHandler = deeper, back
    try:
        guard.Parse(content, True)  # noqa: FBT003 - expat's own signature
        root = ET.fromstring(content)  # noqa: S314 - looked over above: no declaration, so no entity
    except (expat.ExpatError, ET.ParseError, ValueError) as error:
        raise NOT_VULDEF(why=str(error)) from None
    if root.tag != f"{{{NAMESPACE}}}VULDEF-Document":
        raise NOT_VULDEF(why=root.tag)
    return root
