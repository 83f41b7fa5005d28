"""Fields of what is said of an incident."""

from django import forms
from django.utils.translation import gettext_lazy as _

from okiagari.cases import rules
from okiagari.web.cases.forms import RowForm, TextForm, area, instant, line
from okiagari.web.cases.words import choices

_TRIAD = [("", _("nobody has said")), *choices(rules.TRIAD)]


class IncidentForm(TextForm):
    beside = (("occurred_at", "detected_at", "aware_at"), ("personal_data", "data_aware_at", "unlawful"))
    occurred_at = instant(_("It began"))
    detected_at = instant(_("It was detected"))
    aware_at = instant(_("We know since"))
    detected_how = area(_("How it was detected"))
    personal_data = forms.ChoiceField(label=_("Did personal data leak?"), choices=_TRIAD, required=False)
    data_aware_at = instant(_("We know of the leak since"), help_text=_("Empty: since we know."))
    unlawful = forms.ChoiceField(
        label=_("Suspected to be unlawful?"),
        choices=_TRIAD,
        required=False,
        help_text=_("Yes gives the final report in Japan 60 days instead of 30."),
    )
    countries = line(
        _("Countries of the persons"), help_text=_("Two letters each, with commas between: JP, DE.")
    )
    categories = area(_("Data concerned"), help_text=_("One kind a line: names, mail addresses."))
    consequences_ja = area(_("Consequences in Japanese"))
    consequences_en = area(_("Consequences in English"))


class ContainForm(TextForm):
    beside = (("by", "at"),)
    local_required = ("how",)
    how_ja = area(_("How it was contained, in Japanese"))
    how_en = area(_("How it was contained, in English"))
    by = line(_("By whom"), required=True, max_length=200)
    at = instant(_("When"), help_text=_("Empty: now."))
    still_open_ja = area(_("What is still open, in Japanese"))
    still_open_en = area(_("What is still open, in English"))


class CountForm(RowForm):
    beside = (("of", "number", "certainty", "country"),)
    of = forms.ChoiceField(label=_("What is counted"), choices=choices(rules.COUNTED))
    number = forms.IntegerField(label=_("How many"), min_value=0)
    certainty = forms.ChoiceField(label=_("How certain"), choices=choices(rules.CERTAINTY))
    country = line(_("Country"), max_length=2, help_text=_("Empty: everywhere."))
    source = area(_("Who says so, and from what"))


class RestoreForm(RowForm):
    at = instant(_("When"), help_text=_("Empty: now."))
    note = area(_("Note"))


class SystemsForm(RowForm):
    systems = forms.MultipleChoiceField(label=_("Systems"), widget=forms.CheckboxSelectMultiple)
    state = forms.ChoiceField(
        label=_("How it is with them"), choices=choices(rules.SYSTEM_STATES), widget=forms.RadioSelect
    )
    note = area(_("Note"))


class SevereForm(RowForm):
    severe = forms.ChoiceField(
        label=_("Does it impair the security of a product severely?"),
        choices=[("1", _("It is a severe incident of a product")), ("0", _("It is not"))],
        widget=forms.RadioSelect,
    )
    reason = area(_("Reason"), required=True)
    aware_at = instant(_("Since when we know"), help_text=_("Empty: as described."))
