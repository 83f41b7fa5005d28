"""Fields of the fleet's one deed of its own: importing a file of observations."""

from django import forms
from django.utils.translation import gettext_lazy as _

from okiagari.web.cases.forms import line

FORMS = (("csv", _("CSV with a header line")), ("jsonl", _("JSON Lines")))


class RulesForm(forms.Form):
    """The maker's rules as text, and lines to try them on."""

    rules = forms.CharField(
        label=_("Rules"),
        strip=False,
        widget=forms.Textarea(attrs={"rows": 18, "spellcheck": "false", "class": "o-id"}),
        help_text=_("YAML. The first rule that fits a line wins."),
    )
    lines = forms.CharField(
        label=_("Lines to try them on"),
        required=False,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 6, "spellcheck": "false", "class": "o-id"}),
        help_text=_("Some lines of the access log. They are not kept."),
    )
    reason = line(_("Why the rules change"), max_length=300)


class LogForm(forms.Form):
    file = forms.FileField(
        label=_("Access log"),
        help_text=_(
            "nginx or Apache, combined format, also gzip, up to 64 MiB. The command line takes any size."
        ),
    )


class ImportForm(forms.Form):
    form = forms.ChoiceField(label=_("Format"), choices=FORMS, widget=forms.RadioSelect, initial="csv")
    source = line(
        _("Who made the file"),
        required=True,
        max_length=64,
        help_text=_("It stands beside every observation: update server, download log."),
    )
    file = forms.FileField(label=_("File of observations"), help_text=_("UTF-8, up to 64 MiB."))
