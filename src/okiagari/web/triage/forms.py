"""Fields of the small deeds of triage. They hold what was typed; the actions decide."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from okiagari.desk.subjects import Subject
from okiagari.triage import queries
from okiagari.triage.rules.grouping import WAYS
from okiagari.web.cases.forms import RowForm, area, instant, line
from okiagari.web.triage.words import best, choices


class ReasonForm(RowForm):
    reason = area(_("Reason"), required=True)


class ReviewForm(forms.Form):
    reason = area(_("Why they stay as they are"), required=True)
    next_review = line(
        _("Next review"),
        help_text=_("A day, month or year to come (2027-04). Empty: after the time the criteria name."),
    )


class AskForm(RowForm):
    teams = forms.MultipleChoiceField(
        label=_("Development teams"),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("They are let into the case, to see it and to judge."),
    )
    due_at = instant(_("Until when"), required=True)

    def __init__(self, *args: object, teams: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["teams"].choices = list(teams)  # type: ignore[attr-defined]


class AddRowForm(RowForm):
    target = line(
        _("Product"),
        required=True,
        help_text=_("The key of the target, as the catalogue has it: WN-G54/R2."),
    )
    due_at = instant(_("Decide until"))
    reason = area(
        _("Reason"), required=True, help_text=_("Why it belongs here although the rule does not find it.")
    )


def development_teams(subject: Subject, case_id: str) -> list[tuple[str, str]]:
    return [(team.key, best(team.name) or team.key) for team in queries.development_teams(subject, case_id)]


def lines(text: str) -> list[str]:
    """One entry a line."""
    return [each.strip() for each in text.splitlines() if each.strip()]


def _targets(**more: object) -> forms.CharField:
    return area(_("Products"), help_text=_("Keys of targets, one a line."), **more)


class GroupForm(RowForm):
    beside = (("by", "value"),)
    by = forms.ChoiceField(label=_("They share"), choices=choices(WAYS))
    value = line(
        _("Which line, family or component"),
        help_text=_("Empty: every line or family that two products share. By hand: a name."),
    )
    targets = _targets()


class HandOverForm(RowForm):
    targets = _targets(required=True)
    team = forms.ChoiceField(label=_("To the team"))
    reason = area(_("Reason"), required=True)

    def __init__(self, *args: object, teams: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["team"].choices = list(teams)  # type: ignore[attr-defined]


class DueForm(RowForm):
    targets = _targets(required=True)
    due_at = instant(_("Decide until"))
    reason = line(_("Reason"))


class MoreRowsForm(RowForm):
    targets = _targets(required=True)
    due_at = instant(_("Decide until"))
    reason = area(_("Reason"), required=True)
