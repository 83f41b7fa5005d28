"""Audit: who did what when, without what it was about."""

from django.urls import URLPattern, path

from okiagari.web.audit import views

app_name = "audit"
urlpatterns: list[URLPattern] = [
    path("audit/", views.streams, name="streams"),
    path("audit/verify/", views.verify, name="verify"),
    path("audit/<str:kind>/<path:key>/", views.stream, name="stream"),
]
