"""The maker's own order of firmware releases, and ranges of versions on it.

In: the releases of one firmware line, oldest first, each with the text the maker prints and the
texts under which the same release is met elsewhere (aliases). Out: frozen values that answer which
release a text means, what lies in a range, and how a range reads in Japanese and English.

No standard covers this, on purpose: one maker writes "1.01", "1.0.2" and "1.00.008_SE" on one
product, so a text is never compared with another text, neither as semver (semver.org, clause 11)
nor as `vers` (ECMA-428). Position in the list is the only order; an unlisted text has no place and
is a problem to solve, not a guess to make.
"""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from okiagari.problems import Kind, Problem, define, gettext_noop

NO_TEXT = define(
    "firmware_order.no_text",
    Kind.INVALID,
    gettext_noop("A release of the firmware line has no text."),
    gettext_noop("Write the version exactly as the product or its download page shows it."),
)
SAID_TWICE = define(
    "firmware_order.said_twice",
    Kind.CONFLICT,
    gettext_noop("“%(text)s” stands for two releases: %(first)s and %(second)s."),
    gettext_noop("One text can mean only one release on a firmware line; remove it from one of the two."),
)
NO_SUCH_RELEASE = define(
    "firmware_order.no_such_release",
    Kind.NOT_FOUND,
    gettext_noop("“%(text)s” is not a release on this firmware line."),
    gettext_noop("Add it to the line at its place in the order, or as an alias of the release it means."),
)
BACKWARDS = define(
    "firmware_order.backwards",
    Kind.INVALID,
    gettext_noop("The range starts at %(low)s, which is newer than its end %(high)s."),
    gettext_noop("Swap the two ends, or correct the order of the firmware line."),
)
NOT_KNOWN = define(
    "firmware_order.range_not_known",
    Kind.INVALID,
    gettext_noop("The affected versions are not known yet, so nothing can be said of %(text)s."),
    gettext_noop("Decide the range first; until then treat every version as possibly affected."),
)
ENDS_WRONG = define(
    "firmware_order.ends_wrong",
    Kind.INVALID,
    gettext_noop("A range of the form “%(form)s” cannot have the ends “%(low)s” and “%(high)s”."),
    gettext_noop("Give exactly the versions that this form of range asks for."),
)


class State(StrEnum):
    """How far a release has come."""

    PLANNED = "planned"
    IN_TEST = "in_test"
    PUBLIC = "public"
    WITHDRAWN = "withdrawn"


class Form(StrEnum):
    """The shapes a range may have. Ends named low and high belong to the range, except in BEFORE."""

    ALL = "all"
    UP_TO = "up_to"
    BEFORE = "before"
    FROM = "from"
    BETWEEN = "between"
    EXACTLY = "exactly"
    UNKNOWN = "unknown"


_FORMS: Mapping[str, Form] = {form.value: form for form in Form}
_ENDS: Mapping[Form, tuple[bool, bool]] = {
    Form.ALL: (False, False),
    Form.UP_TO: (False, True),
    Form.BEFORE: (False, True),
    Form.FROM: (True, False),
    Form.BETWEEN: (True, True),
    Form.EXACTLY: (True, False),
    Form.UNKNOWN: (False, False),
}

_WORDS: Mapping[str, Mapping[Form, str]] = {
    "ja": {
        Form.ALL: "すべてのバージョン",
        Form.UP_TO: "{high}およびそれ以前",
        Form.BEFORE: "{high}より前のバージョン",
        Form.FROM: "{low}およびそれ以降",
        Form.BETWEEN: "{low}から{high}まで",
        Form.EXACTLY: "{low}",
        Form.UNKNOWN: "影響を受けるバージョンは調査中",
    },
    "en": {
        Form.ALL: "all versions",
        Form.UP_TO: "{high} and earlier",
        Form.BEFORE: "versions before {high}",
        Form.FROM: "{low} and later",
        Form.BETWEEN: "{low} to {high}",
        Form.EXACTLY: "{low}",
        Form.UNKNOWN: "affected versions under investigation",
    },
}


def key(text: str) -> str:
    """What makes two texts the same: NFKC, white space trimmed, case folded; nothing else is touched."""
    folded = unicodedata.normalize("NFKC", text).strip().casefold()
    return unicodedata.normalize("NFKC", folded).strip()


@dataclass(frozen=True)
class ReleaseName:
    """One release: the maker's text, other texts for the same release, and its state."""

    text: str
    aliases: tuple[str, ...] = ()
    state: State = State.PUBLIC

    @property
    def texts(self) -> tuple[str, ...]:
        return (self.text, *self.aliases)


