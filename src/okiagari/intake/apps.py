from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "okiagari.intake"
    label = "intake"

    def ready(self) -> None:
        from okiagari.intake import handlers  # noqa: F401 - registers the jobs
