"""All addresses of the people's door. Each stage keeps its own below."""

from django.urls import include, path
from django.views.generic import RedirectView

from okiagari.api.app import api
from okiagari.config.health import healthz
from okiagari.web.frame.lists.doors import save as save_view
from okiagari.web.search.palette import options
from okiagari.web.search.views import search

urlpatterns = [
    path("healthz", healthz),
    path("i18n/", include("django.conf.urls.i18n")),
    path("favicon.ico", RedirectView.as_view(url="/static/okiagari/favicon.svg", permanent=True)),
    path("search/", search, name="search"),
    path("search/options/", options, name="palette"),
    path("views/<str:place>/", save_view, name="save_view"),
    path("account/", include("okiagari.web.account.urls")),
    path("", include("okiagari.web.desk.urls")),
    path("", include("okiagari.web.intake.urls")),
    path("", include("okiagari.web.cases.urls")),
    path("", include("okiagari.web.inquiries.urls")),
    path("", include("okiagari.web.catalog.urls")),
    path("", include("okiagari.web.triage.urls")),
    path("", include("okiagari.web.remedy.urls")),
    path("", include("okiagari.web.disclose.urls")),
    path("", include("okiagari.web.documents.urls")),
    path("", include("okiagari.web.reach.urls")),
    path("", include("okiagari.web.fleet.urls")),
    path("", include("okiagari.web.learn.urls")),
    path("", include("okiagari.web.audit.urls")),
    path("", include("okiagari.web.public.urls")),
    path("api/v1/", api.urls),
]
