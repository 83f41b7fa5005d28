"""The case file and what hangs on it. Children carry the case's scope; none copies who may see it."""

from django.db import models

from okiagari.desk.models import Organisation, Person, Scope, Scoped, Team
from okiagari.plumbing.fields import JsonField, LocalTextField, PublicIdField
from okiagari.plumbing.models import Blob


class Case(Scoped):
    """One matter, worked on by people. `kinds`: product, service, infrastructure; several at once, too.

    `merged_into`: the case that everything of this one was taken into; its number leads there.
    """

    public_id = PublicIdField(prefix="OKI")
    title = LocalTextField()
    summary = LocalTextField()
    kinds = JsonField(default=list)
    playbook = models.CharField(max_length=40, blank=True, default="")
    opened_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True)
    close_reason = models.TextField(blank=True, default="")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, related_name="merged")


class Vulnerability(models.Model):
    """One flaw of one case. `same_as`: another one that it turned out to be; it is then withdrawn as well."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="vulnerabilities")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    public_id = PublicIdField(prefix="VUL")
    position = models.PositiveIntegerField(default=1)
    title = LocalTextField()
    description = LocalTextField()
    impact = LocalTextField()
    cve = models.CharField(max_length=24, blank=True, default="")
    jvn = models.CharField(max_length=24, blank=True, default="")
    jvndb = models.CharField(max_length=24, blank=True, default="")
    cwe = models.CharField(max_length=12, blank=True, default="")
    withdrawn_at = models.DateTimeField(null=True)
    same_as = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")


class Fact(models.Model):
    """Something known of a vulnerability, with when and on what evidence. Never a state.

    `kind`: public_elsewhere, exploit_public, exploited_somewhere, affects_us, our_product_attacked.
    """

    vulnerability = models.ForeignKey(Vulnerability, models.PROTECT, related_name="facts")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    public_id = PublicIdField(prefix="FCT")
    kind = models.CharField(max_length=24)
    at = models.DateTimeField()
    evidence = models.TextField()
    source = models.CharField(max_length=200, blank=True, default="")
    noted_at = models.DateTimeField()
    noted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    withdrawn_at = models.DateTimeField(null=True)


class Embargo(models.Model):
    """One agreement on when to speak; the newest one counts. `state`: proposed, agreed, revised, ended."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="embargoes")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    state = models.CharField(max_length=12)
    until = models.DateTimeField(null=True)
    zone = models.CharField(max_length=40)
    agreed_with = models.CharField(max_length=200, blank=True, default="")
    reason = models.TextField(blank=True, default="")
    said_at = models.DateTimeField()
    said_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")


class Party(models.Model):
    """Somebody outside who has to do with the case: coordinator, finder, supplier, partner."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="parties")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    public_id = PublicIdField(prefix="PTY")
    role = models.CharField(max_length=20)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200, blank=True, default="")
    reference = models.CharField(max_length=120, blank=True, default="")
    joined_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True)


class Communication(models.Model):
    """One contact with somebody: what was said to or by whom, in which channel, and the text as it went.

    `audience`: one of `rules.AUDIENCES`. `direction`: out, in, note. `organisation`: to or from whom, where
    that is one; somebody of it who was let into the case sees the message, and no other.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="communications")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    public_id = PublicIdField(prefix="MSG")
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    audience = models.CharField(max_length=16)
    direction = models.CharField(max_length=4, default="out")
    channel = models.CharField(max_length=16, default="mail")
    language = models.CharField(max_length=5, default="ja")
    subject_line = models.CharField(max_length=200, blank=True, default="")
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reply_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="replies")


class Task(models.Model):
    """Something to do, by a team or a person, until an instant. `key` is the playbook's name for it."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="tasks")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    public_id = PublicIdField(prefix="TSK")
    key = models.CharField(max_length=60, blank=True, default="")
    title = LocalTextField()
    team = models.ForeignKey(Team, models.PROTECT, null=True, related_name="+")
    person = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    due_at = models.DateTimeField(null=True)
    made_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)
    done_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    outcome = models.TextField(blank=True, default="")
    dropped_at = models.DateTimeField(null=True)


class Obligation(models.Model):
    """One clock of a case: rule, anchor, extension, and by what it was met or why it does not apply."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="obligations")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    public_id = PublicIdField(prefix="CLK")
    rule = models.CharField(max_length=40)
    label = LocalTextField()
    anchor_at = models.DateTimeField(null=True)
    anchor_source = models.CharField(max_length=200, blank=True, default="")
    due_at = models.DateTimeField(null=True)
    extended_to = models.DateTimeField(null=True)
    extension = JsonField(default=dict)
    met_at = models.DateTimeField(null=True)
    met_by = models.CharField(max_length=200, blank=True, default="")
    waived_reason = models.TextField(blank=True, default="")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "rule", "anchor_source"], name="obligation_once")
        ]


class Evidence(models.Model):
    """A file or a note kept with the case. Never served inline."""

    case = models.ForeignKey(Case, models.PROTECT, related_name="evidence")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    public_id = PublicIdField(prefix="EVI")
    blob = models.ForeignKey(Blob, models.PROTECT, null=True, related_name="+")
    name = models.CharField(max_length=200)
    note = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
