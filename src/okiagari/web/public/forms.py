"""The report form as it is shown. What may be written in it is decided by `intake.rules.submission`."""

from typing import Any

from django import forms
from django.utils.translation import get_language, gettext_lazy, pgettext_lazy

from okiagari.plumbing import ids, wording
from okiagari.problems import Problem
from okiagari.web.public.uploads import FIELD

TRAP = "website"
SAID = (
    ("", pgettext_lazy("answer", "I do not say")),
    ("no", pgettext_lazy("answer", "No")),
    ("yes", pgettext_lazy("answer", "Yes")),
    ("unknown", pgettext_lazy("answer", "I do not know")),
)
LANGUAGES = (("ja", "日本語"), ("en", "English"))


class Line(forms.CharField):
    """Shown as needed or not, checked elsewhere: all faults are told in one voice, at once."""

    def __init__(self, *, rows: int = 0, **kwargs: Any) -> None:
        if rows:
            kwargs["widget"] = forms.Textarea(attrs={"rows": rows})
        kwargs.setdefault("required", False)
        super().__init__(strip=False, **kwargs)

    def validate(self, value: Any) -> None:
        """Nothing: see `intake.rules.submission`."""


class Choice(forms.ChoiceField):
    def validate(self, value: Any) -> None:
        """Nothing: see `intake.rules.submission`."""


class ReportForm(forms.Form):
    """Four questions; the rest is folded away. `once` makes a form that is sent twice one report."""

    use_required_attribute = False

    product = Line(
        required=True,
        label=gettext_lazy("Product or service"),
        help_text=gettext_lazy(
            "The model name on its label, such as NP-BBRS, or what the service is called."
        ),
    )
    version = Line(
        label=gettext_lazy("Version"), help_text=gettext_lazy("Firmware or software version, as it is shown.")
    )
    problem = Line(
        required=True,
        rows=7,
        help_text=gettext_lazy("In your own words. The steps to see it help us most."),
    )
    effect = Line(
        rows=4,
        help_text=gettext_lazy("For example: somebody on the Internet can change the settings."),
    )
    name = Line(label=gettext_lazy("Name"))
    contact = Line(label=gettext_lazy("Mail address or another way"))
    affiliation = Line(label=gettext_lazy("Company or group"))
    attacked = Choice(
        required=False,
        choices=SAID,
        widget=forms.RadioSelect,
        label=gettext_lazy("Is it being used in attacks?"),
    )
    public = Choice(
        required=False, choices=SAID, widget=forms.RadioSelect, label=gettext_lazy("Is it public already?")
    )
    credit = forms.BooleanField(
        required=False, label=gettext_lazy("You may name me when you publish the measure")
    )
    credit_name = Line(
        label=gettext_lazy("Name to print"), help_text=gettext_lazy("Empty: the name given above.")
    )
    language = Choice(
        required=False,
        choices=LANGUAGES,
        widget=forms.RadioSelect,
        label=gettext_lazy("Language we should answer in"),
    )

    @classmethod
    def fresh(cls) -> "ReportForm":
        return cls(initial={"language": (get_language() or "ja")[:2]})

    def values(self) -> dict[str, object]:
        """What was typed, as it was typed."""
        typed: dict[str, object] = {name: self.data.get(name, "") for name in self.fields}
        typed["credit"] = bool(self.data.get("credit"))
        return typed


class MessageForm(forms.Form):
    use_required_attribute = False

    message = Line(rows=5, label=gettext_lazy("Your message"))


def tell(form: forms.Form, problem: Problem) -> wording.Told | None:
    """Put each problem at its field. What has no field here is returned, for the head of the page."""
    loose = []
    for part in problem.parts or (problem,):
        told = wording.told(part)
        if part.field in form.fields:
            form.add_error(part.field, f"{told.message} {told.hint}")
        elif part.field != FIELD:
            loose.append(told)
    return loose[0] if loose else None


def once() -> str:
    return ids.secret()
