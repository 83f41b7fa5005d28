"""Fields of the deeds with CVE ids. They hold what was typed; the actions decide."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from okiagari.disclose.cve.rules import FOLLOWS, STATES
from okiagari.web.cases.forms import RowForm, area, instant, line
from okiagari.web.cases.words import choices

TOGETHER, APART = "together", "apart"


class ReserveForm(RowForm):
    vulnerabilities = forms.MultipleChoiceField(
        label=_("Vulnerabilities without an id"), widget=forms.CheckboxSelectMultiple
    )
    order = forms.ChoiceField(
        label=_("Several ids"),
        choices=[(TOGETHER, _("follow each other")), (APART, _("do not follow each other"))],
        widget=forms.RadioSelect,
        initial=TOGETHER,
        required=False,
    )

    def __init__(self, *args: object, flaws: Sequence[tuple[str, str]] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["vulnerabilities"].choices = list(flaws)  # type: ignore[attr-defined]
        if len(flaws) < 2:
            del self.fields["order"]


class RejectForm(RowForm):
    reason_en = area(
        _("Reason in English"), required=True, help_text=_("The record says it to the whole world.")
    )
    reason_ja = area(_("Reason in Japanese"))
    replaced_by = line(
        _("Ids that stand for it"), help_text=_("CVE ids with spaces between, where there are any.")
    )


class KeepForm(RowForm):
    reason = area(_("Why it is kept"), required=True)


class NoteForm(RowForm):
    beside = (("state", "at"),)
    cve = line(_("CVE id"), max_length=24, help_text=_("Like CVE-2015-2984."))
    state = forms.ChoiceField(
        label=_("What it is now"), choices=choices({code: STATES[code] for code in FOLLOWS})
    )
    at = instant(_("Since"), help_text=_("Empty: now."))
    reason = area(_("Reason"), help_text=_("Needed where the id was rejected."))
