"""Readers: the bytes of one finished file to the facts it states, a module per format.

Each knows its format from the standard and shares nothing with what writes it. What it cannot read it leaves
out, and the comparison names it as missing.
"""

from okiagari.disclose.consistency.statement import Reader

from . import answers, csaf, cve, cyclonedx, html, openeox, openvex, outline, vuldef

READERS: dict[str, Reader] = {
    "csaf": csaf.read,
    "csaf-2.1": csaf.read,
    "openvex": openvex.read,
    "cyclonedx": cyclonedx.read,
    "cve": cve.read,
    "vuldef": vuldef.read,
    "page": html.read,
    "fragment": html.read,
    "mail": outline.read_mail,
    "markdown": outline.read_markdown,
    "openeox": openeox.read,
    "answers": answers.read,
}
