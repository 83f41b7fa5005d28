"""How to check the version, step by step: of a line, or of a product of its own. And the pictures in it."""

from collections.abc import Callable
from dataclasses import dataclass

from django import forms
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext, pgettext
from django.views.decorators.http import require_safe

from okiagari.catalog import actions, public, queries
from okiagari.catalog.problems import NO_SUCH_STEP
from okiagari.catalog.queries import StepView
from okiagari.desk import permits
from okiagari.plumbing.pictures import LIMIT, PICTURE_TOO_LARGE, TYPES
from okiagari.web.catalog import words
from okiagari.web.catalog.deeds import Deed, perform
from okiagari.web.catalog.stepform import StepForm
from okiagari.web.doors import asking, seen_version

POLICY = "default-src 'none'; sandbox"


@dataclass(frozen=True)
class Owner:
    """Whose steps: a line or a product. `put` writes all of them."""

    name: str
    back: str
    version: int
    steps: tuple[StepView, ...]
    put: Callable[[list[dict[str, object]], int | None], None]

    def entries(self) -> list[dict[str, object]]:
        return [
            {
                "text": words.written(step.text),
                "picture": step.picture.sha256 if step.picture else "",
                "alt": words.written(step.alt),
            }
            for step in self.steps
        ]


def _of_line(request: HttpRequest, key: str) -> Owner:
    subject = asking(request)
    permits.require(subject, "catalog.change")
    view = queries.line(subject, key)
    back = reverse("catalog:line", args=[view.key])

    def put(steps: list[dict[str, object]], version: int | None) -> None:
        actions.put_steps(subject, steps, line=view.key, version=version)

    return Owner(view.key, back, view.version, view.steps, put)


def _of_product(request: HttpRequest, slug: str) -> Owner:
    subject = asking(request)
    permits.require(subject, "catalog.change")
    view = queries.product_at(subject, slug)
    back = reverse("catalog:product", args=[view.slug])

    def put(steps: list[dict[str, object]], version: int | None) -> None:
        actions.put_steps(subject, steps, model=view.model, version=version)

    return Owner(view.model, back, view.version, view.steps, put)


def of_line(request: HttpRequest, key: str) -> HttpResponse:
    """One step, or a new one where the address names none."""
    return _step(request, _of_line(request, key))


def of_product(request: HttpRequest, slug: str) -> HttpResponse:
    return _step(request, _of_product(request, slug))


def drop_of_line(request: HttpRequest, key: str) -> HttpResponse:
    return _drop(request, _of_line(request, key))


def drop_of_product(request: HttpRequest, slug: str) -> HttpResponse:
    return _drop(request, _of_product(request, slug))


def _number(request: HttpRequest, owner: Owner) -> int:
    """Which step the address names, from 1. Raises NO_SUCH_STEP."""
    text = request.GET.get("step", "")
    number = int(text) if text.isascii() and text.isdigit() and len(text) < 4 else 0
    if not 1 <= number <= len(owner.steps):
        raise NO_SUCH_STEP(number=text[:20])
    return number


def _step(request: HttpRequest, owner: Owner) -> HttpResponse:
    number = _number(request, owner) if "step" in request.GET else 0
    known = owner.steps[number - 1] if number else None
    places = len(owner.steps) + (0 if number else 1)
    initial: dict[str, object] = {"place": number or places}
    if known:
        picture = known.picture.sha256 if known.picture else ""
        initial |= {"kept": picture, **words.initial(text=known.text, alt=known.alt)}
    form = StepForm(request.POST or None, request.FILES or None, places=places, initial=initial)

    def act() -> None:
        steps = owner.entries()
        if number:
            steps.pop(number - 1)
        steps.insert(int(form.cleaned_data["place"]) - 1, _entry(request, form))
        owner.put(steps, seen_version(request.POST))

    title = gettext("Change step %(number)s") % {"number": number} if number else gettext("Add a step")
    return perform(
        request, _deed(owner, title, gettext("Save the step")), form, act, template="catalog/step.html"
    )


def _entry(request: HttpRequest, form: StepForm) -> dict[str, object]:
    """What was typed, with the picture that was sent or kept; a form that comes back keeps it, too."""
    typed = form.cleaned_data
    sent = typed["picture"]
    if sent is not None:
        if sent.size > LIMIT:
            raise PICTURE_TOO_LARGE(megabytes=LIMIT // 1024 // 1024).at("picture")
        form.keep(actions.keep_picture(asking(request), sent.read()).sha256)
    picture = "" if typed["without"] and sent is None else form.shown
    alt = words.texts(typed, "alt") if picture else {}
    return {"text": words.texts(typed, "text"), "picture": picture, "alt": alt}


def _deed(owner: Owner, title: str, button: str) -> Deed:
    return Deed(
        title=title,
        button=button,
        done=gettext("The steps are saved."),
        back=owner.back,
        intro=gettext(
            "Owners read it in every advisory about this product: what to press, where the version stands."
        ),
        version=owner.version,
        crumb=owner.name,
    )


def _drop(request: HttpRequest, owner: Owner) -> HttpResponse:
    number = _number(request, owner)
    form = forms.Form(request.POST or None)

    def act() -> None:
        steps = owner.entries()
        steps.pop(number - 1)
        owner.put(steps, seen_version(request.POST))

    title = gettext("Take step %(number)s away") % {"number": number}
    deed = Deed(
        title=title,
        button=pgettext("step", "Take it away"),
        done=gettext("The steps are saved."),
        back=owner.back,
        intro=words.best(owner.steps[number - 1].text),
        version=owner.version,
        crumb=owner.name,
    )
    return perform(request, deed, form, act)


@require_safe
def picture(request: HttpRequest, name: str) -> HttpResponse:
    """One picture of a step, for whoever reads the catalogue: by its SHA-256, with or without its kind."""
    found = public.picture(asking(request), name.partition(".")[0])
    response = HttpResponse(found.content, content_type=TYPES[found.kind])
    response["Content-Security-Policy"] = POLICY
    response["Cache-Control"] = "private, max-age=31536000, immutable"
    return response
