r"""CPE 2.3 names as formatted strings: ``cpe:2.3:o:maker:wn-g54_r2_firmware:1.03:*:*:*:*:*:*:*``.

In: text. Out: a frozen `Cpe` with eleven attributes, written back as it was read; or a problem that says what
such a name looks like. Attributes keep their quoting (``\\:``). No dictionary is asked whether it exists.
Source: NIST IR 7695, 5.3 and 6.2; the pattern is that of OASIS CSAF (3.1.3.3.1), which is narrower than the
naming specification in what may be quoted.
"""

import re
from dataclasses import astuple, dataclass, replace

from okiagari.problems import Kind, define, gettext_noop

ANY, NOT_APPLICABLE = "*", "-"
LONGEST = 300
_PREFIX = "cpe:2.3:"
_QUOTED = "\\*?!\"#$%&'()+,/:;<=>@[]^`{|}~"
_VALUE = rf"(?:(?:\?*|\*?)(?:[a-zA-Z0-9\-._]|\\[{re.escape(_QUOTED)}])+(?:\?*|\*?)|[*\-])"
_LANGUAGE = r"(?:[a-zA-Z]{2,3}(?:-(?:[a-zA-Z]{2}|[0-9]{3}))?|[*\-])"
_NAME = re.compile(
    rf"cpe:2\.3:([aho*\-]):{':'.join([f'({_VALUE})'] * 5)}:({_LANGUAGE}):{':'.join([f'({_VALUE})'] * 4)}"
)

NOT_A_CPE = define(
    "cpe.not_a_cpe",
    Kind.INVALID,
    gettext_noop("“%(text)s” is not a CPE 2.3 name."),
    gettext_noop(
        "It has thirteen parts with colons between: cpe:2.3:o:maker:router_firmware:*:*:*:*:*:*:*:*"
    ),
)


@dataclass(frozen=True)
class Cpe:
    """`part`: a application, h hardware, o operating system (firmware is one). Values as they are written."""

    part: str
    vendor: str
    product: str
    version: str = ANY
    update: str = ANY
    edition: str = ANY
    language: str = ANY
    sw_edition: str = ANY
    target_sw: str = ANY
    target_hw: str = ANY
    other: str = ANY

    def __str__(self) -> str:
        return _PREFIX + ":".join(astuple(self))

    @property
    def is_of_any_version(self) -> bool:
        return self.version in {ANY, NOT_APPLICABLE} and self.update in {ANY, NOT_APPLICABLE}

    def at(self, version: str) -> "Cpe | None":
        """The same product in one version; None where no CPE can write this text (it is ASCII only)."""
        quoted = quote(version)
        return replace(self, version=quoted) if quoted else None


def parse(text: str) -> Cpe:
    """Read a formatted string. Raises NOT_A_CPE."""
    found = _NAME.fullmatch(text) if len(text) <= LONGEST else None
    if found is None:
        raise NOT_A_CPE(text=text[:120])
    return Cpe(*found.groups())


def quote(text: str) -> str:
    """A text as the value of an attribute: small letters, blanks as `_`, what has a meaning quoted.

    "" where it is empty or holds anything but printable ASCII. A lone hyphen would mean "not applicable".
    """
    plain = "_".join(text.lower().split())
    if not plain.isascii() or not plain.isprintable() or plain in {"", NOT_APPLICABLE}:
        return ""
    return "".join(f"\\{sign}" if sign in _QUOTED else sign for sign in plain)
