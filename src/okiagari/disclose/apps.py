from django.apps import AppConfig


class DiscloseConfig(AppConfig):
    name = "okiagari.disclose"
    label = "disclose"
