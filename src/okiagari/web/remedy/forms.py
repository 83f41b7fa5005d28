"""Fields of the measures. They hold what was typed; the actions decide."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from okiagari.remedy.narration import KIND_WORDS
from okiagari.triage.queries import Grid
from okiagari.web.cases.forms import RowForm, TextForm, area, instant, line
from okiagari.web.cases.words import best, choices
from okiagari.web.frame.words import language

Choice = tuple[str, str]


class MeasureForm(TextForm):
    """A measure. `releases` and `products`: what can be chosen, as (value, words)."""

    kind = forms.ChoiceField(label=_("Kind of measure"), choices=choices(KIND_WORDS))
    targets = forms.MultipleChoiceField(
        label=_("Products"), widget=forms.CheckboxSelectMultiple, required=False
    )
    vulnerabilities = forms.MultipleChoiceField(
        label=_("Vulnerabilities"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None chosen means all of the case."),
    )
    text_ja = area(_("What the owner reads, in Japanese"))
    text_en = area(_("What the owner reads, in English"))
    release = forms.ChoiceField(
        label=_("Release that fixes it"), required=False, help_text=_("Only for a fix.")
    )
    successor = forms.ChoiceField(
        label=_("Successor"),
        required=False,
        help_text=_("For a request to stop using it: a product known not to be affected."),
    )
    planned = line(_("Planned for"), help_text=_("As far as it is known: 2016-12-01, 2016-12, late 2016-12."))
    reason = line(_("Reason"), help_text=_("Needed for accepting a risk and for stopping shipments."))

    def __init__(
        self,
        *args: object,
        grid: Grid,
        releases: Sequence[Choice],
        products: Sequence[Choice],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        none = ("", _("none"))
        fields: dict[str, Sequence[tuple[str, object]]] = {
            "targets": [
                (row.target.key, _named(row.target.key, best(row.target.names))) for row in grid.rows
            ],
            "vulnerabilities": [
                (column.id, _named(column.cve or column.id, column.title.best(language())))
                for column in grid.columns
            ],
            "release": [none, *releases],
            "successor": [none, *products],
        }
        for name, known in fields.items():
            self.fields[name].choices = known  # type: ignore[attr-defined]


def _named(key: str, name: str) -> str:
    return f"{key} · {name}" if name and name != key else key


class ReadyForm(RowForm):
    note = line(_("Note"), help_text=_("How it was checked, for whoever asks later."))


class AcceptForm(RowForm):
    until = instant(_("Accepted until"), required=True)
    reason = area(_("Why it can be accepted"), required=True)


class ReasonForm(RowForm):
    reason = area(_("Reason"), required=True)
