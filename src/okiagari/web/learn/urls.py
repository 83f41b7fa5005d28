from django.urls import URLPattern, path

from okiagari.web.learn import across, specification, views

app_name = "learn"
_CASE = "cases/<str:case_id>/lessons/"
urlpatterns: list[URLPattern] = [
    path("lessons/", across.promises, name="promises"),
    path("lessons/promises.<str:form>", across.export, name="export"),
    path("lessons/years/", across.years, name="years"),
    path("specification/", specification.items, name="specification"),
    path("specification/new/", specification.add, name="spec_new"),
    path("specification/<str:key>/", specification.item, name="spec_item"),
    path("specification/<str:key>/change/", specification.change, name="spec_change"),
    path("specification/<str:key>/withdraw/", specification.withdraw, name="spec_withdraw"),
    path(_CASE, views.lessons, name="lessons"),
    path(f"{_CASE}new/", views.learn, name="learn"),
    path(f"{_CASE}<str:number>/promise/", views.promise, name="promise"),
    path(f"{_CASE}promises/<str:number>/owner/", views.assign, name="assign"),
    path(f"{_CASE}promises/<str:number>/kept/", views.fulfil, name="fulfil"),
]
