"""Fields of taking a document in. They hold what was typed; the actions decide."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from okiagari.cases.narration import FACT_WORDS
from okiagari.flow.importing.matching import SURE
from okiagari.flow.importing.queries import Reading
from okiagari.web.cases.forms import area, line
from okiagari.web.cases.words import LANGUAGES, choices
from okiagari.web.documents.words import called

TARGETS, FACT = "match_", "fact_"
MOST = 300
"""How many products have a field on the page."""
MOST_FACTS, LONGEST_LABEL = 100, 300


class FileForm(forms.Form):
    file = forms.FileField(
        label=_("File"),
        help_text=_("CSAF 2.0 or 2.1, a CVE record, or VULDEF, as it was published; up to 10 MB."),
    )


class DropForm(forms.Form):
    reason = area(_("Reason"), required=True, help_text=_("Not ours, an older edition, read by mistake."))


class FactsForm(forms.Form):
    """One choice for each thing a document says of attacks: the kind of fact it is noted as, or none."""

    def ask(self, reading: Reading) -> None:
        """Add the choices, as far as the page shows them, with what is proposed."""
        for each in reading.statements[:MOST_FACTS]:
            flaw = reading.said.flaws[each.flaw]
            self.fields[f"{FACT}{each.number}"] = forms.ChoiceField(
                label=f"{called(flaw, each.flaw + 1)}: {each.text[:LONGEST_LABEL]}",
                choices=[("", _("is not noted")), *choices(FACT_WORDS)],
                required=False,
                initial=each.kind,
            )

    @property
    def asked(self) -> list[forms.BoundField]:
        return [self[name] for name in self.fields if name.startswith(FACT)]

    def facts(self) -> dict[str, str]:
        """Number of the statement -> kind of fact, "" for none."""
        return {
            name.removeprefix(FACT): kind for name, kind in self.cleaned_data.items() if name.startswith(FACT)
        }


class SupplierForm(FactsForm):
    """What to make of a supplier's advisory."""

    make = forms.ChoiceField(
        label=_("What to make of it"),
        choices=[
            ("report", _("A report")),
            ("new", _("A report and a new case")),
            ("known", _("A report in a case that is there")),
        ],
        widget=forms.RadioSelect,
        initial="report",
    )
    case_id = line(_("Number of that case"), widget=forms.TextInput(attrs={"placeholder": "OKI-26-7K3QD"}))
    components = forms.MultipleChoiceField(
        label=_("Components of ours that are meant"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
        help_text=_("Every product that holds one of them becomes a row of the case's grid."),
    )
    language = forms.ChoiceField(label=_("Its words are"), choices=LANGUAGES)

    def __init__(
        self, *args: object, reading: Reading, offered: Sequence[tuple[str, str]], **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.ask(reading)
        self.fields["components"].choices = offered  # type: ignore[attr-defined]
        if not offered:
            del self.fields["components"]

    @property
    def case(self) -> str:
        make = self.cleaned_data["make"]
        return {"report": "", "new": "new"}.get(make, str(self.cleaned_data["case_id"]).strip())


class OwnForm(FactsForm):
    """What to make of an advisory of one's own past, and which of its products are which."""

    case_id = line(
        _("Case"),
        help_text=_("Left empty, a new case is opened."),
        widget=forms.TextInput(attrs={"placeholder": "OKI-26-7K3QD"}),
    )
    tracking_id = line(
        _("Document id of the draft"), help_text=_("That of the document, so that links hold.")
    )
    language = forms.ChoiceField(label=_("Its words are"), choices=LANGUAGES)
    is_closed = forms.BooleanField(
        label=_("The case is over: close it at once"),
        required=False,
        help_text=_("Read other languages first: a closed case is not written on."),
    )

    def __init__(self, *args: object, reading: Reading, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.reading = reading
        self.ask(reading)
        proposed = {each.product: each for each in reading.matches}
        for number, product in enumerate(reading.said.products[:MOST]):
            self.fields[f"{TARGETS}{number}"] = line(
                product.name or product.key,
                initial=", ".join(proposed[product.key].targets),
                widget=forms.TextInput(attrs={"list": "targets", "class": "o-input", "size": "24"}),
            )

    def matches(self) -> dict[str, list[str]]:
        """Product of the document -> targets, as they were typed; beyond the page those that are sure."""
        proposed = {each.product: each.targets for each in self.reading.matches if each.confidence in SURE}
        return {
            product.key: [each.strip() for each in self._typed(number).split(",") if each.strip()]
            if number < MOST
            else list(proposed.get(product.key, ()))
            for number, product in enumerate(self.reading.said.products)
        }

    def _typed(self, number: int) -> str:
        name = f"{TARGETS}{number}"
        if self.is_bound:
            return str(self.data.get(self.add_prefix(name), ""))
        return str(self.fields[name].initial or "")


class JoinForm(forms.Form):
    language = forms.ChoiceField(label=_("Its words are"), choices=LANGUAGES)
