"""The search index: words of whatever the rooms hand in, found again by those who may see them.

Enters: documents of a thing (a case, a report, a product), each with the scopes and the verb it takes to read
it. Leaves: hits. Who may see what is asked *inside* the query: nothing is counted, ordered or cut off over
documents that the reader may not see, and no figure over all documents (such as how rare a word is) decides
the order. It knows no room, and it never decides what a document holds.
"""

from okiagari.plumbing.search.reading import Hit, Reach, Result, found
from okiagari.plumbing.search.writing import Document, forget_others, put, put_many

__all__ = ["Document", "Hit", "Reach", "Result", "forget_others", "found", "put", "put_many"]
