"""By what other reports find a report; written anew whenever its text changes."""

from okiagari.intake.models import Report, Trait
from okiagari.intake.rules import likeness


def text_of(report: Report) -> likeness.Text:
    words = f"{report.title}\n{report.text}\n{report.effect}\n{report.reference}"
    return likeness.Text(words, report.product_text, report.version_text)


def save(report: Report) -> None:
    Trait.objects.filter(report=report).delete()
    Trait.objects.bulk_create(
        Trait(report=report, scope_id=report.scope_id, value=value)
        for value in likeness.traits(text_of(report))
    )
