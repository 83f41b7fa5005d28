"""What can go wrong while a document is taken in."""

from okiagari.problems import Kind, define, gettext_noop

ALREADY_HERE = define(
    "flow.document_here",
    Kind.CONFLICT,
    gettext_noop("This very file is here already: %(document)s (%(title)s)."),
    gettext_noop("Open it there; a file is taken in once."),
)
ALREADY_TAKEN = define(
    "flow.document_taken",
    Kind.CONFLICT,
    gettext_noop("%(document)s was taken in already: %(became)s."),
    gettext_noop("Work on what it became, or read a newer edition of the document."),
)
DROPPED = define(
    "flow.document_dropped",
    Kind.CONFLICT,
    gettext_noop("%(document)s was set aside."),
    gettext_noop("Read the file again if it is needed after all."),
)
ID_TAKEN = define(
    "flow.advisory_taken",
    Kind.CONFLICT,
    gettext_noop("“%(tracking_id)s” was taken in already, as %(advisory)s."),
    gettext_noop("Add another language to that draft, or write what is new there."),
)
SAME_LANGUAGE = define(
    "flow.same_language",
    Kind.CONFLICT,
    gettext_noop("The draft %(advisory)s has words in this language already."),
    gettext_noop("Choose the language this document is written in, or write on the draft itself."),
)
OTHER_ADVISORY = define(
    "flow.other_advisory",
    Kind.CONFLICT,
    gettext_noop("The draft %(advisory)s is about %(theirs)s, this document about %(ours)s."),
    gettext_noop("Choose the draft of the same advisory, or make a new one."),
)
NO_SUCH_PRODUCT = define(
    "flow.no_such_document_product",
    Kind.INVALID,
    gettext_noop("The document names no product “%(product)s”."),
    gettext_noop("Take one of its own: %(known)s."),
)
NO_LANGUAGE = define(
    "flow.document_language",
    Kind.INVALID,
    gettext_noop("It is not known in which language the document is written."),
    gettext_noop("Say whether its words are Japanese (ja) or English (en)."),
)
TOO_MANY_FLAWS = define(
    "flow.too_many_flaws",
    Kind.INVALID,
    gettext_noop("The document is about %(count)s vulnerabilities; up to %(limit)s are taken in at once."),
    gettext_noop("Take it in as a report without a case, and open a case for those that concern you."),
)
NO_SUCH_ITEM = define(
    "flow.no_such_item",
    Kind.INVALID,
    gettext_noop("There is no line %(item)s among what was not understood."),
    gettext_noop("The lines count from 1, as the page shows them."),
)
NO_SUCH_STATEMENT = define(
    "flow.no_such_statement",
    Kind.INVALID,
    gettext_noop("The document has no statement %(number)s of attacks; there are %(count)s."),
    gettext_noop("They count from 1, in the order of the document."),
)
DROP_REASON = define(
    "flow.document_reason",
    Kind.INVALID,
    gettext_noop("It is not said why the document is set aside."),
    gettext_noop("Say it in a few words: not ours, an older edition, read by mistake."),
)
