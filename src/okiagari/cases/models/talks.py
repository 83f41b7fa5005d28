"""What was said, by whom and to whom, and what people ask: messages, their files, answers, inquiries."""

from django.db import models

from okiagari.cases.models import Case
from okiagari.desk.models import Organisation, Person, Scope
from okiagari.plumbing.fields import LocalTextField, PublicIdField
from okiagari.plumbing.models import Blob


class Communication(models.Model):
    """One contact with somebody: what was said to or by whom, in which channel, and the text as it went.

    `audience`: one of `rules.AUDIENCES`. `direction`: out, in, note. `organisation`: to or from whom, where
    that is one; somebody of it who was let into the case sees the message, and no other. `counterpart` and
    `address`: to or from whom in words, and where. `letter`: the number of the posted letter, whose state
    the mail room knows. `awaits_since`: when it came in and began to wait for somebody of ours.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="communications")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    public_id = PublicIdField(prefix="MSG")
    audience = models.CharField(max_length=16)
    direction = models.CharField(max_length=4)
    organisation = models.ForeignKey(Organisation, models.PROTECT, null=True, related_name="+")
    channel = models.CharField(max_length=16, default="mail")
    language = models.CharField(max_length=5, default="ja")
    subject_line = models.CharField(max_length=200, blank=True, default="")
    text = models.TextField()
    at = models.DateTimeField()
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    reply_to = models.ForeignKey("self", models.PROTECT, null=True, related_name="replies")
    counterpart = models.CharField(max_length=200, blank=True, default="")
    address = models.CharField(max_length=320, blank=True, default="")
    sha256 = models.CharField(max_length=64, blank=True, default="")
    template = models.CharField(max_length=60, blank=True, default="")
    letter = models.CharField(max_length=24, blank=True, default="", db_index=True)
    message_id = models.CharField(max_length=420, blank=True, default="")
    is_automatic = models.BooleanField(default=False)
    awaits_since = models.DateTimeField(null=True)
    settled_at = models.DateTimeField(null=True)
    settled_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")

    class Meta:
        indexes = [
            models.Index(
                fields=["case", "awaits_since"],
                name="message_awaits",
                condition=models.Q(awaits_since__isnull=False, settled_at__isnull=True),
            )
        ]


class MessageFile(models.Model):
    """A file that came with a message, in quarantine, or went with one."""

    message = models.ForeignKey(Communication, models.PROTECT, related_name="files")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    public_id = PublicIdField(prefix="FIL")
    blob = models.ForeignKey(Blob, models.PROTECT, related_name="+")
    name = models.CharField(max_length=200)
    content_type = models.CharField(max_length=100, blank=True, default="")


class Answer(models.Model):
    """A question people ask because of a case, and what our desks say to it.

    What is approved is a copy with its hash; a new draft leaves it in use. From `usable_from` on the desks
    read it, and nothing of the case.
    """

    case = models.ForeignKey(Case, models.PROTECT, related_name="answers")
    scope = models.ForeignKey(Scope, models.PROTECT, related_name="+")
    public_id = PublicIdField(prefix="ANS")
    audience = models.CharField(max_length=16, default="customer")
    question = LocalTextField()
    draft = LocalTextField()
    products = models.CharField(max_length=300, blank=True, default="")
    drafted_at = models.DateTimeField()
    drafted_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    approved_question = LocalTextField()
    approved = LocalTextField()
    approved_hash = models.CharField(max_length=64, blank=True, default="")
    approved_at = models.DateTimeField(null=True)
    approved_by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    usable_from = models.DateTimeField(null=True, db_index=True)
    withdrawn_at = models.DateTimeField(null=True)


class Inquiry(models.Model):
    """Somebody asked, or several did: what about, in which channel, how many. `report`: what became of it."""

    public_id = PublicIdField(prefix="INQ")
    answer = models.ForeignKey(Answer, models.PROTECT, null=True, related_name="inquiries")
    audience = models.CharField(max_length=16)
    channel = models.CharField(max_length=16)
    count = models.PositiveIntegerField(default=1)
    note = models.TextField(blank=True, default="")
    at = models.DateTimeField(db_index=True)
    by = models.ForeignKey(Person, models.PROTECT, null=True, related_name="+")
    settled_at = models.DateTimeField(null=True)
    report = models.CharField(max_length=24, blank=True, default="")
