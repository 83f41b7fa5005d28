from django.urls import path, re_path

from okiagari.web.public import reports, site

app_name = "public"
urlpatterns = [
    path("report/", reports.report, name="report"),
    path("report/receipt/<str:secret>/", reports.receipt, name="receipt"),
    re_path(r"^security/(?P<path>.*)$", site.site, name="site"),
    re_path(r"^\.well-known/(?P<path>.*)$", site.well_known, name="well_known"),
]
