"""Import of a catalogue file, all of it or nothing, each problem at its place; and the way back."""

import json

from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.http import require_safe

from okiagari.catalog import actions, exporting
from okiagari.catalog.problems import FILE_TOO_LARGE
from okiagari.catalog.reading import MAX_BYTES, read_file
from okiagari.desk import permits
from okiagari.web.catalog import forms
from okiagari.web.catalog.deeds import Deed, perform
from okiagari.web.doors import asking, say


@require_safe
def take(request: HttpRequest) -> HttpResponse:
    """The catalogue as a file, with its pictures inside: what import takes."""
    found = exporting.catalogue(asking(request))
    text = json.dumps(found, ensure_ascii=False, indent=1)
    response = HttpResponse(text, content_type="application/json; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="catalogue.json"'
    return response


def bring(request: HttpRequest) -> HttpResponse:
    subject = asking(request)
    permits.require(subject, "catalog.import")
    form = forms.ImportForm(request.POST or None, request.FILES or None)
    deed = Deed(
        title=gettext("Import a catalogue file"),
        button=gettext("Import it"),
        done=gettext("The catalogue is up to date."),
        back=reverse("catalog:products"),
        intro=gettext(
            "All of the file is taken or nothing. What is there already is brought up to date, so the same "
            "file may come again."
        ),
    )

    def act() -> None:
        file = form.cleaned_data["file"]
        if file.size > MAX_BYTES:
            raise FILE_TOO_LARGE(megabytes=MAX_BYTES // 1024 // 1024).at("file")
        done = actions.import_catalogue(subject, read_file(file.read()))
        counts = gettext("%(products)d products, %(lines)d firmware lines, %(releases)d releases.")
        say(request, counts % {name: getattr(done, name) for name in ("products", "lines", "releases")})

    return perform(request, deed, form, act, template="catalog/import.html")
