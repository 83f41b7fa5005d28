"""Tasks: adding, finishing, dropping."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext

from okiagari.cases import actions, queries
from okiagari.cases.rules.meetings import REVIEW
from okiagari.desk import permits
from okiagari.web.cases import forms
from okiagari.web.cases.deeds import Deed, perform
from okiagari.web.cases.words import best, who
from okiagari.web.doors import asking, instant, local_text


def new(request: HttpRequest, case_id: str) -> HttpResponse:
    subject = asking(request)
    case = queries.case(subject, case_id)
    permits.require(subject, "cases.task", case.scope_id)
    deed = Deed(
        title=gettext("Add a task"),
        button=gettext("Add it"),
        done=gettext("The task is added."),
        back=reverse("cases:case", args=[case.id]),
        intro=gettext("Whoever it is given to must be let into the case to see it."),
    )

    def act() -> None:
        actions.add_task(
            subject,
            case.id,
            title=local_text(request.POST, "title"),
            team=request.POST.get("team") or None,
            person=request.POST.get("person") or None,
            due_at=instant(request.POST, "due_at"),
            part=request.POST.get("part", ""),
        )

    form = forms.TaskForm(request.POST or None, directory=queries.directory(subject))
    if case.parts:
        form.fields["part"] = forms.part_field(case.parts)
    return perform(request, case.id, deed, form, act)


def finish(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    """One task: what it is, and the form that ends it."""
    subject = asking(request)
    case = queries.case(subject, case_id)
    task = queries.task(subject, number)
    permits.require(subject, "cases.task", case.scope_id)
    own = _own_page(case.id, task)
    if own and task.state in ("open", "late"):
        return redirect(own)
    form = forms.OutcomeForm(request.POST or None)
    deed = Deed(
        title=best(task.title),
        button=gettext("It is done"),
        done=gettext("The task is done."),
        back=reverse("cases:case", args=[case.id]),
        above="cases/parts/task.html",
    )
    more: dict[str, object] = {
        "task": task,
        "task_who": tuple(who(name) for name in (task.team, task.person) if name),
        "task_done_by": who(task.done_by) if task.done_by else None,
        "has_form": task.state in ("open", "late") and task.is_mine,
    }
    if "cases.work" in case.may and task.state in ("open", "late"):
        more["aside_deed"] = (gettext("Drop the task"), reverse("cases:task_drop", args=[case.id, task.id]))
    return perform(
        request,
        case.id,
        deed,
        form,
        lambda: actions.finish_task(subject, task.id, outcome=request.POST.get("outcome", "")),
        **more,
    )


def _own_page(case_id: str, task: queries.TaskView) -> str:
    """Decisions and reviews end by their own deed, on their own page."""
    kind, _, about = task.key.partition(":")
    if task.is_decision:
        return f"{reverse('cases:embargo_decide', args=[case_id])}?fact={about}"
    return reverse("cases:act_review", args=[case_id, about]) if kind == REVIEW else ""


def drop(request: HttpRequest, case_id: str, number: str) -> HttpResponse:
    subject = asking(request)
    case = queries.case(subject, case_id)
    task = queries.task(subject, number)
    permits.require(subject, "cases.work", case.scope_id)
    deed = Deed(
        title=gettext("Drop the task “%(title)s”") % {"title": best(task.title)},
        button=gettext("Drop the task"),
        done=gettext("The task is dropped."),
        back=reverse("cases:case", args=[case.id]),
    )
    return perform(
        request,
        case.id,
        deed,
        forms.ReasonForm(request.POST or None),
        lambda: actions.drop_task(subject, task.id, reason=request.POST["reason"]),
    )
