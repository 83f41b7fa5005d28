"""What waits because somebody wrote to us, or because a letter of ours did not arrive."""

from collections.abc import Iterator

from django.db.models import Q

from okiagari.cases.gates import Missing
from okiagari.cases.models import Case, Communication
from okiagari.cases.narration import AUDIENCE_WORDS
from okiagari.flow import map as table
from okiagari.plumbing import mail
from okiagari.plumbing.wording import in_every_language
from okiagari.standards.localtext import LANGUAGES, LocalText


def waiting(case: Case) -> Iterator[tuple[int, Missing]]:
    """One thing for each message that wants an answer, and one for each letter that came back; each with
    the scope it lies in."""
    asks = Q(awaits_since__isnull=False, settled_at=None)
    is_letter = Q(direction="out") & ~Q(letter="")
    rows = Communication.objects.filter(asks | is_letter, case=case).select_related("organisation")
    found = list(rows.order_by("awaits_since", "pk"))
    for row in found:
        if row.awaits_since is None or row.settled_at is not None:
            continue
        facts = {"who": _who(row).to_json(), "message": row.public_id}
        yield row.scope_id, Missing("reply", table.REPLY_WAITS, facts, tab="messages", action=table.ANSWER)
    sent = (row for row in found if row.direction == "out" and row.letter)
    letters = {row.letter: row for row in sorted(sent, key=lambda row: row.pk)}
    for number, delivery in mail.deliveries(letters).items():
        if delivery.state == "failed":
            row = letters[number]
            facts = {"who": _who(row).to_json(), "message": row.public_id}
            yield (
                row.scope_id,
                Missing("letter", table.LETTER_FAILED, facts, tab="messages", action=table.SEE_LETTER),
            )


def _who(row: Communication) -> LocalText:
    """Whom we talk to; of a reporter no name, which stands behind a grant of its own."""
    if row.organisation is not None:
        return row.organisation.name
    if row.counterpart and row.audience != "reporter":
        return LocalText(dict.fromkeys(LANGUAGES, row.counterpart))
    return in_every_language(AUDIENCE_WORDS[row.audience])
