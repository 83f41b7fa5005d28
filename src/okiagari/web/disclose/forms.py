"""Fields of the advisories' deeds. They hold what was typed; the actions decide."""

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from django import forms
from django.conf import settings
from django.utils.translation import gettext_lazy as _

from okiagari.disclose.jvn.rules import WAYS
from okiagari.disclose.jvn.wording import WAY_WORDS
from okiagari.disclose.keys.ring import ELSEWHERE, HERE
from okiagari.disclose.rules.channels import CHANNELS, NAMES
from okiagari.web.cases.forms import ZONES, TextForm, area, instant, line
from okiagari.web.cases.words import LANGUAGES, choices
from okiagari.web.disclose.words import KIND_WORDS

CHANNEL_WORDS = {str(code): NAMES[code] for code in CHANNELS}
PROMISE = _("2017-10-20 or 2017-10-20T18:00; empty: no promise.")
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


PLANNED, LOST = "planned", "lost"


class KeyForm(forms.Form):
    name = line(_("What it is called"), max_length=200, required=True)
    years = forms.TypedChoiceField(
        label=_("Valid for"),
        coerce=int,
        choices=[
            (1, _("one year")),
            (2, _("two years")),
            (3, _("three years")),
            (5, _("five years")),
            (10, _("ten years")),
        ],
        initial=3,
    )


class RotateForm(KeyForm):
    instead_of = forms.CharField(widget=forms.HiddenInput)
    why = forms.ChoiceField(
        label=_("Why the key changes"),
        choices=[
            (PLANNED, _("In the course of things: the old one stays listed")),
            (LOST, _("It fell into wrong hands: the old one is shown no longer")),
        ],
        widget=forms.RadioSelect,
        initial=PLANNED,
    )


class BringForm(forms.Form):
    instead_of = forms.CharField(widget=forms.HiddenInput, required=False)
    held = forms.ChoiceField(
        label=_("Where the secret part stays"),
        choices=[
            (ELSEWHERE, _("Elsewhere: a command signs, and the file is the public key")),
            (HERE, _("Here: the file is the secret key, protected by the passphrase of the installation")),
        ],
        widget=forms.RadioSelect,
    )
    key = forms.FileField(
        label=_("File with the key"),
        help_text=_(
            "One OpenPGP key, armored or binary: what “gpg --armor --export” writes, or"
            " “gpg --armor --export-secret-keys” (also “--export-secret-subkeys”)."
        ),
    )


class RetireForm(forms.Form):
    sure = forms.BooleanField(label=_("I have understood what follows from this"))


class WithdrawForm(ReasonForm):
    superseded_by = line(
        _("Superseded by"),
        help_text=_("Number of the published advisory that says it now, if one does."),
        widget=forms.TextInput(attrs={"list": "offered", "autocomplete": "off"}),
    )


class PlanForm(forms.Form):
    channel = forms.ChoiceField(label=_("Channel"), choices=choices(CHANNEL_WORDS))
    name = line(_("Which one"), max_length=120, help_text=_("Only where there are two of a kind."))
    at = instant(_("Day and hour"), help_text=_("Empty: not known yet."))
    agreed_with = line(_("Agreed with"), max_length=200)
    owner = forms.ChoiceField(label=_("Who confirms it"), required=False)
    note = area(_("Note"))

    def __init__(self, *args: object, people: Sequence[tuple[str, str]] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["owner"].choices = [("", _("the team")), *people]  # type: ignore[attr-defined]


class ConfirmForm(forms.Form):
    channel = forms.ChoiceField(label=_("Channel"), choices=choices(CHANNEL_WORDS))
    name = line(_("Which one"), max_length=120)
    at = instant(_("Out since"), help_text=_("Empty: now."))
    address = line(_("Address"), max_length=500, help_text=_("JVN and CVE need one."))
    evidence = area(_("How you know"))


class DropForm(ReasonForm):
    channel = forms.CharField(widget=forms.HiddenInput)
    name = forms.CharField(widget=forms.HiddenInput, required=False)


class InvestigatingForm(forms.Form):
    title_ja = line(_("Title in Japanese"), max_length=200)
    title_en = line(_("Title in English"), max_length=200)
    summary_ja = area(_("Summary in Japanese"))
    summary_en = area(_("Summary in English"))
    next_update = line(_("Next update planned"), help_text=PROMISE)
    reason = area(
        _("Why the embargo does not hold it back"), help_text=_("Needed only while an embargo still binds.")
    )


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


_WAYS = {code: WAY_WORDS[code] for code in WAYS}
_REMARK = _("In addition to the report")


class SendStatusForm(forms.Form):
    language = forms.ChoiceField(
        label=_("Language"), choices=LANGUAGES, widget=forms.RadioSelect, initial="ja"
    )
    to = line(_("Address"), max_length=320, help_text=_("Empty: the letter waits to be copied by hand."))
    remark = area(_REMARK, help_text=_("Stands at the end of the text: an answer, a question."))


class TellStatusForm(forms.Form):
    way = forms.ChoiceField(
        label=_("How it was told"), choices=choices(_WAYS), widget=forms.RadioSelect, initial="portal"
    )
    at = instant(_("When it was told"), help_text=_("Empty: now."))
    language = forms.ChoiceField(
        label=_("Language"), choices=LANGUAGES, widget=forms.RadioSelect, initial="ja"
    )
    remark = area(_REMARK, help_text=_("What you said or wrote beside it."))


class StatementForm(forms.Form):
    statement_ja = area(_("Statement in Japanese"))
    statement_en = area(_("Statement in English"))
