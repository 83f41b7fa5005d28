"""Organisations, people, teams, scopes and grants.

A `Scope` is the container of need-to-know: reports, cases and advisories point to one, and their
children carry the same. A `Grant` lets a principal (person, team or organisation) into a scope.
"""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from okiagari.plumbing.fields import JsonField, LocalTextField, PublicIdField


class Principal(models.Model):
    """Somebody or some group that can hold a grant."""

    kind = models.CharField(max_length=12)
    key = models.CharField(max_length=80)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kind", "key"], name="principal_once")]


class Organisation(models.Model):
    """The maker, its brands, partners, coordinators, suppliers."""

    key = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=20)
    name = LocalTextField()
    contact = models.CharField(max_length=200, blank=True, default="")
    website = models.URLField(blank=True, default="")
    principal = models.OneToOneField(Principal, models.PROTECT, related_name="organisation")


class PersonManager(BaseUserManager["Person"]):
    def get_by_natural_key(self, username: str | None) -> "Person":
        return self.get(username=username)


class Person(AbstractBaseUser):
    """Somebody with an account."""

    username = models.CharField(max_length=60, unique=True)
    email = models.EmailField(blank=True, default="")
    name = LocalTextField()
    language = models.CharField(max_length=5, default="ja")
    roles = JsonField(default=list)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="people")
    principal = models.OneToOneField(Principal, models.PROTECT, related_name="person")
    is_active = models.BooleanField(default=True)
    is_sample = models.BooleanField(default=False)
    created_at = models.DateTimeField()

    objects: ClassVar[PersonManager] = PersonManager()
    USERNAME_FIELD = "username"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    def get_full_name(self) -> str:
        return str(self.name) or self.username


class Team(models.Model):
    """A desk or a development team. `kind`: psirt, csirt, development, support, pr, executives, approvers."""

    key = models.SlugField(max_length=60, unique=True)
    kind = models.CharField(max_length=20)
    name = LocalTextField()
    principal = models.OneToOneField(Principal, models.PROTECT, related_name="team")


class Membership(models.Model):
    team = models.ForeignKey(Team, models.PROTECT, related_name="memberships")
    person = models.ForeignKey(Person, models.PROTECT, related_name="memberships")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "person"], name="member_once")]


class Deputy(models.Model):
    """`deputy` stands in for `person` from one instant to another."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="deputies")
    deputy = models.ForeignKey(Person, models.PROTECT, related_name="deputised")
    since = models.DateTimeField()
    until = models.DateTimeField()
    ended_at = models.DateTimeField(null=True)


class Token(models.Model):
    """A key for the API. Only its hash is kept; it can do no more than its person."""

    public_id = PublicIdField(prefix="TOK")
    person = models.ForeignKey(Person, models.PROTECT, related_name="tokens")
    label = models.CharField(max_length=80)
    hash = models.CharField(max_length=64, unique=True)
    verbs = JsonField(default=list)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    last_used_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)


class OwnDay(models.Model):
    """A day on which the maker departs from the public calendar: closed (`is_worked` False) or worked."""

    day = models.DateField(unique=True)
    is_worked = models.BooleanField(default=False)
    name = LocalTextField()


class SavedView(models.Model):
    """A list as somebody likes to see it: which one, and what its address asks for. `team`: shared so."""

    public_id = PublicIdField(prefix="VIE")
    place = models.CharField(max_length=24)
    name = models.CharField(max_length=80)
    query = models.CharField(max_length=1000, blank=True, default="")
    person = models.ForeignKey(Person, models.PROTECT, related_name="views")
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="views")
    is_pinned = models.BooleanField(default=False)
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "place", "name"], name="view_once")]
        indexes = [models.Index(fields=["place", "team"], name="view_of_team")]


class DefaultView(models.Model):
    """The view in which a list opens for somebody."""

    person = models.ForeignKey(Person, models.PROTECT, related_name="default_views")
    place = models.CharField(max_length=24)
    view = models.ForeignKey(SavedView, models.CASCADE, related_name="defaults")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["person", "place"], name="default_view_once")]


class Scope(models.Model):
    """A container of need-to-know."""

    kind = models.CharField(max_length=12)
    created_at = models.DateTimeField()


class Grant(models.Model):
    """A principal may come into a scope, up to a level."""

    scope = models.ForeignKey(Scope, models.PROTECT, related_name="grants")
    principal = models.ForeignKey(Principal, models.PROTECT, related_name="grants")
    level = models.PositiveSmallIntegerField()
    reason = models.CharField(max_length=200, blank=True, default="")
    granted_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["scope", "principal"], name="grant_once")]
        indexes = [models.Index(fields=["principal", "level", "scope"], name="grant_reach")]


class Aggregate(models.Model):
    """Something people change, with a version that is checked before and counted up after (ETag)."""

    version = models.PositiveIntegerField(default=1)

    class Meta:
        abstract = True


class Scoped(Aggregate):
    """An aggregate that only those see who hold a grant of its scope."""

    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")

    class Meta:
        abstract = True
