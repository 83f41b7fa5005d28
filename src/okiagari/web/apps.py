from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "okiagari.web"
    label = "web"
