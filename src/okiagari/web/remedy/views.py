"""Deeds of measures: planning one, making it ready, verifying it, accepting a risk, ending it."""

from django.http import HttpRequest, HttpResponse, QueryDict
from django.utils.translation import gettext

from okiagari.cases import queries as cases
from okiagari.catalog import queries as catalog
from okiagari.desk import permits
from okiagari.desk.subjects import Subject
from okiagari.remedy import actions, queries
from okiagari.triage import queries as triage
from okiagari.web.cases.forms import texts
from okiagari.web.doors import asking, instant, local_text, seen_version
from okiagari.web.frame.deeds import by_form
from okiagari.web.remedy import deeds
from okiagari.web.remedy.forms import (
    AcceptForm,
    MeasureForm,
    ReadyForm,
    ReasonForm,
    RescheduleForm,
    RewordForm,
    VerifyForm,
)


def new(request: HttpRequest, case_id: str) -> HttpResponse:
    subject = asking(request)
    grid = triage.grid(subject, case_id)
    permits.require(subject, "remedy.plan", cases.case(subject, case_id).scope_id)
    releases = deeds.releases(subject, [row.target.line for row in grid.rows])
    products = [(each.model, each.model) for each in catalog.products(subject, limit=1000).items]
    form = MeasureForm(
        request.POST or None, initial=_proposed(request.GET), grid=grid, releases=releases, products=products
    )
    said = deeds.deed(
        case_id,
        title=gettext("Plan a measure"),
        button=gettext("Plan it"),
        done=gettext("The measure is planned."),
        intro=gettext(
            "“Not yet” is a planned fix; “never” needs a workaround or the request to stop using it."
        ),
    )

    def act() -> None:
        given = form.cleaned_data
        actions.plan_measure(
            subject,
            case_id,
            kind=given["kind"],
            text=local_text(request.POST, "text"),
            targets=given["targets"],
            vulnerabilities=given["vulnerabilities"],
            release=deeds.chosen(given["release"]),
            successor=given["successor"] or None,
            planned=given["planned"],
            planned_confidence=given["planned_confidence"],
            planned_wording=local_text(request.POST, "planned_wording"),
            reason=given["reason"],
            version=seen_version(request.POST),
        )

    return deeds.show(request, case_id, said, form, act)


def _fixing(subject: Subject, case_id: str, measure: queries.MeasureView) -> list[tuple[str, str]]:
    """The releases that may fix the products of a measure."""
    rows = triage.grid(subject, case_id).rows
    return deeds.releases(subject, [row.target.line for row in rows if row.target.key in measure.targets])


def _proposed(asked: QueryDict) -> dict[str, object]:
    """What a link that leads here already knows: ``?kind=stop_use&target=NP-BBRS``."""
    return {"kind": asked.get("kind", "fix"), "targets": asked.getlist("target")}


def ready(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    said = deeds.deed(
        case_id,
        title=gettext("Make the measure ready"),
        button=gettext("It is ready"),
        done=gettext("The measure may be published now."),
        intro=gettext("A ready measure goes into the advisory as it is written here."),
    )
    form = ReadyForm(request.POST or None)
    act = by_form(form, actions.ready, asking(request), number)
    return deeds.show(request, case_id, said, form, act)


def verify(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    said = deeds.deed(
        case_id,
        title=gettext("Record that the fix was verified"),
        button=gettext("It was verified"),
        done=gettext("The verification is recorded; the fix can be made ready."),
        intro=gettext("A fix counts as one only when somebody has seen it fix the flaw on the very release."),
    )
    form = VerifyForm(request.POST or None)

    def act() -> None:
        given = {name: request.POST.get(name, "") for name in ("who", "on", "how")}
        actions.verify(asking(request), number, **given)

    return deeds.show(request, case_id, said, form, act)


def reschedule(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    subject = asking(request)
    known = queries.measure(subject, number)
    said = deeds.deed(
        case_id,
        title=gettext("Change the plan"),
        button=gettext("Change the plan"),
        done=gettext("The plan is changed."),
        intro=gettext("Plans slip. What the public reads is what the advisory shows at its next edition."),
    )
    initial = {
        "release": "|".join(known.release or ()),
        "planned": str(known.planned),
        "planned_confidence": known.planned_confidence,
        **texts(planned_wording=known.planned_wording),
    }

    releases = _fixing(subject, case_id, known) if known.kind == "fix" else []
    form = RescheduleForm(request.POST or None, initial=initial, releases=releases)

    def act() -> None:
        actions.reschedule(
            subject,
            number,
            reason=request.POST.get("reason", ""),
            release=deeds.chosen(form.cleaned_data.get("release", "")),
            planned=request.POST.get("planned", ""),
            planned_confidence=request.POST.get("planned_confidence", ""),
            planned_wording=local_text(request.POST, "planned_wording"),
        )

    return deeds.show(request, case_id, said, form, act)


def reword(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    subject = asking(request)
    known = queries.measure(subject, number)
    said = deeds.deed(
        case_id,
        title=gettext("Change the words"),
        button=gettext("Save the words"),
        done=gettext("The words are changed."),
        intro=gettext("What the public reads changes with the next edition of the advisory."),
    )
    form = RewordForm(request.POST or None, initial=texts(text=known.text))

    def act() -> None:
        actions.reword(
            subject,
            number,
            text=local_text(request.POST, "text", known.text),
            version=seen_version(request.POST),
        )

    return deeds.show(request, case_id, said, form, act)


def accept(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    said = deeds.deed(
        case_id,
        title=gettext("Accept the risk"),
        button=gettext("Accept it"),
        done=gettext("The risk is accepted until then."),
        intro=gettext(
            "Somebody else than who planned it accepts a risk, for a time. Then it is decided again."
        ),
    )

    def act() -> None:
        until = instant(request.POST, "until")
        assert until is not None
        actions.accept_risk(asking(request), number, until=until, reason=request.POST.get("reason", ""))

    return deeds.show(request, case_id, said, AcceptForm(request.POST or None), act)


def end(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    said = deeds.deed(
        case_id,
        title=gettext("End the measure"),
        button=gettext("End it"),
        done=gettext("The measure has ended."),
        intro=gettext("It has served: the recall is over, a workaround is no longer needed."),
    )
    form = ReasonForm(request.POST or None)
    act = by_form(form, actions.end_measure, asking(request), number)
    return deeds.show(request, case_id, said, form, act)


def withdraw(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    said = deeds.deed(
        case_id,
        title=gettext("Withdraw the measure"),
        button=gettext("Withdraw it"),
        done=gettext("The measure is withdrawn; it stays on record."),
        is_danger=True,
    )
    form = ReasonForm(request.POST or None)
    act = by_form(form, actions.withdraw_measure, asking(request), number)
    return deeds.show(request, case_id, said, form, act)
