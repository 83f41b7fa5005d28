"""Fields of the deeds. They hold what was typed and know the words of choices; the actions decide."""

from collections.abc import Sequence
from datetime import datetime

from django import forms
from django.conf import settings
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from okiagari.cases import narration, rules
from okiagari.cases.values import Directory, Name
from okiagari.standards.deadlines import RULES
from okiagari.standards.localtext import LANGUAGES, LocalText
from okiagari.web.cases.words import LANGUAGES as LANGUAGE_CHOICES
from okiagari.web.cases.words import best, choices
from okiagari.web.frame.words import language

ZONES = ("Asia/Tokyo", "UTC", "Europe/Berlin", "America/New_York", "America/Los_Angeles")


class RowForm(forms.Form):
    """A form that knows which of its fields stand beside one another."""

    beside: Sequence[tuple[str, ...]] = ()

    def rows(self) -> list[list[forms.BoundField]]:
        """The fields in order; those that belong together in one row, the two languages always."""
        rows: list[list[forms.BoundField]] = []
        for field in self:
            if rows and self._belongs(rows[-1][-1].name, field.name):
                rows[-1].append(field)
            else:
                rows.append([field])
        return rows

    def _belongs(self, before: str, name: str) -> bool:
        if before == name.removesuffix("_en") + "_ja":
            return True
        return any(before in group and name in group for group in self.beside)


def part_field(parts: Sequence[str]) -> forms.ChoiceField:
    """For everybody of the case, or for one team alone."""
    named = [("", _("everybody of the case")), *choices(rules.PARTS, parts)]
    return forms.ChoiceField(label=_("Who sees it"), choices=named, required=False)


def part_to_enter(parts: Sequence[str]) -> forms.ChoiceField:
    """Into the case, or further into what one team keeps to itself."""
    return forms.ChoiceField(
        label=_("Into what"),
        choices=[("", _("the case, without what one team keeps to itself")), *choices(rules.PARTS, parts)],
        required=False,
        help_text=_("Whoever goes into a part of it is in the case already."),
    )


