"""Fields of the measures. They hold what was typed; the actions decide."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from okiagari.remedy.narration import KIND_WORDS, PLACE_WORDS
from okiagari.triage.queries import Grid
from okiagari.triage.rules.cells import CONFIDENCE
from okiagari.web.cases.forms import RowForm, TextForm, area, instant, line
from okiagari.web.cases.words import best, choices
from okiagari.web.frame.words import language

Choice = tuple[str, str]
PLANNED = ("fix", "workaround", "stop_use", "replace", "accept", "recall", "rework")
"""Kinds that are planned here; a shipping stop and a cut-in have pages of their own."""


def confidence() -> forms.ChoiceField:
    return forms.ChoiceField(
        label=_("How sure is that"), choices=[("", _("not said")), *choices(CONFIDENCE)], required=False
    )


class MeasureForm(TextForm):
    """A measure. `releases` and `products`: what can be chosen, as (value, words)."""

    beside = (("planned", "planned_confidence"),)

    kind = forms.ChoiceField(label=_("Kind of measure"), choices=choices(KIND_WORDS, PLANNED))
    targets = forms.MultipleChoiceField(
        label=_("Products"), widget=forms.CheckboxSelectMultiple, required=False
    )
    vulnerabilities = forms.MultipleChoiceField(
        label=_("Vulnerabilities"),
        widget=forms.CheckboxSelectMultiple,
        required=False,
        help_text=_("None chosen means all of the case."),
    )
    text_ja = area(_("What the owner reads, in Japanese"))
    text_en = area(_("What the owner reads, in English"))
    release = forms.ChoiceField(
        label=_("Release that fixes it"), required=False, help_text=_("Only for a fix.")
    )
    successor = forms.ChoiceField(
        label=_("Successor"),
        required=False,
        help_text=_("For a request to stop using it: a product known not to be affected."),
    )
    planned = line(_("Planned for"), help_text=_("As far as it is known: 2016-12-01, 2016-12, late 2016-12."))
    planned_confidence = confidence()
    planned_wording_ja = line(_("What the public reads of it, in Japanese"))
    planned_wording_en = line(_("What the public reads of it, in English"))
    reason = line(_("Reason"), help_text=_("Needed to accept a risk, to call stock back, to rework it."))

    def __init__(
        self,
        *args: object,
        grid: Grid,
        releases: Sequence[Choice],
        products: Sequence[Choice],
        **kwargs: object,
    ) -> None:
        super().__init__(*args, **kwargs)
        none = ("", _("none"))
        fields: dict[str, Sequence[tuple[str, object]]] = {
            "targets": rows(grid),
            "vulnerabilities": [
                (column.id, _named(column.cve or column.id, column.title.best(language())))
                for column in grid.columns
            ],
            "release": [none, *releases],
            "successor": [none, *products],
        }
        for name, known in fields.items():
            self.fields[name].choices = known  # type: ignore[attr-defined]


def rows(grid: Grid) -> list[Choice]:
    """The products of the case, for a choice."""
    return [(row.target.key, _named(row.target.key, best(row.target.names))) for row in grid.rows]


def _named(key: str, name: str) -> str:
    return f"{key} · {name}" if name and name != key else key


class ReadyForm(RowForm):
    note = line(_("Note"), help_text=_("How it was checked, for whoever asks later."))


class VerifyForm(RowForm):
    who = line(_("Who verified it"), required=True)
    on = line(_("On which release"), required=True)
    how = area(_("How, and where the evidence lies"), required=True)


class RescheduleForm(TextForm):
    """`releases`: those of the firmware of its products, as (value, words)."""

    beside = (("planned", "planned_confidence"),)
    release = forms.ChoiceField(
        label=_("Release that fixes it"),
        required=False,
        help_text=_("As soon as its number is known. It stands on the firmware line, planned or public."),
    )
    planned = line(_("Planned for"), help_text=_("As far as it is known: 2016-12-01, 2016-12, late 2016-12."))
    planned_confidence = confidence()
    planned_wording_ja = line(_("What the public reads of it, in Japanese"))
    planned_wording_en = line(_("What the public reads of it, in English"))
    reason = line(_("Reason"), required=True)

    def __init__(self, *args: object, releases: Sequence[Choice], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        if releases:
            self.fields["release"].choices = [("", _("none")), *releases]  # type: ignore[attr-defined]
        else:
            del self.fields["release"]


class RewordForm(TextForm):
    text_ja = area(_("What the owner reads, in Japanese"))
    text_en = area(_("What the owner reads, in English"))


class StopForm(RowForm):
    """`targets`: the rows of the case, as (value, words)."""

    targets = forms.MultipleChoiceField(
        label=_("Products"), widget=forms.CheckboxSelectMultiple, required=False
    )
    places = line(
        _("From which warehouses and channels"), help_text=_("Separated by commas. Empty: from all of them.")
    )
    since = instant(_("From when"), help_text=_("Empty: now."))
    reason = area(_("Why shipping stops"), required=True)
    urgent = forms.BooleanField(
        label=_("Stop at once, without waiting for approval"),
        required=False,
        help_text=_("It holds from this moment on; an executive or approver approves it afterwards."),
    )

    def __init__(self, *args: object, targets: Sequence[Choice], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["targets"].choices = targets  # type: ignore[attr-defined]


class ConditionForm(RowForm):
    condition = area(
        _("Condition that was met"),
        required=True,
        help_text=_("For example: fixed firmware 1.11 from serial SR1B000120 on."),
    )


class StockForm(RowForm):
    beside = (("place", "name", "units"),)
    place = forms.ChoiceField(label=_("Where it lies"), choices=choices(PLACE_WORDS))
    name = line(_("Which one"), max_length=120)
    units = forms.IntegerField(label=_("Units"), min_value=0)


class CountForm(RowForm):
    """`stocks`: those there are, as (value, words)."""

    beside = (("stock", "done"), ("day", "source"))
    stock = forms.ChoiceField(label=_("Stock"))
    done = forms.IntegerField(label=_("Done so far"), min_value=0)
    day = forms.DateField(
        label=_("Up to which day"),
        required=False,
        widget=forms.DateInput(attrs={"type": "date"}),
        help_text=_("Empty: today."),
    )
    source = line(_("Who says so"), required=True, max_length=120)

    def __init__(self, *args: object, stocks: Sequence[Choice], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["stock"].choices = stocks  # type: ignore[attr-defined]


class CutInForm(RowForm):
    beside = (("target", "factory"), ("counted_by", "first"), ("release", "since"))
    target = forms.ChoiceField(label=_("Product"))
    factory = line(_("Factory"), max_length=120)
    counted_by = forms.ChoiceField(
        label=_("Counted by"), choices=[("serial", _("serial number")), ("lot", _("lot"))]
    )
    first = line(_("First good one"), required=True, max_length=60, help_text=_("As printed on the label."))
    order = area(
        _("How numbers run"),
        required=True,
        help_text=_(
            "One pattern in each line, the oldest first: # a digit that counts, @ a letter that counts, "
            "? one that does not. SR1A###### before SR1B######."
        ),
    )
    release = forms.ChoiceField(label=_("Release it ships with"), required=False)
    since = line(_("Since"), help_text=_("As far as it is known: 2016-12-01, 2016-12, late 2016-12."))
    source = line(_("Who says so"), max_length=120)

    def __init__(
        self, *args: object, targets: Sequence[Choice], releases: Sequence[Choice], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["target"].choices = targets  # type: ignore[attr-defined]
        self.fields["release"].choices = [("", _("none")), *releases]  # type: ignore[attr-defined]


class SerialForm(RowForm):
    beside = (("model", "number"),)
    model = forms.ChoiceField(label=_("Product"), required=False)
    number = line(_("Serial number or lot"), required=True, max_length=60)

    def __init__(self, *args: object, models: Sequence[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["model"].choices = [("", _("any")), *((each, each) for each in models)]  # type: ignore[attr-defined]


class AcceptForm(RowForm):
    until = instant(_("Accepted until"), required=True)
    reason = area(_("Why it can be accepted"), required=True)


class ReasonForm(RowForm):
    reason = area(_("Reason"), required=True)
