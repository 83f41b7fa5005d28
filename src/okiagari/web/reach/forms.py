"""The one field of both deeds of reach."""

from django import forms
from django.utils.translation import gettext_lazy as _

from okiagari.web.cases.forms import area


class ReasonForm(forms.Form):
    reason = area(_("Reason"), required=True)
