from django.apps import AppConfig


class CatalogConfig(AppConfig):
    name = "okiagari.catalog"
    label = "catalog"
