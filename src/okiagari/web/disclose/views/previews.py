"""What the public would see, in a frame of the editor: the page, any format, the texts for JPCERT/CC.

A POST shows what is being typed without keeping it.
"""

from django.http import HttpRequest, HttpResponse
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin
from django.views.decorators.http import require_http_methods

from okiagari.disclose import queries
from okiagari.disclose.rules.content import WORDS
from okiagari.disclose.site.pages import Addresses
from okiagari.web.doors import asking, local_text

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'; "
    "frame-ancestors 'self'; sandbox allow-same-origin"  # pictures are for who is signed in; no script runs
)


@xframe_options_sameorigin
@require_http_methods(["GET", "HEAD", "POST"])
def preview(request: HttpRequest, advisory_id: str, language: str, format: str) -> HttpResponse:  # noqa: A002
    subject = asking(request)
    view = queries.advisory(subject, advisory_id)
    typed = {}
    if request.method == "POST":
        typed = {name: local_text(request.POST, name, view.words[name]) for name in WORDS}

    def address(in_language: str, in_format: str = "page") -> str:
        return reverse("disclose:preview", args=[view.id, in_language, in_format])

    addresses = Addresses(
        style=static("okiagari/public.css"),
        index=address(language),
        feed=address(language),
        document=address(language, "csaf"),
        others=tuple((other, address(other)) for other in view.languages if other != language),
        pictures=reverse("catalog:picture", args=["0"]).removesuffix("0"),
        formats=address(language, "FORMAT").replace("FORMAT", "{format}"),
    )
    text = queries.preview(
        subject, view.id, language=language, format=format, addresses=addresses, typed=typed
    )
    kind = "text/html" if format == "page" else "text/plain"  # a browser shows text, and saves the rest
    response = HttpResponse(text, content_type=f"{kind}; charset=utf-8")
    response["Content-Security-Policy"] = POLICY
    return response
