from django.apps import AppConfig


class FlowConfig(AppConfig):
    name = "okiagari.flow"
    label = "flow"
