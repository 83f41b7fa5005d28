"""Fields of the deeds of clocks, of their rules, and of decisions from which a law counts."""

from django import forms
from django.utils.translation import gettext_lazy as _

from okiagari.cases import narration, rules
from okiagari.standards.deadlines import ANCHOR_WORDS, BASES
from okiagari.web.cases.forms import RowForm, TextForm, area, instant, line
from okiagari.web.cases.words import LANGUAGES, choices


class CorrectForm(RowForm):
    at = instant(_("It runs from"), required=True)
    reason = area(_("Reason"), required=True, help_text=_("The earlier start stays in the history."))
    evidence = line(_("Where that is recorded"), help_text=_("Left empty, what stood there stays."))


class RunForm(RowForm):
    at = instant(_("It happened at"), required=True)
    evidence = line(_("Where that is recorded"), required=True, max_length=400)


class NoticeForm(RowForm):
    beside = (("to", "reference"), ("channel", "language", "at"))
    to = line(_("To whom"), max_length=120)
    reference = line(_("Their reference"), max_length=120)
    channel = forms.ChoiceField(
        label=_("Channel"), choices=choices(narration.CHANNEL_WORDS), initial="portal"
    )
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGES)
    at = instant(_("When"), help_text=_("Empty: now."))
    text = area(
        _("Text as it was submitted"), required=True, help_text=_("Kept word by word; its hash is recorded.")
    )


class VerdictForm(RowForm):
    reliable = forms.ChoiceField(
        label=_("Is the evidence reliable?"),
        choices=[("1", _("It is reliable: our product is attacked")), ("0", _("It is not reliable"))],
        widget=forms.RadioSelect,
    )
    reason = area(
        _("Reason"),
        required=True,
        help_text=_("What was examined, by whom, and what it shows. A proof of concept is not enough."),
    )
    aware_at = instant(_("Since when we know"), help_text=_("Empty: since the fact was noted."))


class OwnRuleForm(TextForm):
    beside = (("count", "unit"), ("anchor", "zone"))
    local_required = ("name",)
    key = line(_("Key"), required=True, max_length=30, help_text=_("Small letters, digits, hyphens."))
    name_ja = line(_("Name in Japanese"), max_length=120)
    name_en = line(_("Name in English"), max_length=120)
    anchor = forms.ChoiceField(label=_("It runs from"), choices=choices(ANCHOR_WORDS))
    zone = line(_("Time zone"), help_text=_("Where its days end. Empty: our own."))
    count = forms.IntegerField(label=_("How long"), min_value=1, max_value=1000)
    unit = forms.ChoiceField(label=_("Unit"), choices=choices(rules.UNITS))
    source = line(
        _("Where it is written"), required=True, max_length=200, help_text=_("Contract, promise, decision.")
    )
    kinds = forms.MultipleChoiceField(
        label=_("For cases of the kind"),
        choices=choices(narration.KIND_WORDS),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None chosen: all."),
    )
    is_automatic = forms.BooleanField(label=_("Starts by itself"), required=False)
    is_movable = forms.BooleanField(label=_("Can be moved by agreement"), required=False, initial=True)


class SeatForm(RowForm):
    beside = (("country", "name"),)
    basis = forms.ChoiceField(label=_("Who"), choices=choices(BASES))
    country = line(_("Member State"), max_length=2, help_text=_("Two letters. Empty: there is none."))
    name = line(_("Name"), max_length=120)
