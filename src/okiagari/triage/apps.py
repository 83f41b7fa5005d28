from django.apps import AppConfig


class TriageConfig(AppConfig):
    name = "okiagari.triage"
    label = "triage"
