"""Where a score may come from, and which of two scores stands in the other's place."""

from collections.abc import Mapping

from okiagari.problems import Kind, define, gettext_noop

NO_SUCH_SOURCE = define(
    "triage.no_such_source",
    Kind.INVALID,
    gettext_noop("“%(source)s” is not a source of scores."),
    gettext_noop("The sources are: %(allowed)s."),
)

SOURCES: Mapping[str, str] = {
    "own": gettext_noop("own"),
    "jvn": gettext_noop("JVN"),
    "nvd": gettext_noop("NVD"),
    "supplier": gettext_noop("supplier"),
    "finder": gettext_noop("finder"),
}


def source_named(source: str) -> str:
    """Raises NO_SUCH_SOURCE."""
    if source not in SOURCES:
        raise NO_SUCH_SOURCE(source=source, allowed=", ".join(SOURCES)).at("source")
    return source
