"""Numbers of vulnerabilities as documents write them: normal where they are one."""

from okiagari.problems import Problem
from okiagari.standards import ids


def cve(text: str) -> str:
    """The CVE id in its normal form, "" for what is none."""
    try:
        return ids.parse(text, ids.System.CVE).text if text else ""
    except Problem:
        return ""


def system(text: str) -> ids.System | None:
    """Who gives such numbers; JVNVU and JVNTA are JVN's. None for what nobody known gives."""
    try:
        found = ids.parse(text).system
    except Problem:
        return None
    return ids.System.JVN if found in (ids.System.JVNVU, ids.System.JVNTA) else found
