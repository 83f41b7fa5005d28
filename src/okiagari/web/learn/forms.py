"""Fields of lessons and promises."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from okiagari.cases.values import Directory, Name
from okiagari.learn.rules import AREA_LABELS
from okiagari.web.cases.forms import TextForm, instant, line
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
    """How a promise was kept. On the criteria, a version of them may be the proof."""

    outcome = text_area(_("What came of it"), required=True)
    evidence = line(
        _("Where it can be seen"),
        max_length=500,
        help_text=_("An address, the number of a document, a release."),
    )
    criteria_version = forms.TypedChoiceField(
        label=_("Kept by this version of the criteria"), required=False, coerce=int, empty_value=None
    )

    def __init__(self, *args: object, versions: Sequence[int] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if versions:
            choices = [("", _("none")), *((number, f"v{number}") for number in versions)]
            self.fields["criteria_version"].choices = choices  # type: ignore[attr-defined]
        else:
            del self.fields["criteria_version"]


class SpecForm(TextForm):
    """One item of the specification, as its next version."""

    local_required = ("title", "text")
    field_order = ("key", "title_ja", "title_en", "text_ja", "text_en", "references", "reason", "because")
    key = line(_("Key"), help_text=_("Small letters, digits and hyphens: default-passwords."))
    title_ja = line(_("Title in Japanese"), max_length=200)
    title_en = line(_("Title in English"), max_length=200)
    text_ja = text_area(_("What a product must do, in Japanese"))
    text_en = text_area(_("What a product must do, in English"))
    references = text_area(
        _("References"), help_text=_("One a line: clauses of standards, documents of our own.")
    )
    reason = text_area(
        _("Reason"),
        required=True,
        help_text=_("Everybody inside reads it: say nothing here of a case that is not public yet."),
    )
    because = forms.ChoiceField(label=_("The promise that led to it"), required=False)

    def __init__(
        self, *args: object, promises: Sequence[tuple[str, str]], is_new: bool, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["because"].choices = [("", _("none")), *promises]  # type: ignore[attr-defined]
        if not is_new:
            del self.fields["key"]


class SpecEndForm(forms.Form):
    reason = text_area(_("Reason"), required=True, help_text=_("Why it no longer counts."))


def _named(names: tuple[Name, ...]) -> list[tuple[str, str]]:
    return [(name.key, best(name.name) or name.key) for name in names]
