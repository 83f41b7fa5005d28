"""The next report as it would go: texts and XML in both languages, what changed, and its seal.

In: a case. Out: a `NextReport`. What somebody has looked at is named by `seen`, a signed text that carries
the stance, so that telling something else is refused with what changed in between.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass

from django.core import signing

from okiagari.disclose.jvn import document, rules, text, values
from okiagari.disclose.jvn.drawing import Material, draw
from okiagari.disclose.jvn.models import StatusReport
from okiagari.disclose.jvn.rules import Difference
from okiagari.disclose.jvn.values import Stance
from okiagari.standards.documents import Loss
from okiagari.standards.localtext import LANGUAGES

TEXT, XML = "txt", "xml"
_SALT = "disclose.jvn.seen"


@dataclass(frozen=True)
class NextReport:
    """`files`: (form, language) to bytes. `seal`: hash over all of it and the report before it."""

    material: Material
    last: StatusReport | None
    files: Mapping[tuple[str, str], bytes]
    losses: tuple[Loss, ...]
    seal: str

    @property
    def stance(self) -> Stance:
        return self.material.stance

    @property
    def before(self) -> Stance | None:
        return stance_of(self.last) if self.last else None

    @property
    def differences(self) -> tuple[Difference, ...]:
        return rules.differences(self.before, self.stance)

    @property
    def is_owed(self) -> bool:
        return rules.is_coordinated(self.material.case) and rules.is_owed(self.before, self.stance)

    @property
    def seen(self) -> str:
        """What a form brings back: which report was looked at."""
        last = self.last.public_id if self.last else ""
        said = {"seal": self.seal, "last": last, "stance": values.builtins(self.stance)}
        return signing.Signer(salt=_SALT).sign_object(said, compress=True)


@dataclass(frozen=True)
class Seen:
    """What somebody looked at. `stance` is None where only the seal is known."""

    seal: str
    last: str = ""
    stance: Stance | None = None


def read_seen(given: str) -> Seen:
    """From what `NextReport.seen` gave, or a bare seal; anything else is a seal that fits nothing."""
    try:
        said = signing.Signer(salt=_SALT).unsign_object(given)
    except signing.BadSignature:
        return Seen(given.strip().lower())
    return Seen(said["seal"], said["last"], values.read(said["stance"]))


def newest(case_id: str) -> StatusReport | None:
    """What was told last of a case."""
    return StatusReport.objects.filter(case__public_id=case_id).order_by("-at", "-pk").first()


def stance_of(row: StatusReport) -> Stance:
    return values.read(row.stance)


def next_report(case_id: str) -> NextReport:
    """As it would go now."""
    material, last = draw(case_id), newest(case_id)
    before, told_at = (stance_of(last), last.at) if last else (None, None)
    files: dict[tuple[str, str], bytes] = {}
    losses: list[Loss] = []
    for language in LANGUAGES:
        files[TEXT, language] = text.text(material, language, before, told_at).encode()
        built = document.document(material, language)
        files[XML, language] = built.content
        losses += [each for each in built.losses if each not in losses]
    return NextReport(material, last, files, tuple(losses), _seal(files, last))


def _seal(files: Mapping[tuple[str, str], bytes], last: StatusReport | None) -> str:
    parts = [last.public_id.encode() if last else b""]
    parts += [hashlib.sha256(files[key]).digest() for key in sorted(files)]
    return hashlib.sha256(b"\n".join(parts)).hexdigest()
