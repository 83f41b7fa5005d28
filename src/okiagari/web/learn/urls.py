from django.urls import URLPattern, path

from okiagari.web.learn import views

app_name = "learn"
_CASE = "cases/<str:case_id>/lessons/"
urlpatterns: list[URLPattern] = [
    path("lessons/", views.promises, name="promises"),
    path(_CASE, views.lessons, name="lessons"),
    path(f"{_CASE}new/", views.learn, name="learn"),
    path(f"{_CASE}<str:number>/promise/", views.promise, name="promise"),
    path(f"{_CASE}promises/<str:number>/owner/", views.assign, name="assign"),
    path(f"{_CASE}promises/<str:number>/kept/", views.fulfil, name="fulfil"),
]
