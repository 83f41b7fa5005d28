"""What the frame of every page needs: who, and how much waits for them."""

from django.conf import settings
from django.http import HttpRequest

from okiagari.desk.subjects import Subject, SubjectKind
from okiagari.flow import queries as flow


def frame(request: HttpRequest) -> dict[str, object]:
    subject: Subject | None = getattr(request, "subject", None)
    if subject is None or subject.kind == SubjectKind.PUBLIC:
        return {"demo": settings.ENVIRONMENT.demo, "subject": None}
    return {"demo": settings.ENVIRONMENT.demo, "subject": subject, "counts": flow.counts(subject)}
