"""The exact name of a weakness, which a document must carry beside its id (OASIS CSAF 2.0, 6.1.11).

In: a CWE id. Out: id and name by the newest CWE list the library `csaf` carries.
"""

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
    known = ids.parse(cwe_id, ids.System.CWE)
    try:
        found = weakness()(known.text)
    except ValueError:
        raise UNKNOWN_CWE(id=known.text) from None
    return {"id": known.text, "name": found.name}


def name(cwe_id: str) -> str:
    """The official (English) name. Raises ids.NOT_A_CWE and UNKNOWN_CWE."""
    return str(entry(cwe_id)["name"])
