"""Fields of the small deeds of triage. They hold what was typed; the actions decide."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from okiagari.desk.subjects import Subject
from okiagari.triage import queries
from okiagari.triage.rules.scoring import SOURCES
from okiagari.web.triage.words import best, choices


class ReasonForm(forms.Form):
    reason = forms.CharField(label=_("Reason"), widget=forms.Textarea(attrs={"rows": 3}))


class AskForm(forms.Form):
    teams = forms.MultipleChoiceField(
        label=_("Development teams"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They are let into the case, to see it and to judge."),
    )
    due_at = forms.CharField(
        label=_("Until when"), widget=forms.DateTimeInput(attrs={"type": "datetime-local"})
    )

    def __init__(self, *args: object, teams: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["teams"].choices = list(teams)  # type: ignore[attr-defined]


class RowForm(forms.Form):
    target = forms.CharField(
        label=_("Product"), help_text=_("The key of the target, as the catalogue has it: WN-G54/R2.")
    )
    due_at = forms.CharField(
        label=_("Decide until"),
        required=False,
        widget=forms.DateTimeInput(attrs={"type": "datetime-local"}),
    )
    reason = forms.CharField(
        label=_("Reason"),
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Why it belongs here although the rule does not find it."),
    )


class SourceForm(forms.Form):
    source = forms.ChoiceField(label=_("Source"))

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["source"].choices = choices(SOURCES)  # type: ignore[attr-defined]


def development_teams(subject: Subject, case_id: str) -> list[tuple[str, str]]:
    return [(team.key, best(team.name) or team.key) for team in queries.development_teams(subject, case_id)]
