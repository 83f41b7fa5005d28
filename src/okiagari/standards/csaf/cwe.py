"""The exact name of a weakness, which a document must carry beside its id (OASIS CSAF 2.0, 6.1.11).

In: a CWE id. Out: id and name by the newest CWE list the library `csaf` carries.
"""

from typing import Any

from okiagari.problems import Kind, define, gettext_noop
from okiagari.standards import ids

from .library import weakness

UNKNOWN_CWE = define(
    "csaf.unknown_cwe",
    Kind.INVALID,
    gettext_noop("%(id)s is not in the list of weaknesses."),
    gettext_noop("Look it up at cwe.mitre.org; withdrawn entries name their successor."),
)


def entry(cwe_id: str) -> dict[str, object]:
    """``{"id": "CWE-78", "name": ...}``. Raises ids.NOT_A_CWE and UNKNOWN_CWE."""
    known, found = _found(cwe_id)
    return {"id": known, "name": found.name}


def entry_2_1(cwe_id: str) -> dict[str, object]:
    """The same with the version of the list, as CSAF 2.1 wants it. Raises as `entry` does."""
    known, found = _found(cwe_id)
    return {"id": known, "name": found.name, "version": found.version}


def _found(cwe_id: str) -> tuple[str, Any]:
    known = ids.parse(cwe_id, ids.System.CWE)
    try:
        return known.text, weakness()(known.text)
    except ValueError:
        raise UNKNOWN_CWE(id=known.text) from None


def name(cwe_id: str) -> str:
    """The official (English) name. Raises ids.NOT_A_CWE and UNKNOWN_CWE."""
    return str(entry(cwe_id)["name"])
