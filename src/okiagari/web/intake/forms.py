"""Fields of intake's deeds. They hold what was typed; the actions decide."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.conf import settings
from django.core.files.uploadedfile import UploadedFile
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from okiagari.intake.actions import ReporterData, UploadedPart
from okiagari.intake.rules import states, words
from okiagari.web.cases.forms import ZONES, RowForm, area, instant, line
from okiagari.web.cases.words import LANGUAGES as LANGUAGE_CHOICES
from okiagari.web.cases.words import choices


class Files(forms.FileField):
    """Any number of files; how many and how large they may be is the action's to say."""

    widget = type("ManyFiles", (forms.FileInput,), {"allow_multiple_selected": True})

    def clean(self, data: Any, initial: Any = None) -> "list[UploadedFile[Any]]":
        return list(data or ())


def parts(files: "list[UploadedFile[Any]]") -> list[UploadedPart]:
    return [UploadedPart(file.name or "", file.content_type or "", file.chunks()) for file in files]


def kind_field() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=pgettext_lazy("report", "Kind"),
        choices=choices(words.KINDS),
        widget=forms.RadioSelect,
        initial="product",
        help_text=_("Decides which team gets it."),
    )


def said_field(label: Any) -> forms.ChoiceField:
    return forms.ChoiceField(label=label, required=False, choices=choices(words.SAID))


class FactsForm(RowForm):
    """What a desk knows of a report. Enough: a title or text, and where it comes from."""

    beside: Sequence[tuple[str, ...]] = (
        ("product_text", "version_text"),
        ("reference", "wanted_publication"),
        ("first_contact_at", "zone"),
        ("said_attacked", "said_public"),
    )
    title = line(_("Title"), help_text=_("Left empty, the first sentence is taken."))
    text = area(pgettext_lazy("report", "What is wrong"), required=True)
    effect = area(_("What can happen, how it was seen"))
    product_text = line(_("Product, as it was named"))
    version_text = line(_("Version, as it was named"))
    kind = kind_field()
    reference = line(
        _("Reference"),
        help_text=_("The number it has where it comes from."),
        widget=forms.TextInput(attrs={"placeholder": "JVN#17964918"}),
    )
    wanted_publication = line(
        _("Requested publication date"),
        help_text=_("As far as it is known: 2015-08-18, 2015-09 or 2015."),
    )
    first_contact_at = instant(
        _("First attempt to contact us"),
        help_text=_("For JPCERT/CC: the start date, from which the 45 days run; not the time of receipt."),
    )
    zone = forms.ChoiceField(
        label=_("Zone of that time"),
        help_text=_("JST is Asia/Tokyo. What JPCERT/CC writes is meant in it."),
        choices=[(zone, zone) for zone in ZONES],
        initial=settings.TIME_ZONE if settings.TIME_ZONE in ZONES else ZONES[0],
    )
    said_attacked = said_field(_("Used in attacks?"))
    said_public = said_field(_("Public already?"))


class NewForm(FactsForm):
    beside: Sequence[tuple[str, ...]] = (
        *FactsForm.beside,
        ("source", "received_at"),
        ("name", "contact"),
        ("affiliation", "language"),
    )
    source = forms.ChoiceField(
        label=_("From whom"),
        choices=choices(words.SOURCES, states.DESK_SOURCES),
        widget=forms.RadioSelect,
    )
    received_at = instant(_("When it reached us"), help_text=_("Left empty: now."))
    name = line(_("Name of the reporter"))
    contact = line(_("How to reach them"))
    affiliation = line(_("Company or group"))
    language = forms.ChoiceField(label=_("Language to answer in"), choices=LANGUAGE_CHOICES)
    files = Files(  # type: ignore[assignment]
        label=_("Files"), required=False, help_text=_("They go into quarantine; their hash is recorded.")
    )
    field_order = (
        "source",
        "title",
        "text",
        "effect",
        "product_text",
        "version_text",
        "kind",
        "reference",
        "wanted_publication",
        "first_contact_at",
        "zone",
        "said_attacked",
        "said_public",
        "name",
        "contact",
        "affiliation",
        "language",
        "received_at",
        "files",
    )


class AmendForm(FactsForm):
    """`source`: whom it is from by now; a door of ours stays, until somebody knows better."""

    beside: Sequence[tuple[str, ...]] = (*FactsForm.beside, ("source", "reason"))
    source = forms.ChoiceField(
        label=_("From whom"),
        required=False,
        help_text=_("From JPCERT/CC: its 45 days begin in every case, and it becomes a party there."),
    )
    reason = line(_("Reason"), help_text=_("Needed where it turns out to be from somebody else."))

    def __init__(self, *args: Any, source: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        known = dict.fromkeys((source, *states.LEARNED_SOURCES))
        self.fields["source"].choices = choices(words.SOURCES, tuple(known))  # type: ignore[attr-defined]


class AnswerForm(RowForm):
    answer_ja = area(_("Answer in Japanese"))
    answer_en = area(_("Answer in English"))


class AcknowledgeForm(AnswerForm):
    at = instant(_("When it went out"), help_text=_("Only where it was told another way before. Empty: now."))


class AssessForm(AnswerForm):
    """The finding is chosen above the form, by links, so that the answer begins with its own words."""

    finding = forms.CharField(widget=forms.HiddenInput)
    duplicate_of = line(_("Repeats"), required=True, help_text=_("The number of the report that came first."))
    reason = area(_("Reason"), required=True, help_text=_("For us. The reporter does not see it."))
    is_answered = forms.BooleanField(label=_("Tell the reporter now"), required=False)
    field_order = ("finding", "duplicate_of", "reason", "is_answered", "answer_ja", "answer_en")

    def __init__(self, *args: Any, finding: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if finding != "duplicate":
            del self.fields["duplicate_of"]


class AcceptForm(RowForm):
    case_id = forms.ChoiceField(label=_("Case"), required=False)
    title_ja = line(_("Title in Japanese"), max_length=200, help_text=_("Only for a new case."))
    title_en = line(_("Title in English"), max_length=200)

    def __init__(self, *args: Any, cases: list[tuple[str, str]], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["case_id"].choices = [("", _("Open a new case")), *cases]  # type: ignore[attr-defined]


class ReasonForm(RowForm):
    reason = area(_("Reason"), required=True)


class CloseForm(AnswerForm):
    reason = area(_("Reason"), required=True, help_text=_("For us. The reporter does not see it."))
    is_answered = forms.BooleanField(label=_("Tell the reporter now"), required=False)
    field_order = ("reason", "is_answered", "answer_ja", "answer_en")


class ReadForm(RowForm):
    """Nothing to fill in."""


class FilesForm(RowForm):
    files = Files(label=_("Files"), required=False)  # type: ignore[assignment]


class ReporterForm(RowForm):
    beside = (("name", "contact"), ("affiliation", "credit_name"))
    name = line(_("Name of the reporter"))
    contact = line(_("How to reach them"))
    affiliation = line(_("Company or group"))
    credit_name = line(_("Name to print"))
    consents_to_credit = forms.BooleanField(label=_("Agrees to be named when we publish"), required=False)
    language = forms.ChoiceField(label=_("Language to answer in"), choices=LANGUAGE_CHOICES)

    def data_typed(self) -> ReporterData:
        return ReporterData(**self.cleaned_data)
