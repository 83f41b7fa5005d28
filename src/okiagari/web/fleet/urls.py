from django.urls import URLPattern, path

from okiagari.web.fleet import logs, views

app_name = "fleet"
# Which product or unit is said after the "?": what units call themselves may hold any character.
urlpatterns: list[URLPattern] = [
    path("fleet/", views.overview, name="overview"),
    path("fleet/product/", views.product, name="product"),
    path("fleet/units/", views.units, name="units"),
    path("fleet/unit/", views.unit, name="unit"),
    path("fleet/alias/", views.alias, name="alias"),
    path("fleet/logs/", logs.overview, name="logs"),
    path("fleet/logs/rules/", logs.rules, name="log_rules"),
    path("fleet/logs/rules/<int:version>/", logs.overview, name="log_rules_version"),
    path("fleet/logs/read/", logs.read, name="log_read"),
    path("fleet/import/", views.bring, name="import"),
]
