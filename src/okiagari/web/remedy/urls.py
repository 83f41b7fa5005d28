from django.urls import URLPattern, path

from okiagari.web.remedy import views

app_name = "remedy"
_CASE = "cases/<str:case_id>/measures/"
urlpatterns: list[URLPattern] = [
    path(_CASE, views.measures, name="measures"),
    path(f"{_CASE}new/", views.new, name="new"),
    path(f"{_CASE}<str:number>/ready/", views.ready, name="ready"),
    path(f"{_CASE}<str:number>/accept/", views.accept, name="accept"),
    path(f"{_CASE}<str:number>/end/", views.end, name="end"),
    path(f"{_CASE}<str:number>/withdraw/", views.withdraw, name="withdraw"),
]
