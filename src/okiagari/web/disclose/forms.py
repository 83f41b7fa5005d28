"""Fields of the advisories' deeds. They hold what was typed; the actions decide."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from okiagari.web.cases.forms import ZONES, TextForm, area, instant, line
from okiagari.web.cases.words import LANGUAGES, choices
from okiagari.web.disclose.words import KIND_WORDS

NOW, LATER = "now", "later"


class DraftForm(TextForm):
    local_required = ("title",)
    title_ja = line(_("Title in Japanese"), max_length=200)
    title_en = line(_("Title in English"), max_length=200)
    kind = forms.ChoiceField(label=_("Kind"), choices=choices(KIND_WORDS))
    cases = line(
        _("Cases"),
        help_text=_("Numbers, with spaces between. Only who may see all of them sees the draft."),
    )
    languages = forms.MultipleChoiceField(
        label=_("Languages"), choices=LANGUAGES, widget=forms.CheckboxSelectMultiple, initial=["ja", "en"]
    )
    tracking_id = line(
        _("Public number"), help_text=_("Empty: one is made. It can never be changed once it is public.")
    )


class SubmitForm(forms.Form):
    reason = area(
        _("Why it goes out although something is missing"),
        help_text=_("Needed only while something required is missing."),
    )


class ApproveForm(forms.Form):
    snapshot = forms.CharField(widget=forms.HiddenInput)
    note = area(_("Note"))


class NoteForm(forms.Form):
    note = area(_("What should be changed"), required=True)


class ReasonForm(forms.Form):
    reason = area(_("Reason"), required=True)


class PublishForm(forms.Form):
    when = forms.ChoiceField(
        label=_("Publish when"),
        choices=[(NOW, _("now")), (LATER, _("at a time"))],
        widget=forms.RadioSelect,
        initial=NOW,
    )
    at = instant(_("Day and hour"))
    zone = forms.ChoiceField(label=_("Time zone"), choices=[(zone, zone) for zone in ZONES], required=False)
    summary_ja = line(
        _("Line of the revision history in Japanese"), help_text=_("Empty: it says what changed.")
    )
    summary_en = line(_("Line of the revision history in English"))
    reason = area(
        _("Why the embargo does not hold it back"), help_text=_("Needed only while an embargo still binds.")
    )

    def __init__(self, *args: object, zones: Sequence[str] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        known = list(dict.fromkeys([settings.TIME_ZONE, *zones, *ZONES]))
        self.fields["zone"].choices = [(zone, zone) for zone in known]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, object]:
        given = super().clean() or {}
        if given.get("when") == LATER and not given.get("at"):
            self.add_error("at", _("Say when."))
        return given

    def planned(self) -> datetime | None:
        """The instant, or None for now. Raises NOT_AN_INSTANT."""
        from okiagari.web.doors import instant as read

        if self.cleaned_data["when"] == NOW:
            return None
        return read(self.data, "at", zone=str(ZoneInfo(self.cleaned_data["zone"])))  # type: ignore[arg-type]
