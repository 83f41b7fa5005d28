from django.apps import AppConfig


class PlumbingConfig(AppConfig):
    name = "okiagari.plumbing"
    label = "plumbing"
