"""The form of one step of "how to check your version". A picture that was sent is not asked for again."""

import re

from django import forms
from django.utils.translation import gettext_lazy as _

from okiagari.web.cases.forms import area
from okiagari.web.cases.forms import line as text_line

_SHA256 = re.compile(r"[0-9a-f]{64}")


class StepForm(forms.Form):
    """`kept` holds the SHA-256 of the picture that the step has, or that came with the form before."""

    text_ja = area(_("What to do, in Japanese"), max_length=1000)
    text_en = area(_("What to do, in English"), max_length=1000)
    kept = forms.CharField(required=False, widget=forms.HiddenInput)
    picture = forms.FileField(
        label=_("Picture"),
        required=False,
        widget=forms.FileInput(attrs={"accept": "image/png,image/jpeg,image/webp"}),
        help_text=_("PNG, JPEG or WebP, up to 8 MiB. Where and with what it was taken is left out."),
    )
    without = forms.BooleanField(label=_("Take the picture away"), required=False)
    alt_ja = text_line(_("What the picture shows, in Japanese"), max_length=300)
    alt_en = text_line(_("What the picture shows, in English"), max_length=300)
    place = forms.ChoiceField(label=_("Its place"))

    def __init__(self, *args: object, places: int, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        choices = [
            (str(number), _("as step %(number)s") % {"number": number}) for number in range(1, places + 1)
        ]
        self.fields["place"].choices = choices  # type: ignore[attr-defined]
        if not self.shown:
            del self.fields["without"]

    def clean(self) -> dict[str, object]:
        return {"without": False, **(super().clean() or self.cleaned_data)}

    @property
    def shown(self) -> str:
        """The SHA-256 of the picture it has; "" where what was sent is none."""
        text = str(self["kept"].value() or "")
        return text if _SHA256.fullmatch(text) else ""

    def keep(self, sha256: str) -> None:
        """The form that comes back names the picture that was put away."""
        self.data = {**self.data.dict(), "kept": sha256}  # type: ignore[attr-defined]