class TextForm(RowForm):
    """Texts in two languages: the reader's own is the one that is asked for."""

    local_required: Sequence[str] = ()

    def __init__(self, *args: object, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name in self.local_required:
            self.fields[f"{name}_{language()}"].required = True


def line(label: object, **more: object) -> forms.CharField:
    return forms.CharField(label=label, required=bool(more.pop("required", False)), **more)  # type: ignore[arg-type]


def area(label: object, **more: object) -> forms.CharField:
    return line(label, widget=forms.Textarea(attrs={"rows": 4}), **more)


def instant(label: object, **more: object) -> forms.CharField:
    """Day and hour, in the maker's zone."""
    return line(label, widget=forms.DateTimeInput(attrs={"type": "datetime-local"}), **more)


def shown(value: datetime | None) -> str:
    """An instant as the field shows it."""
    return timezone.localtime(value).strftime("%Y-%m-%dT%H:%M") if value else ""


def texts(**named: LocalText) -> dict[str, str]:
    """Initial values of the fields ``name_ja`` and ``name_en``."""
    return {f"{name}_{code}": text.exact(code) for name, text in named.items() for code in LANGUAGES}


class CaseForm(TextForm):
    local_required = ("title",)
    title_ja = line(_("Title in Japanese"), max_length=200)
    title_en = line(_("Title in English"), max_length=200)
    kinds = forms.MultipleChoiceField(
        label=pgettext_lazy("case", "Kind"),
        choices=choices(narration.KIND_WORDS),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("The kind decides which team answers and is let in. Several at once are fine."),
    )
    playbook = forms.ChoiceField(
        label=_("Playbook"), required=False, help_text=_("Brings its tasks with it. It can be chosen later.")
    )
    summary_ja = area(_("Summary in Japanese"))
    summary_en = area(_("Summary in English"))

    def __init__(self, *args: object, playbooks: Sequence[tuple[str, str]] = (), **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["playbook"].choices = [("", _("none yet")), *playbooks]  # type: ignore[attr-defined]


class EditCaseForm(CaseForm):
    reason = line(_("Reason"), help_text=_("Needed when the kind changes."))


class VulnerabilityForm(TextForm):
    beside = (("cve", "jvn", "jvndb", "cwe"),)
    local_required = ("title",)
    title_ja = line(_("Title in Japanese"), max_length=200)
    title_en = line(_("Title in English"), max_length=200)
    description_ja = area(_("Description in Japanese"))
    description_en = area(_("Description in English"))
    impact_ja = area(_("Impact in Japanese"))
    impact_en = area(_("Impact in English"))
    cve = line("CVE", widget=forms.TextInput(attrs={"placeholder": "CVE-2015-2984"}))
    jvn = line("JVN", widget=forms.TextInput(attrs={"placeholder": "JVN#17964918"}))
    jvndb = line("JVNDB", widget=forms.TextInput(attrs={"placeholder": "JVNDB-2015-000114"}))
    cwe = line("CWE", widget=forms.TextInput(attrs={"placeholder": "CWE-120"}))
    reason = line(_("Reason"))


class FactForm(RowForm):
    kind = forms.ChoiceField(
        label=_("What is so"), choices=choices(narration.FACT_WORDS), widget=forms.RadioSelect
    )
    at = instant(_("Since when"), required=True)
    known_at = instant(_("Known since"), help_text=_("Empty: since now."))
    evidence = area(
        _("Evidence"), required=True, help_text=_("An address, a log, who saw it: so that others can check.")
    )
    source = line(_("Source"), max_length=200)


class EmbargoForm(RowForm):
    beside = (("until", "zone"),)
    state = forms.ChoiceField(label=_("The embargo is"), widget=forms.RadioSelect)
    until = instant(_("Until"), help_text=_("Open while it is only proposed."))
    zone = forms.ChoiceField(label=_("Zone of that time"), choices=[(zone, zone) for zone in ZONES])
    agreed_with = line(_("Agreed with"), max_length=200)
    reason = area(_("Reason"), help_text=_("Needed for a new end, and to end it."))

    def __init__(self, *args: object, states: Sequence[str] = (), zone: str = "", **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["state"].choices = choices(narration.EMBARGO_WORDS, states)  # type: ignore[attr-defined]
        known = dict.fromkeys((zone or settings.TIME_ZONE, settings.TIME_ZONE, *ZONES))
        self.fields["zone"].choices = [(each, each) for each in known]  # type: ignore[attr-defined]


class PartyForm(RowForm):
    beside = (("organisation", "name"),)
    role = forms.ChoiceField(label=_("Role"), choices=choices(narration.ROLE_WORDS))
    organisation = forms.ChoiceField(label=_("Organisation"), required=False)
    name = line(
        _("Or a name"),
        max_length=200,
        help_text=_("Not of a reporter: who reported is kept apart, in the report."),
    )
    reference = line(_("Their reference"), max_length=120)

    def __init__(self, *args: object, directory: Directory, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["organisation"].choices = [("", _("none")), *_named(directory.organisations)]  # type: ignore[attr-defined]


class AdmitForm(RowForm):
    who = forms.ChoiceField(label=_("Who"))
    level = forms.ChoiceField(
        label=_("How far"), choices=choices(narration.LEVEL_WORDS), widget=forms.RadioSelect
    )
    reason = line(_("Reason"), required=True, max_length=200)

    def __init__(self, *args: object, directory: Directory, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["who"].choices = [  # type: ignore[attr-defined]
            (_("Teams"), _keyed(directory.teams)),
            (_("People"), _keyed(directory.people)),
            (_("Organisations"), _keyed(directory.organisations)),
        ]


class MessageForm(RowForm):
    beside = (("channel", "language"),)
    direction = forms.ChoiceField(
        label=_("Direction"),
        choices=choices(narration.DIRECTION_WORDS),
        widget=forms.RadioSelect,
        initial="out",
    )
    audience = forms.ChoiceField(label=_("With whom"), choices=choices(narration.AUDIENCE_WORDS))
    organisation = forms.ChoiceField(
        label=_("Organisation"),
        required=False,
        help_text=_("Its people who were let into the case read this message here."),
    )
    channel = forms.ChoiceField(label=_("Channel"), choices=choices(narration.CHANNEL_WORDS))
    language = forms.ChoiceField(label=_("Language"), choices=LANGUAGE_CHOICES)
    subject_line = line(_("Subject line"), max_length=200)
    text = area(_("Text, as it goes or came"), required=True)
    at = instant(_("When"), help_text=_("Empty: now."))

    def __init__(self, *args: object, directory: Directory, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["organisation"].choices = [("", _("none")), *_named(directory.organisations)]  # type: ignore[attr-defined]


class TaskForm(TextForm):
    beside = (("team", "person", "due_at"),)
    local_required = ("title",)
    title_ja = line(_("Task in Japanese"), max_length=200)
    title_en = line(_("Task in English"), max_length=200)
    team = forms.ChoiceField(label=_("Team"), required=False)
    person = forms.ChoiceField(label=_("Person in charge"), required=False)
    due_at = instant(_("Due"))

    def __init__(self, *args: object, directory: Directory, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)
        self.fields["team"].choices = [("", _("none")), *_named(directory.teams)]  # type: ignore[attr-defined]
        self.fields["person"].choices = [("", _("nobody yet")), *_named(directory.people)]  # type: ignore[attr-defined]


class OutcomeForm(RowForm):
    outcome = area(_("What came of it"))


class ReasonForm(RowForm):
    reason = area(_("Reason"), required=True)


class ClockForm(RowForm):
    rule = forms.ChoiceField(
        label=_("Clock"),
        choices=[(key, _(rule.title)) for key, rule in RULES.items() if key != "embargo_end"],
    )
    anchor_at = instant(_("It runs from"), help_text=_("Empty: it waits until that has happened."))
    anchor_source = line(
        _("What happened then"),
        required=True,
        max_length=200,
        help_text=_("The report, the message, the event."),
    )


class ExtendForm(RowForm):
    until = instant(_("New end"), required=True)
    agreed_with = line(_("Agreed with"), required=True, max_length=200)
    reason = area(_("Reason"), required=True)


class MeetForm(RowForm):
    by = line(_("Met by"), required=True, max_length=200, help_text=_("The message, publication or report."))
    at = instant(_("When"), help_text=_("Empty: now."))


class EvidenceForm(RowForm):
    file = forms.FileField(
        label=_("File"), required=False, help_text=_("Up to 25 MB. It is only ever downloaded.")
    )
    name = line(_("Name"), max_length=120, help_text=_("What to call it. Empty: as the file is called."))
    note = area(_("Note"))


def _named(names: Sequence[Name]) -> list[tuple[str, str]]:
    return [(name.key, best(name.name) or name.key) for name in names]


def _keyed(names: Sequence[Name]) -> list[tuple[str, str]]:
    return [(f"{name.kind}:{name.key}", best(name.name) or name.key) for name in names]