@dataclass(frozen=True)
class Range:
    """Versions as an advisory names them. Ends are kept as written; only a `Line` gives them a place."""

    form: Form
    low: str = ""
    high: str = ""

    def __post_init__(self) -> None:
        if (bool(self.low.strip()), bool(self.high.strip())) != _ENDS[self.form]:
            raise ENDS_WRONG(form=self.form.value, low=self.low, high=self.high)

    @classmethod
    def all(cls) -> "Range":
        return cls(Form.ALL)

    @classmethod
    def up_to(cls, high: str) -> "Range":
        """`high` and everything older."""
        return cls(Form.UP_TO, high=high)

    @classmethod
    def before(cls, high: str) -> "Range":
        """Everything older than `high`, which itself is outside."""
        return cls(Form.BEFORE, high=high)

    @classmethod
    def since(cls, low: str) -> "Range":
        """`low` and everything newer."""
        return cls(Form.FROM, low=low)

    @classmethod
    def between(cls, low: str, high: str) -> "Range":
        """Both ends are inside."""
        return cls(Form.BETWEEN, low=low, high=high)

    @classmethod
    def exactly(cls, text: str) -> "Range":
        return cls(Form.EXACTLY, low=text)

    @classmethod
    def unknown(cls) -> "Range":
        return cls(Form.UNKNOWN)

    @property
    def is_known(self) -> bool:
        return self.form is not Form.UNKNOWN

    @property
    def ends(self) -> tuple[str, ...]:
        """The version texts named, oldest first."""
        return tuple(text for text in (self.low, self.high) if text)

    def words(self, language: str) -> str:
        """The range as an advisory says it in `language` (ja, en; any other reads English)."""
        table = _WORDS.get(language.partition("-")[0].lower(), _WORDS["en"])
        return table[self.form].format(low=self.low, high=self.high)

    def to_json(self) -> dict[str, str]:
        ends = {"low": self.low, "high": self.high}
        return {"form": self.form.value, **{name: text for name, text in ends.items() if text}}

    @classmethod
    def from_json(cls, value: Mapping[str, object]) -> "Range":
        """Read what `to_json` wrote. Raises ENDS_WRONG, also for a form nobody knows."""
        form, low, high = (str(value.get(name, "")) for name in ("form", "low", "high"))
        known = _FORMS.get(form)
        if known is None:
            raise ENDS_WRONG(form=form, low=low, high=high)
        return cls(known, low, high)


@dataclass(frozen=True)
class Line:
    """The releases of one firmware line, oldest first. Raises NO_TEXT and SAID_TWICE."""

    releases: tuple[ReleaseName, ...] = ()
    _places: Mapping[str, int] = field(init=False, repr=False, compare=False, hash=False)

    def __post_init__(self) -> None:
        places: dict[str, int] = {}
        for place, release in enumerate(self.releases):
            for text in release.texts:
                if not key(text):
                    raise NO_TEXT()
                other = places.setdefault(key(text), place)
                if other != place:
                    raise SAID_TWICE(text=text, first=self.releases[other].text, second=release.text)
        object.__setattr__(self, "_places", places)

    def resolve(self, text: str) -> ReleaseName | None:
        """The release whose text or alias this is, or None."""
        place = self._places.get(key(text))
        return None if place is None else self.releases[place]

    def position(self, release: ReleaseName | str) -> int:
        """Its place in the order, 0 = oldest. Raises NO_SUCH_RELEASE."""
        text = release if isinstance(release, str) else release.text
        place = self._places.get(key(text))
        if place is None:
            raise NO_SUCH_RELEASE(text=text)
        return place

    def is_older(self, release: ReleaseName | str, other: ReleaseName | str) -> bool:
        """Whether `release` came before `other`. Raises NO_SUCH_RELEASE."""
        return self.position(release) < self.position(other)

    def newest(self, state: State = State.PUBLIC) -> ReleaseName | None:
        """The newest release in this state, or None."""
        return next((release for release in reversed(self.releases) if release.state is state), None)

    def contains(self, versions: Range, release: ReleaseName | str) -> bool:
        """Whether the range covers this release.

        ALL covers every text, listed or not. Raises NOT_KNOWN for an unknown range and
        NO_SUCH_RELEASE for a text that has no place on the line.
        """
        text = release if isinstance(release, str) else release.text
        if not versions.is_known:
            raise NOT_KNOWN(text=text)
        if versions.form is Form.ALL:
            return True
        first, last = self._bounds(versions)
        return first <= self.position(release) < last

    def releases_in(self, versions: Range) -> tuple[ReleaseName, ...]:
        """Every listed release the range covers, oldest first. Raises NOT_KNOWN, NO_SUCH_RELEASE."""
        if not versions.is_known:
            raise NOT_KNOWN(text=", ".join(release.text for release in self.releases))
        first, last = self._bounds(versions)
        return self.releases[first:last]

    def problems(self, versions: Range) -> tuple[Problem, ...]:
        """What is wrong with a range on this line: ends that are not listed, ends the wrong way round."""
        unlisted = tuple(NO_SUCH_RELEASE(text=text) for text in versions.ends if self.resolve(text) is None)
        if unlisted or versions.form is not Form.BETWEEN:
            return unlisted
        if self.is_older(versions.high, versions.low):
            return (BACKWARDS(low=versions.low, high=versions.high),)
        return ()

    def canonical(self, versions: Range) -> Range:
        """The same range with each listed end in the maker's own text instead of an alias."""
        low, high = (self._own_text(text) for text in (versions.low, versions.high))
        return Range(versions.form, low, high)

    def _own_text(self, text: str) -> str:
        release = self.resolve(text) if text else None
        return text if release is None else release.text

    def _bounds(self, versions: Range) -> tuple[int, int]:
        """First place inside and first place past the range."""
        first, last = 0, len(self.releases)
        if versions.low:
            first = self.position(versions.low)
        if versions.form is Form.EXACTLY:
            last = first + 1
        elif versions.high:
            last = self.position(versions.high) + (versions.form is not Form.BEFORE)
        return first, max(first, last)
