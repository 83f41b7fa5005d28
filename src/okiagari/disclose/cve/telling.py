"""The ledger lines of an id: in the timeline of the case its vulnerability lies in, and of the advisory.

An advisory of several cases tells it on its own stream; of the cases only the one concerned hears it.
"""

from okiagari.cases.models import Vulnerability
from okiagari.desk.models import Person
from okiagari.desk.people import named
from okiagari.desk.subjects import SYSTEM, Door, Subject
from okiagari.disclose.models import Advisory
from okiagari.plumbing import ledger


def tell(
    subject: Subject,
    vulnerability: Vulnerability,
    verb: str,
    advisory: Advisory | None = None,
    **facts: object,
) -> None:
    about: dict[str, object] = {"vulnerability": vulnerability.public_id, **facts}
    if advisory is not None:
        about |= {"advisory": advisory.public_id, "tracking_id": advisory.tracking_id}
        stream = ("advisory", str(advisory.public_id))
        ledger.append(stream, subject=subject, verb=f"disclose.{verb}", facts=about, scope=advisory.scope_id)
    case = vulnerability.case
    ledger.append(
        ("case", case.public_id),
        subject=subject,
        verb=f"disclose.{verb}",
        facts=about,
        scope=case.scope_id,
    )


def in_name_of(person_id: int | None) -> Subject:
    """Who asked for it, also where a job did it later; the house itself where nobody is left."""
    person = Person.objects.filter(pk=person_id or 0, is_active=True).first()
    return named(person.username, Door.INSIDE) if person else SYSTEM
