from django.apps import AppConfig


class CasesConfig(AppConfig):
    name = "okiagari.cases"
    label = "cases"
