"""Forms of letters and answers. They hold what was typed; the actions say what is wrong with it."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from okiagari.cases import rules
from okiagari.cases.narration import AUDIENCE_WORDS
from okiagari.web.cases.forms import RowForm, TextForm, area, instant, line
from okiagari.web.cases.words import choices

INQUIRERS = {key: AUDIENCE_WORDS[key] for key in rules.INQUIRERS}


class LetterForm(RowForm):
    beside = (("to", "counterpart"), ("promise", "promise_until"))
    to = line(
        _("Mail address"), max_length=320, help_text=_("Empty: you copy the letter and send it yourself.")
    )
    counterpart = line(
        _("Name"), max_length=200, help_text=_("Who it is, where it is no known organisation.")
    )
    subject_line = line(_("Subject line"), max_length=200)
    text = area(_("Text, as it goes"), required=True)
    promise = line(_("What we promise"), max_length=200)
    promise_until = instant(_("Until when"), help_text=_("Starts a clock."))
    evidence = forms.MultipleChoiceField(
        label=_("Files that go along"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Kept as evidence of this case. Where you send the letter yourself, add them by hand."),
    )
    template = forms.CharField(required=False, widget=forms.HiddenInput)
    field_order = ("to", "counterpart", "subject_line", "text", "evidence", "promise", "promise_until")

    def __init__(self, *args: object, files: Sequence[tuple[str, str]], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if files:
            self.fields["evidence"].choices = files  # type: ignore[attr-defined]
        else:
            del self.fields["evidence"]


class WhyForm(RowForm):
    reason = area(_("Reason"), required=True)


class AnswerForm(TextForm):
    beside = (("question_ja", "question_en"), ("answer_ja", "answer_en"), ("audience", "products"))
    question_ja = line(_("Question in Japanese"), max_length=300)
    question_en = line(_("Question in English"), max_length=300)
    answer_ja = area(_("Answer in Japanese"))
    answer_en = area(_("Answer in English"))
    audience = forms.ChoiceField(label=_("Who asks"), choices=choices(INQUIRERS))
    products = line(_("Products, as people call them"), max_length=300)


class ApproveForm(RowForm):
    usable_from = instant(
        _("In use from"), help_text=_("Empty: at once. Before that only this case sees it.")
    )
