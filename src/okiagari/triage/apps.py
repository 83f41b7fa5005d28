from django.apps import AppConfig


class TriageConfig(AppConfig):
    name = "okiagari.triage"
    label = "triage"

    def ready(self) -> None:
        from okiagari.triage import handlers  # noqa: F401 - registers the jobs of this room
