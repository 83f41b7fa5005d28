from django.apps import AppConfig


class PlumbingConfig(AppConfig):
    name = "okiagari.plumbing"
    label = "plumbing"

    def ready(self) -> None:
        from okiagari.plumbing import handlers

        del handlers
