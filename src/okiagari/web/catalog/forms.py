"""Fields of the catalogue's deeds. They hold what was typed; the rules of the catalogue decide."""

from collections.abc import Sequence

from django import forms
from django.utils.translation import gettext_lazy as _

from okiagari.web.cases.forms import area
from okiagari.web.cases.forms import line as text_line
from okiagari.web.catalog import words

Choice = tuple[str, object]
OLDEST = "oldest"
CPE_HINT = _("Of hardware: cpe:2.3:h:maker:wn-g54:r2:*:*:*:*:*:*:*. Of an application without a version.")
NOTE_HINT = _("Short: “only for units sold in Taiwan”. It stands wherever an advisory names this version.")
LINE_CPE_HINT = _(
    "Without a version, which each release adds: cpe:2.3:o:maker:wn-g54_firmware:*:*:*:*:*:*:*:*"
)
PURL_HINT = _("Without a version, which each release adds: pkg:generic/maker/wn-g54-firmware")
DATE_HINT = _("As far as it is known: 2016-10-28, 2016-10, late 2016-10, 2016. Empty: not known.")


class Choosing(forms.Form):
    """A form whose selects are filled when it is made: ``choices={"team": [...]}``; "" stands first."""

    def __init__(
        self, *args: object, choices: dict[str, Sequence[Choice]] | None = None, **kwargs: object
    ) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        for name, known in (choices or {}).items():
            self.fields[name].choices = [("", _("none")), *known]  # type: ignore[attr-defined]


