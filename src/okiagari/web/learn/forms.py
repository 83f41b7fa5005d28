"""Fields of lessons and promises."""

from django import forms
from django.utils.translation import gettext_lazy as _

from okiagari.cases.values import Directory, Name
from okiagari.learn.rules import AREA_LABELS
from okiagari.web.cases.forms import TextForm, instant
from okiagari.web.cases.forms import area as text_area
from okiagari.web.cases.words import best, choices


class LessonForm(TextForm):
    local_required = ("text",)
    area = forms.ChoiceField(label=_("What it is about"), choices=choices(AREA_LABELS))
    text_ja = text_area(_("What the case taught, in Japanese"))
    text_en = text_area(_("What the case taught, in English"))


class OwnerForm(TextForm):
    """Who keeps a promise, until when."""

    team = forms.ChoiceField(label=_("Team"), required=False)
    person = forms.ChoiceField(label=_("Person"), required=False)
    due_at = instant(_("Due"))

    def __init__(self, *args: object, directory: Directory, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [("", _("none")), *_named(directory.teams)]  # type: ignore[attr-defined]
        self.fields["person"].choices = [("", _("nobody yet")), *_named(directory.people)]  # type: ignore[attr-defined]


class PromiseForm(OwnerForm):
    local_required = ("text",)
    field_order = ("text_ja", "text_en", "team", "person", "due_at")
    text_ja = text_area(_("What will be done, in Japanese"))
    text_en = text_area(_("What will be done, in English"))


class KeptForm(forms.Form):
    outcome = text_area(
        _("What came of it"), required=True, help_text=_("What was done, and where it can be seen.")
    )


def _named(names: tuple[Name, ...]) -> list[tuple[str, str]]:
    return [(name.key, best(name.name) or name.key) for name in names]
