"""Words of an entry as the value the rows keep."""

from okiagari.catalog.rules import LocalWords
from okiagari.standards.localtext import LocalText


def words(value: LocalWords) -> LocalText:
    return LocalText.from_json(value) if value else LocalText()
