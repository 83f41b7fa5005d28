from django.apps import AppConfig


class DiscloseConfig(AppConfig):
    name = "okiagari.disclose"
    label = "disclose"

    def ready(self) -> None:
        from okiagari.disclose import handlers  # noqa: F401 - registers the jobs
