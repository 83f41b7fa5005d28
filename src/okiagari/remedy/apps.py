from django.apps import AppConfig


class RemedyConfig(AppConfig):
    name = "okiagari.remedy"
    label = "remedy"
