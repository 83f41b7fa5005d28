"""The years behind: how many cases, of what cause, taught what. So that fewer come next time."""

from dataclasses import dataclass
from zoneinfo import ZoneInfo

from django.conf import settings

from okiagari.cases.models import Case, Vulnerability
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.learn.models import Lesson
from okiagari.learn.rules import AREAS, Series, by_year

UNKNOWN_CAUSE = ""


@dataclass(frozen=True)
class LookBack:
    """Counts per year, oldest year first, of cases the reader may see. `causes` are CWE numbers, "" where
    none was said; `areas` are those of lessons."""

    years: tuple[int, ...]
    cases: Series
    causes: tuple[Series, ...]
    areas: tuple[Series, ...]


def look_back(subject: Subject) -> LookBack:
    """By the year in which a case was opened. Withdrawn vulnerabilities are not counted."""
    permits.require(subject, "cases.inside")
    zone = ZoneInfo(settings.TIME_ZONE)
    scopes = permits.scopes(subject)
    opened = {
        pk: at.astimezone(zone).year
        for pk, at in Case.objects.filter(scope_id__in=scopes).values_list("pk", "opened_at")
    }
    years = tuple(range(min(opened.values()), max(opened.values()) + 1)) if opened else ()
    flaws = Vulnerability.objects.filter(scope_id__in=scopes, withdrawn_at=None)
    causes = {(case, cwe) for case, cwe in flaws.values_list("case_id", "cwe") if case in opened}
    lessons = Lesson.objects.filter(scope_id__in=scopes).values_list("case_id", "area")
    areas = {(case, area) for case, area in lessons if case in opened}
    return LookBack(
        years=years,
        cases=next(iter(by_year((("", year) for year in opened.values()), years)), Series("", ())),
        causes=by_year(((cwe, opened[case]) for case, cwe in causes), years),
        areas=tuple(
            sorted(
                by_year(((area, opened[case]) for case, area in areas), years),
                key=lambda row: AREAS.index(row.name),
            )
        ),
    )
