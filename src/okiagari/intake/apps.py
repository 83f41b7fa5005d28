from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "okiagari.intake"
    label = "intake"
