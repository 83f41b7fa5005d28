"""Fields of the emergency: calling people, holding a meeting, deciding, acting at once, reviewing it."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from okiagari.cases import narration
from okiagari.cases.values import Directory, Name
from okiagari.web.cases.forms import RowForm, TextForm, area, instant, line
from okiagari.web.cases.words import LEVELS, best, choices

Choice = tuple[str, str]


def _named(names: Sequence[Name]) -> list[Choice]:
    return [(name.key, best(name.name) or name.key) for name in names]


class CallForm(RowForm):
    beside = (("at", "place"),)
    at = instant(_("When"), required=True)
    place = line(
        _("Where"), required=True, max_length=300, help_text=_("A room, or the address of the call.")
    )
    reason = area(_("Why people are called"), required=True)
    teams = forms.MultipleChoiceField(
        label=_("Further teams"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("Teams of executives are always called. Whoever is called may see the case from now on."),
    )
    people = forms.MultipleChoiceField(label=_("Further people"), required=False)

    def __init__(self, *args: object, directory: Directory, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["teams"].choices = _named(directory.teams)  # type: ignore[attr-defined]
        self.fields["people"].choices = _named(directory.people)  # type: ignore[attr-defined]


class HoldForm(RowForm):
    people = forms.MultipleChoiceField(
        label=_("Present"), widget=forms.CheckboxSelectMultiple, required=False
    )
    others = line(_("Others who are there"), help_text=_("Names, separated by commas."))
    minutes = area(_("Minutes"), help_text=_("They can be written and mended afterwards."))

    def __init__(self, *args: object, people: Sequence[Name], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["people"].choices = _named(people)  # type: ignore[attr-defined]


class MinutesForm(RowForm):
    minutes = area(_("Minutes"), required=True)


class QuestionForm(TextForm):
    local_required = ("question",)
    question_ja = line(_("Question in Japanese"), max_length=200)
    question_en = line(_("Question in English"), max_length=200)


BELONGS = {
    "stop_shipping": frozenset({"targets"}),
    "embargo": frozenset({"choice", "until"}),
    "executive_judgement": frozenset({"level"}),
}
"""Fields that only the deed of one matter asks for."""


class DecideForm(RowForm):
    """`matter` decides which further fields its deed needs; `targets`: products to stop."""

    beside = (("team", "person", "due_at"), ("choice", "until"))
    answer = forms.ChoiceField(
        label=_("Decision"), choices=choices(narration.ANSWER_WORDS), widget=forms.RadioSelect
    )
    words = area(_("In words"))
    targets = forms.MultipleChoiceField(
        label=_("Products to stop"), widget=forms.CheckboxSelectMultiple, required=False
    )
    choice = forms.ChoiceField(
        label=_("The embargo"), choices=choices(narration.CHOICE_WORDS), required=False
    )
    until = instant(_("New end"))
    level = forms.ChoiceField(
        label=_("Severity"), choices=[("", _("as judged")), *LEVELS.items()], required=False
    )
    team = forms.ChoiceField(label=_("Who owns what follows"), required=False)
    person = forms.ChoiceField(label=_("Person in charge"), required=False)
    due_at = instant(_("Due"))

    def __init__(
        self,
        *args: object,
        matter: str,
        directory: Directory,
        targets: Sequence[Choice],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["team"].choices = [("", _("as proposed")), *_named(directory.teams)]  # type: ignore[attr-defined]
        self.fields["person"].choices = [("", _("nobody yet")), *_named(directory.people)]  # type: ignore[attr-defined]
        self.fields["targets"].choices = targets  # type: ignore[attr-defined]
        belongs = {
            "stop_shipping": ("targets",),
            "embargo": ("choice", "until"),
            "executive_judgement": ("level",),
        }
        for name in {"targets", "choice", "until", "level"} - set(belongs.get(matter, ())):
            del self.fields[name]


class EmbargoDecisionForm(RowForm):
    beside = (("until", "agreed_with"),)
    choice = forms.ChoiceField(
        label=_("What follows"), choices=choices(narration.CHOICE_WORDS), widget=forms.RadioSelect
    )
    until = instant(_("New end"), help_text=_("Only where another end is agreed."))
    agreed_with = line(_("Agreed with"), max_length=200)
    reason = area(_("Why"), required=True)


class ActForm(TextForm):
    """`targets`: the products of the case, or of the catalogue while nobody has chosen any."""

    beside = (("channel", "organisation"),)
    kind = forms.ChoiceField(
        label=_("What cannot wait"), choices=choices(narration.ACT_WORDS), widget=forms.RadioSelect
    )
    reason = area(
        _("Why it cannot wait"), required=True, help_text=_("Your name and this reason stay on the case.")
    )
    targets = forms.MultipleChoiceField(
        label=_("Products"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("For a stop or a workaround. None chosen: all that may be affected and are sold."),
    )
    text_ja = area(
        _("Words in Japanese"), help_text=_("What owners should do, what the page says, or what was told.")
    )
    text_en = area(_("Words in English"))
    channel = forms.ChoiceField(
        label=_("Told by"), choices=choices(narration.CHANNEL_WORDS), initial="phone", required=False
    )
    organisation = forms.ChoiceField(label=_("Whom exactly"), required=False)

    def __init__(
        self, *args: object, targets: Sequence[Choice], directory: Directory, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)
        self.fields["targets"].choices = targets  # type: ignore[attr-defined]
        self.fields["organisation"].choices = [("", _("none")), *_named(directory.organisations)]  # type: ignore[attr-defined]


class ReviewForm(RowForm):
    verdict = forms.ChoiceField(
        label=_("Looking back"), choices=choices(narration.VERDICT_WORDS), widget=forms.RadioSelect
    )
    words = area(_("In words: why, and what should be learned"), required=True)