class ProductForm(Choosing):
    """A product whole. On an existing one the model number stays, and targets have a page of their own."""

    model = text_line(
        _("Model number"), required=True, max_length=80, help_text=_("As printed on the device.")
    )
    kind = forms.ChoiceField(label=_("Kind of product"), choices=words.choices(words.KINDS))
    names_ja = text_line(_("Name in Japanese"), max_length=200)
    names_en = text_line(_("Name in English"), max_length=200)
    other_names = text_line(
        _("Other names"), help_text=_("Names people search by, with commas between: old names, nicknames.")
    )
    category = text_line(_("Category"), max_length=40)
    family = text_line(_("Family"), max_length=60)
    line = forms.ChoiceField(label=_("Firmware line"), required=False)
    brand = forms.ChoiceField(label=_("Brand"), required=False)
    team = forms.ChoiceField(label=_("Team that answers"), required=False)
    successor = text_line(_("Successor"), max_length=80, help_text=_("Model number of the product to go to."))
    countries = text_line(_("Sold in"), help_text=_("Countries, with commas between: JP, TW."))
    find_model_ja = area(_("Where the model is found, in Japanese"))
    find_model_en = area(_("Where the model is found, in English"))
    page = text_line(_("Page of the product"), max_length=300)
    cpe = text_line(_("CPE 2.3"), max_length=300, help_text=CPE_HINT)
    purl = text_line(_("Package URL"), max_length=300, help_text=PURL_HINT)

    def __init__(self, *args: object, is_new: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if not is_new:
            del self.fields["model"], self.fields["line"]


class SupportForm(forms.Form):
    kind = forms.ChoiceField(label=_("Which date"), choices=words.choices(words.SUPPORT, words.LIFE))
    date = text_line(_("Date"), help_text=DATE_HINT)
    assumed = forms.BooleanField(
        label=_("Assumed"), required=False, help_text=_("Nobody decided it yet; it is what we go by.")
    )


class ShippedForm(forms.Form):
    date = text_line(_("Shipped by"), required=True, help_text=DATE_HINT)
    units = forms.IntegerField(label=_("Units shipped until then, in all"), min_value=0)
    source = text_line(_("Who says so"), max_length=120)
    assumed = forms.BooleanField(label=_("Assumed"), required=False, help_text=_("An estimate, not a count."))


class TargetForm(Choosing):
    revision = text_line(
        _("Hardware revision"), max_length=40, help_text=_("As printed on the device; empty: only one.")
    )
    line = forms.ChoiceField(label=_("Firmware line"), required=False)
    platform = text_line(_("Platform"), max_length=40, help_text=_("Of an application: windows, android."))
    serials = text_line(_("Serial numbers"), max_length=120, help_text=_("Which units are of this revision."))


class RevisionForm(forms.Form):
    """What tells one hardware revision from another, on its label and for programs."""

    serial_numbers = area(
        _("Serial numbers for the public"),
        help_text=_("One pattern a line: XY12* for all that begin so, ? for one character."),
    )
    model_numbers = area(
        _("Further model numbers"),
        help_text=_("One a line, with ? and * likewise: as variants by country are labelled."),
    )
    cpe = text_line(_("CPE 2.3"), max_length=300, help_text=CPE_HINT)
    serials = text_line(
        _("Serial numbers, for people inside"), max_length=120, help_text=_("In words; it does not go out.")
    )


BY_SALE = "sale"
"""The value of the choice that is empty in the catalogue."""


class ListingForm(forms.Form):
    listing = forms.ChoiceField(
        label=_("On the public pages"),
        choices=[(code or BY_SALE, word) for code, word in words.LISTINGS.items()],
        widget=forms.RadioSelect,
    )
    reason = area(_("Reason"), required=True)


class ComponentForm(forms.Form):
    name = text_line(
        _("Component"), required=True, max_length=80, help_text=_("As its makers call it: wpa_supplicant.")
    )
    component_version = text_line(_("Its version"), max_length=60)
    since = forms.ChoiceField(label=_("In the releases from"), required=False)
    until = forms.ChoiceField(label=_("Up to"), required=False)
    purl = text_line(
        _("Package URL"), max_length=300, help_text=_("If there is one: pkg:generic/openssl@1.0.2k")
    )

    def __init__(self, *args: object, releases: Sequence[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        named = [(text, text) for text in releases]
        self.fields["since"].choices = [("", _("the first one")), *named]  # type: ignore[attr-defined]
        self.fields["until"].choices = [("", _("the newest one, and those to come")), *named]  # type: ignore[attr-defined]


class ReasonForm(forms.Form):
    reason = area(_("Reason"), required=True)


class LineForm(forms.Form):
    key = text_line(
        _("Key"), required=True, max_length=80, help_text=_("Letters, digits, hyphens: wn-g54-r2.")
    )
    name_ja = text_line(_("Name in Japanese"), max_length=200)
    name_en = text_line(_("Name in English"), max_length=200)
    find_version_ja = area(_("Where the version is found, in Japanese"))
    find_version_en = area(_("Where the version is found, in English"))
    how_to_apply_ja = area(_("How to apply an update, in Japanese"))
    how_to_apply_en = area(_("How to apply an update, in English"))
    cpe = text_line(_("CPE 2.3"), max_length=300, help_text=LINE_CPE_HINT)
    purl = text_line(_("Package URL"), max_length=300, help_text=PURL_HINT)

    def __init__(self, *args: object, is_new: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        if not is_new:
            del self.fields["key"]


class ReleaseForm(forms.Form):
    """One release. `releases`: the texts on the line, oldest first; None where the release is known."""

    text = text_line(_("Version"), required=True, max_length=60, help_text=_("As the maker writes it."))
    after = forms.ChoiceField(label=_("Its place"))
    state = forms.ChoiceField(label=_("State"), choices=words.choices(words.STATES))
    date = text_line(_("Date"), help_text=DATE_HINT)
    url = text_line(_("Download link"), max_length=400)
    sha256 = text_line(_("SHA-256 checksum"), max_length=64)
    size = forms.IntegerField(label=_("Size in bytes"), required=False, min_value=0)
    requires = forms.ChoiceField(
        label=_("Must pass through"),
        required=False,
        help_text=_("A release that has to be installed before this one."),
    )
    public_note_ja = area(_("What the public is told of this version, in Japanese"), help_text=NOTE_HINT)
    public_note_en = area(_("What the public is told of this version, in English"))
    notes_ja = area(_("Notes for people inside, in Japanese"))
    notes_en = area(_("Notes for people inside, in English"))

    def __init__(self, *args: object, releases: Sequence[str], is_new: bool, **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["requires"].choices = [("", _("none")), *((text, text) for text in releases)]  # type: ignore[attr-defined]
        if is_new:
            self.fields["after"].choices = places(releases)  # type: ignore[attr-defined]
        else:
            del self.fields["text"], self.fields["after"], self.fields["state"]


class StateForm(forms.Form):
    state = forms.ChoiceField(label=_("State"), choices=words.choices(words.STATES), widget=forms.RadioSelect)
    reason = area(_("Reason"), help_text=_("Needed to withdraw a release."))


class MoveForm(forms.Form):
    after = forms.ChoiceField(label=_("Its place"))
    reason = area(
        _("Reason"), required=True, help_text=_("What is affected and what is fixed follows the order.")
    )

    def __init__(self, *args: object, releases: Sequence[str], **kwargs: object) -> None:
        super().__init__(*args, **kwargs)  # type: ignore[arg-type]
        self.fields["after"].choices = places(releases)  # type: ignore[attr-defined]


class AliasForm(forms.Form):
    alias = text_line(
        _("The other text"), required=True, max_length=60, help_text=_("As the device or the page writes it.")
    )
    source = text_line(_("Who writes it so"), max_length=40, help_text=_("device, web, app"))


def places(releases: Sequence[str]) -> list[Choice]:
    """Where a release can stand: newest first in the list, so that the usual answer is at hand."""
    after = [(place_after(text), _("after %(text)s") % {"text": text}) for text in reversed(releases)]
    return [*after, (OLDEST, _("the oldest"))]


def place_after(text: str) -> str:
    """The value of the choice "after this release", or of "the oldest"."""
    return f"after {text}" if text else OLDEST


def after_of(place: str) -> str:
    """The release a chosen place comes after, "" for the oldest."""
    return place.removeprefix("after ") if place != OLDEST else ""


class ImportForm(forms.Form):
    file = forms.FileField(label=_("Catalogue file"), help_text=_("YAML or JSON in UTF-8, up to 32 MiB."))
