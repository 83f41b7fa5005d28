"""Products, device variants, firmware lines and releases, support dates, and the targets of a case.

Natural keys are stable: a product's model number, a line's key, a target's key. A *target* is what a
case asks about: a device variant on a firmware line, an application on an OS, a service, a system.
"""

from django.db import models

from okiagari.desk.models import Aggregate, Organisation, Team
from okiagari.plumbing.fields import JsonField, LocalTextField, PartialDateField
from okiagari.plumbing.models import Blob


class Product(Aggregate):
    """Something with a model number. `kind`: device, application, service, system.

    `search_text`: model and names, folded, for the search of the list. `listing`: whether the public pages
    name it: listed, unlisted, "" by the day its sale began (`rules.listing`).
    """

    model = models.CharField(max_length=80, unique=True)
    slug = models.SlugField(max_length=80, unique=True)
    kind = models.CharField(max_length=12, default="device")
    names = LocalTextField()
    other_names = JsonField(default=list)
    search_text = models.TextField(blank=True, default="")
    category = models.CharField(max_length=40, blank=True, default="")
    family = models.CharField(max_length=60, blank=True, default="")
    brand = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    successor = models.ForeignKey("self", models.PROTECT, null=True, related_name="predecessors")
    countries = JsonField(default=list)
    find_model = LocalTextField()
    page = models.URLField(max_length=300, blank=True, default="")
    cpe = models.CharField(max_length=300, blank=True, default="")
    purl = models.CharField(max_length=300, blank=True, default="")
    listing = models.CharField(max_length=8, blank=True, default="")
    retired_at = models.DateTimeField(null=True)


class SystemEntry(models.Model):
    """What the inventory of our own systems says of one: who runs it, what reaches it, what it holds.

    `exposure`: internet, partners, internal, isolated; "" while nobody has said.
    """

    product = models.OneToOneField(Product, models.PROTECT, related_name="system")
    operator = models.CharField(max_length=200, blank=True, default="")
    exposure = models.CharField(max_length=12, blank=True, default="")
    data_held = LocalTextField()
    holds_personal_data = models.BooleanField(default=False)
    recovery_contact = models.CharField(max_length=200, blank=True, default="")


