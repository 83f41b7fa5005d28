"""Fields of the fleet's one deed of its own: importing a file of observations."""

from django import forms
from django.utils.translation import gettext_lazy as _

from okiagari.web.cases.forms import line

FORMS = (("csv", _("CSV with a header line")), ("jsonl", _("JSON Lines")))


class ImportForm(forms.Form):
    form = forms.ChoiceField(label=_("Format"), choices=FORMS, widget=forms.RadioSelect, initial="csv")
    source = line(
        _("Who made the file"),
        required=True,
        max_length=64,
        help_text=_("It stands beside every observation: update server, download log."),
    )
    file = forms.FileField(label=_("File of observations"), help_text=_("UTF-8, up to 64 MiB."))
