from django.apps import AppConfig


class PlumbingConfig(AppConfig):
    name = "okiagari.plumbing"
    label = "plumbing"

    def ready(self) -> None:
        from okiagari.plumbing import handlers
        from okiagari.plumbing.mail import delivering

        del handlers, delivering
