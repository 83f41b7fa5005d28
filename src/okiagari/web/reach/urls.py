from django.urls import URLPattern, path

from okiagari.web.reach import comparing, export, views

app_name = "reach"
_CASE, _ADVISORY = "cases/<str:case_id>/reach/", "advisories/<str:advisory_id>/reach/"
urlpatterns: list[URLPattern] = [
    path("reach/", comparing.compare, name="compare"),
    path("reach/compared.<str:form>", comparing.export, name="compare_file"),
    path(_CASE, views.of_case, name="of_case"),
    path(f"{_CASE}settle/", views.settle, name="settle"),
    path(f"{_CASE}resume/", views.resume, name="resume"),
    path(f"{_CASE}reach.<str:form>", export.of_case, name="case_file"),
    path(_ADVISORY, views.of_advisory, name="of_advisory"),
    path(f"{_ADVISORY}reach.<str:form>", export.of_advisory, name="advisory_file"),
]