class SupportDate(models.Model):
    """One date in a product's life. `kind`: general_availability, end_of_sales,
    end_of_security_support, end_of_life (the words of OpenEoX; a bare "EOS" is never stored). `set_at`: since
    when it is this one."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="support_dates")
    kind = models.CharField(max_length=28)
    date = PartialDateField()
    assumed = models.BooleanField(default=False)
    set_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product", "kind"], name="support_date_once")]


class Variant(models.Model):
    """A hardware revision of a product, as printed on the device; "" where there is only one.

    `serials`: which units those are, in words, for people inside. `serial_numbers`, `model_numbers`: patterns
    for the public as CSAF writes them. `cpe` stands before that of the product.
    """

    product = models.ForeignKey(Product, models.PROTECT, related_name="variants")
    revision = models.CharField(max_length=40, blank=True, default="")
    serials = models.CharField(max_length=120, blank=True, default="")
    serial_numbers = JsonField(default=list)
    model_numbers = JsonField(default=list)
    cpe = models.CharField(max_length=300, blank=True, default="")
    note = LocalTextField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["product", "revision"], name="variant_once")]


class FirmwareLine(Aggregate):
    """The maker's own ordered list of releases. One line may serve many variants, and back.

    `cpe` and `purl` name no version: that of a release is derived from them.
    """

    key = models.SlugField(max_length=80, unique=True)
    name = LocalTextField()
    kind = models.CharField(max_length=12, default="firmware")
    find_version = LocalTextField()
    how_to_apply = LocalTextField()
    cpe = models.CharField(max_length=300, blank=True, default="")
    purl = models.CharField(max_length=300, blank=True, default="")


class Release(models.Model):
    """One entry of a line. `position` is the maker's order; version texts are never compared.

    `state`: planned, in_test, public, withdrawn. `requires`: the release a unit must pass through first.
    `notes` are for people inside; `public_note` stands wherever the public is told of this version.
    """

    line = models.ForeignKey(FirmwareLine, models.PROTECT, related_name="releases")
    position = models.PositiveIntegerField()
    text = models.CharField(max_length=60)
    state = models.CharField(max_length=12, default="public")
    date = PartialDateField()
    url = models.URLField(max_length=400, blank=True, default="")
    sha256 = models.CharField(max_length=64, blank=True, default="")
    size = models.PositiveBigIntegerField(null=True)
    requires = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    notes = LocalTextField()
    public_note = LocalTextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "text"], name="release_once"),
            models.UniqueConstraint(fields=["line", "position"], name="release_place_once"),
        ]


class ReleaseAlias(models.Model):
    """Another text for the same release: as the device, the web page or an app writes it."""

    release = models.ForeignKey(Release, models.PROTECT, related_name="aliases")
    line = models.ForeignKey(FirmwareLine, models.PROTECT, related_name="aliases")
    text = models.CharField(max_length=60)
    source = models.CharField(max_length=40, blank=True, default="")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["line", "text"], name="alias_once")]


class Picture(models.Model):
    """A picture as it may go out: written anew from its pixels. `kind`: png, jpeg, webp."""

    blob = models.OneToOneField(Blob, models.PROTECT, related_name="+")
    kind = models.CharField(max_length=4)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()


class LookupStep(models.Model):
    """One step of "how to check your version", of a line or, standing before that, of a product.

    `alt`: what the picture shows, in every language, for whoever does not see it.
    """

    line = models.ForeignKey(FirmwareLine, models.PROTECT, null=True, related_name="steps")
    product = models.ForeignKey(Product, models.PROTECT, null=True, related_name="steps")
    position = models.PositiveIntegerField()
    text = LocalTextField()
    picture = models.ForeignKey(Picture, models.PROTECT, null=True, related_name="+")
    alt = LocalTextField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["line", "position"], name="step_of_line_once"),
            models.UniqueConstraint(fields=["product", "position"], name="step_of_product_once"),
        ]


class Component(models.Model):
    """A part others wrote or that products share, in the releases of a line or in a product without one.

    `since` and `until` are the first and last release that hold this version of it; empty: from the first
    on, up to now. A list is what somebody wrote down, never proof that nothing else is inside.
    """

    line = models.ForeignKey(FirmwareLine, models.PROTECT, null=True, related_name="components")
    product = models.ForeignKey(Product, models.PROTECT, null=True, related_name="components")
    name = models.CharField(max_length=80)
    folded = models.CharField(max_length=80, db_index=True)
    version = models.CharField(max_length=60, blank=True, default="")
    since = models.ForeignKey(Release, models.PROTECT, null=True, related_name="+")
    until = models.ForeignKey(Release, models.PROTECT, null=True, related_name="+")
    purl = models.CharField(max_length=300, blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["line", "folded", "version", "since"], name="component_of_line_once"
            ),
            models.UniqueConstraint(
                fields=["product", "folded", "version"], name="component_of_product_once"
            ),
        ]


class Target(models.Model):
    """What a case asks about. `key` is stable: "WN-G54/R2", "HDL-T2WH@hdl-t", "App#windows", ..."""

    key = models.CharField(max_length=160, unique=True)
    kind = models.CharField(max_length=12)
    product = models.ForeignKey(Product, models.PROTECT, related_name="targets")
    variant = models.ForeignKey(Variant, models.PROTECT, null=True, related_name="targets")
    line = models.ForeignKey(FirmwareLine, models.PROTECT, null=True, related_name="targets")
    platform = models.CharField(max_length=40, blank=True, default="")


class Shipped(models.Model):
    """How many units of a product had been shipped up to a date, and who says so."""

    product = models.ForeignKey(Product, models.PROTECT, related_name="shipped")
    date = PartialDateField()
    units = models.PositiveIntegerField()
    source = models.CharField(max_length=120, blank=True, default="")
    assumed = models.BooleanField(default=False)
