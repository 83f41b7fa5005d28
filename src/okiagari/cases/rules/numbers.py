"""Numbers that others gave to a vulnerability, in their one written form.

In: what somebody typed, full-width letters included. Out: the number as it is written, or ``""``.
CVE numbering rules: four digits of the year, at least four of sequence. JVN: JVN#12345678 (partnership),
JVNVU#12345678 (other), JVNTA#12345678 (alert); JVN iPedia: JVNDB-YYYY-NNNNNN. CWE: CWE-N.
"""

import re
import unicodedata

from okiagari.problems import Kind, define, gettext_noop

NOT_A_NUMBER = define(
    "cases.not_a_number",
    Kind.INVALID,
    gettext_noop("“%(text)s” is not a %(what)s number."),
    gettext_noop("It looks like %(example)s. Leave it empty while there is none."),
)


def _number(text: str, pattern: str, what: str, example: str) -> str:
    plain = re.sub(r"\s", "", unicodedata.normalize("NFKC", text)).upper()
    if plain and not re.fullmatch(pattern, plain):
        raise NOT_A_NUMBER(text=text.strip(), what=what, example=example).at(what.lower())
    return plain


def cve(text: str) -> str:
    """Raises NOT_A_NUMBER."""
    return _number(text, r"CVE-\d{4}-\d{4,19}", "CVE", "CVE-2015-2984")


def jvn(text: str) -> str:
    """Raises NOT_A_NUMBER."""
    return _number(text, r"JVN(VU|TA)?#\d{8}", "JVN", "JVN#17964918")


def jvndb(text: str) -> str:
    """Raises NOT_A_NUMBER."""
    return _number(text, r"JVNDB-\d{4}-\d{6}", "JVNDB", "JVNDB-2015-000114")


def cwe(text: str) -> str:
    """A bare number is taken as one, too. Raises NOT_A_NUMBER."""
    text = f"CWE-{text.strip()}" if text.strip().isdecimal() else text
    return _number(text, r"CWE-\d{1,5}", "CWE", "CWE-120")
