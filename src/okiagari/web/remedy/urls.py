from django.urls import URLPattern, path

from okiagari.web.remedy import lists, page, stops, views

app_name = "remedy"
_CASE = "cases/<str:case_id>/measures/"
urlpatterns: list[URLPattern] = [
    path("measures/", lists.in_force, name="in_force"),
    path("serials/", lists.serials, name="serials"),
    path(_CASE, page.measures, name="measures"),
    path(f"{_CASE}stop/", stops.stop, name="stop"),
    path(f"{_CASE}cut-in/", stops.cut_in, name="cut_in"),
    path(f"{_CASE}new/", views.new, name="new"),
    path(f"{_CASE}<str:number>/ready/", views.ready, name="ready"),
    path(f"{_CASE}<str:number>/verify/", views.verify, name="verify"),
    path(f"{_CASE}<str:number>/plan/", views.reschedule, name="reschedule"),
    path(f"{_CASE}<str:number>/words/", views.reword, name="reword"),
    path(f"{_CASE}<str:number>/approve/", stops.approve, name="approve"),
    path(f"{_CASE}<str:number>/refuse/", stops.refuse, name="refuse"),
    path(f"{_CASE}<str:number>/resume/", stops.resume, name="resume"),
    path(f"{_CASE}<str:number>/stock/", stops.stock, name="stock"),
    path(f"{_CASE}<str:number>/count/", stops.count, name="count"),
    path(f"{_CASE}<str:number>/accept/", views.accept, name="accept"),
    path(f"{_CASE}<str:number>/end/", views.end, name="end"),
    path(f"{_CASE}<str:number>/withdraw/", views.withdraw, name="withdraw"),
]
