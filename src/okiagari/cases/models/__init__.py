"""The case file and what hangs on it. Children carry the case's scope; none copies who may see it."""

from django.db import models

from okiagari.catalog.models import Product
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

    here: "Part | None" = None
    """In an action: the part it stands in; None is what everybody of the case shares."""

    @property
    def here_scope_id(self) -> int:
        return self.here.scope_id if self.here else self.scope_id


class Part(Scoped):
    """What one team alone works on in a case that several teams share: its own scope, version and stream.

    `key`: the kind of team it belongs to, csirt or psirt. Children of a part carry its scope.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="parts")
    key = models.CharField(max_length=20)
    public_id = PublicIdField(prefix="PRT")
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["case", "key"], name="part_once")]


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
    `verdict`: of an attack on our product, whether a named person holds the evidence for reliable
    (reliable, unreliable, "" while nobody has decided); `aware_at`: since when we know.
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
    verdict = models.CharField(max_length=12, blank=True, default="")
    verdict_reason = models.TextField(blank=True, default="")
    verdict_at = models.DateTimeField(null=True)
    verdict_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    aware_at = models.DateTimeField(null=True)


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
    """One clock of a case: rule, anchor, extension, and by what it was met or why it does not apply.

    `proof`: {"kind", "ref"}, what shows that it was met. `corrections`: earlier anchors, oldest first.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="obligations")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    public_id = PublicIdField(prefix="CLK")
    rule = models.CharField(max_length=40)
    label = LocalTextField()
    anchor_at = models.DateTimeField(null=True)
    anchor_source = models.CharField(max_length=200, blank=True, default="")
    anchor_evidence = models.TextField(blank=True, default="")
    corrections = JsonField(default=list)
    due_at = models.DateTimeField(null=True)
    extended_to = models.DateTimeField(null=True)
    extension = JsonField(default=dict)
    met_at = models.DateTimeField(null=True)
    met_by = models.CharField(max_length=200, blank=True, default="")
    proof = JsonField(default=dict)
    waived_reason = models.TextField(blank=True, default="")
    waived_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "rule", "anchor_source"], name="obligation_once")
        ]


class Incident(models.Model):
    """What is known of an incident in a service or in the company's own systems. One for each case.

    `unlawful`, `personal_data`: yes, no, unknown; "" while nobody has said. `categories`: of data and of
    persons, as people write them. `severe_verdict`: is it a severe incident of a product (CRA 14(5)): severe,
    not_severe.
    """

    case = models.OneToOneField(Case, models.PROTECT, related_name="incident")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    occurred_at = models.DateTimeField(null=True)
    detected_at = models.DateTimeField(null=True)
    aware_at = models.DateTimeField(null=True)
    detected_how = models.TextField(blank=True, default="")
    unlawful = models.CharField(max_length=8, blank=True, default="")
    personal_data = models.CharField(max_length=8, blank=True, default="")
    data_aware_at = models.DateTimeField(null=True)
    categories = JsonField(default=list)
    countries = JsonField(default=list)
    consequences = LocalTextField()
    contained_at = models.DateTimeField(null=True)
    contained_by = models.CharField(max_length=200, blank=True, default="")
    contained_how = LocalTextField()
    still_open = LocalTextField()
    restored_at = models.DateTimeField(null=True)
    severe_verdict = models.CharField(max_length=12, blank=True, default="")
    severe_reason = models.TextField(blank=True, default="")
    severe_aware_at = models.DateTimeField(null=True)
    severe_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    severe_at = models.DateTimeField(null=True)


class Count(models.Model):
    """How many are affected, as far as known at an instant. Every count is kept; the newest of each counts.

    `of`: persons, records, accounts, units. `certainty`: known, estimated, at_most.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="counts")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    of = models.CharField(max_length=12)
    number = models.PositiveBigIntegerField()
    certainty = models.CharField(max_length=10)
    country = models.CharField(max_length=2, blank=True, default="")
    source = models.TextField(blank=True, default="")
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")


class System(models.Model):
    """One of the company's own systems or services in an incident, and how it is with it now.

    `state`: examined, affected, contained, restored, clear; every change is a line of the ledger.
    """

    incident = models.ForeignKey(Incident, models.PROTECT, related_name="systems")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    product = models.ForeignKey(Product, models.PROTECT, related_name="+")
    state = models.CharField(max_length=10)
    note = models.TextField(blank=True, default="")
    since = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [models.UniqueConstraint(fields=["incident", "product"], name="system_once")]


class OwnRule(models.Model):
    """A clock of the maker's own: a contract, a promise to all customers, a target.

    `span`: {"kind": "Hours" | "Days" | "WorkingDays" | "Months", "count"}. `kinds`: of cases it is for (none:
    all). `is_automatic`: it starts by itself when its anchor happens.
    """

    key = models.SlugField(max_length=30, unique=True)
    name = LocalTextField()
    anchor = models.CharField(max_length=40)
    span = JsonField(default=dict)
    zone = models.CharField(max_length=40, blank=True, default="")
    source = models.CharField(max_length=200)
    is_movable = models.BooleanField(default=True)
    is_automatic = models.BooleanField(default=False)
    kinds = JsonField(default=list)
    retired_at = models.DateTimeField(null=True)


class UnionSeat(models.Model):
    """Through whom the maker is present in the EU; decides which CSIRT receives reports (CRA 14(7))."""

    basis = models.CharField(max_length=16, unique=True)
    country = models.CharField(max_length=2)
    name = models.CharField(max_length=200, blank=True, default="")


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


# What follows points to Case.
from okiagari.cases.models.meetings import Meeting as Meeting  # noqa: E402
from okiagari.cases.models.meetings import Resolution as Resolution  # noqa: E402
from okiagari.cases.models.meetings import UrgentAct as UrgentAct  # noqa: E402
from okiagari.cases.models.talks import Answer as Answer  # noqa: E402
from okiagari.cases.models.talks import Communication as Communication  # noqa: E402
from okiagari.cases.models.talks import Inquiry as Inquiry  # noqa: E402
from okiagari.cases.models.talks import MessageFile as MessageFile  # noqa: E402
