"""Fields of merge, split and links. What can be chosen comes from the preview; the actions decide."""

from collections.abc import Iterable, Sequence

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from okiagari.cases.values import VulnerabilityView
from okiagari.flow.merging.queries import MergePreview
from okiagari.triage.rules.joining import KEEP
from okiagari.web.cases.forms import RowForm, TextForm, area, line
from okiagari.web.cases.words import best, who

Choices = Iterable[tuple[str, str]]
_STATES = {
    "investigating": _("investigating"),
    "affected": _("affected"),
    "not_affected": _("not affected"),
    "fixed": _("fixed"),
}


class ChooseForm(forms.Form):
    """Into which case."""

    into = forms.CharField(
        label=_("Number of the other case"),
        help_text=_("The case that stays. You lead both cases."),
        widget=forms.TextInput(attrs={"list": "cases-to-join", "autocomplete": "off"}),
    )


class MergeForm(RowForm):
    """What the rows do not tell: which flaws are one, which decision holds, who comes along, who decides."""

    reason = area(_("Reason"), required=True, help_text=_("It stands in both timelines."))

    def __init__(self, *args: object, preview: MergePreview, deciders: Choices, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        theirs = [each for each in preview.target.vulnerabilities if not each.is_withdrawn]
        for flaw in preview.source.vulnerabilities:
            if not flaw.is_withdrawn and theirs:
                self.fields[f"same_{flaw.id}"] = _same(flaw, theirs)
        for number, clash in enumerate(preview.clashes):
            self.fields[f"cell_{number}"] = forms.ChoiceField(
                label=gettext("%(target)s: which decision holds?") % {"target": clash.target},
                choices=[
                    (KEEP[0], _decided(preview.source.id, clash.merged)),
                    (KEEP[1], _decided(preview.target.id, clash.into)),
                    (KEEP[2], gettext("Neither: decide it anew")),
                ],
                widget=forms.RadioSelect,
            )
        if preview.comers:
            self.fields["let_in"] = forms.MultipleChoiceField(
                label=gettext("Who comes along"),
                choices=[(each.key, who(each.who).name) for each in preview.comers],
                widget=forms.CheckboxSelectMultiple,
                required=False,
                help_text=gettext("Whoever is not chosen no longer sees what was theirs."),
            )
        if preview.embargo == "disagree" or preview.judged_differently:
            self.fields["decider"] = forms.ChoiceField(
                label=gettext("Who decides where the cases differ"), choices=list(deciders)
            )
        self.order_fields([name for name in self.fields if name != "reason"])


def _same(flaw: VulnerabilityView, theirs: Sequence[VulnerabilityView]) -> forms.ChoiceField:
    return forms.ChoiceField(
        label=gettext("“%(title)s” is") % {"title": _called(flaw)},
        choices=[
            ("", gettext("a further vulnerability of the joined case")),
            *((each.id, gettext("the same as “%(title)s”") % {"title": _called(each)}) for each in theirs),
        ],
        required=False,
    )


def _called(flaw: VulnerabilityView) -> str:
    return f"{best(flaw.title)} ({flaw.cve})" if flaw.cve else best(flaw.title)


def _decided(case_id: str, state: str) -> str:
    return gettext("%(state)s, as %(case)s says") % {"state": _STATES[state], "case": case_id}


class SplitForm(TextForm):
    """What goes into a case of its own. Empty groups are left out."""

    local_required = ("title",)
    title_ja = line(_("Title of the new case (Japanese)"))
    title_en = line(_("Title of the new case (English)"))
    reason = area(_("Reason"), required=True, help_text=_("It stands in both timelines."))

    def __init__(self, *args: object, offered: dict[str, tuple[str, list[tuple[str, str]]]], **more: object):
        super().__init__(*args, **more)
        for name, (label, choices) in offered.items():
            if choices:
                self.fields[name] = forms.MultipleChoiceField(
                    label=label, choices=choices, widget=forms.CheckboxSelectMultiple, required=False
                )
        self.order_fields([*offered, "title_ja", "title_en", "reason"])


class LinkForm(RowForm):
    """A report to be part of the case."""

    report_id = line(
        _("Number of the report"),
        required=True,
        widget=forms.TextInput(attrs={"list": "reports-to-link", "autocomplete": "off"}),
    )
    reason = area(_("Reason"), required=True)


class LinkCaseForm(RowForm):
    """A case a report leads to as well."""

    case_id = line(
        _("Number of the case"),
        required=True,
        widget=forms.TextInput(attrs={"list": "cases-to-join", "autocomplete": "off"}),
    )
    reason = area(_("Reason"), required=True)
