from django.apps import AppConfig


class ReachConfig(AppConfig):
    name = "okiagari.reach"
    label = "reach"
