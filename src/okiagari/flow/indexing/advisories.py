"""An advisory as a document. A draft of several cases is found by those who may see all of them."""

from okiagari.disclose import access
from okiagari.disclose.models import Advisory
from okiagari.flow.indexing.words import joined
from okiagari.plumbing.search import Document


def documents(advisory: Advisory) -> tuple[Document, ...]:
    """The one of this advisory."""
    flaws = advisory.vulnerabilities.select_related("vulnerability").order_by("position")
    words = joined(
        advisory.public_id,
        advisory.tracking_id,
        advisory.summary,
        advisory.description,
        advisory.impact,
        advisory.advice,
        [[each.vulnerability.cve, each.vulnerability.jvn, each.vulnerability.jvndb] for each in flaws],
    )
    scopes = access.scope_ids(advisory)
    return (Document(advisory.title, words, "cases.inside", advisory.made_at, scopes),)
