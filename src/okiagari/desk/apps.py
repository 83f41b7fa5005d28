from django.apps import AppConfig


class DeskConfig(AppConfig):
    name = "okiagari.desk"
    label = "desk"
