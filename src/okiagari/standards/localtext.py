"""A text in several languages, with the language it was first written in and marks for stale ones.

In: language tags of BCP 47 (only ``ja`` and ``en`` are used today) and the words.
Out: a frozen value. It never translates, and it never guesses a language.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType

LANGUAGES = ("ja", "en")


@dataclass(frozen=True)
class LocalText:
    """``texts`` maps a language to its words; ``stale`` names languages older than ``source``."""

    texts: Mapping[str, str] = field(default_factory=dict)
    source: str = ""
    stale: frozenset[str] = frozenset()

    def __post_init__(self) -> None:
        texts = {language: text for language, text in self.texts.items() if text.strip()}
        object.__setattr__(self, "texts", MappingProxyType(texts))
        if not self.source or self.source not in texts:
            object.__setattr__(self, "source", next(iter(texts), ""))
        object.__setattr__(self, "stale", frozenset(self.stale) & frozenset(texts))

    @classmethod
    def of(cls, **texts: str) -> "LocalText":
        """``LocalText.of(ja="脆弱性", en="Vulnerability")``; the first named is the source."""
        return cls(texts, next(iter(texts), ""))

    @classmethod
    def from_json(cls, value: object) -> "LocalText":
        """Read what `to_json` wrote, a plain ``{language: text}``, or a bare text (taken as ja)."""
        if isinstance(value, str):
            return cls({"ja": value})
        if not isinstance(value, Mapping):
            return cls()
        if "texts" in value and isinstance(value["texts"], Mapping):
            return cls(dict(value["texts"]), str(value.get("source", "")), frozenset(value.get("stale", ())))
        return cls({str(language): str(text) for language, text in value.items()})

    def to_json(self) -> dict[str, object]:
        return {"texts": dict(self.texts), "source": self.source, "stale": sorted(self.stale)}

    def __bool__(self) -> bool:
        return bool(self.texts)

    def __contains__(self, language: str) -> bool:
        return language in self.texts

    def __hash__(self) -> int:
        return hash((tuple(sorted(self.texts.items())), self.source, self.stale))

    def __str__(self) -> str:
        return self.texts.get(self.source, "")

    def exact(self, language: str) -> str:
        """The words in this language, or ``""``."""
        return self.texts.get(language, "")

    def best(self, language: str) -> str:
        """The words in this language, else in the source language, else in any."""
        return self.texts.get(language) or str(self)

    def is_fresh_in(self, language: str) -> bool:
        return language in self.texts and language not in self.stale

    def written(self, language: str, text: str) -> "LocalText":
        """Write one language. Writing the source makes every other language stale."""
        if text == self.exact(language):
            return self
        texts = {**self.texts, language: text}
        if not self.source or language == self.source:
            stale = frozenset(texts) - {language}
        else:
            stale = self.stale - {language}
        return LocalText(texts, self.source or language, stale)
