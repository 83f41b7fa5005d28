from django.apps import AppConfig


class DiscloseConfig(AppConfig):
    name = "okiagari.disclose"
    label = "disclose"

    def ready(self) -> None:
        from okiagari.disclose import handlers  # noqa: F401 - registers the jobs
        from okiagari.disclose.cve import handlers as cve_handlers  # noqa: F401 - the same
        from okiagari.disclose.cve import hearing
        from okiagari.disclose.targets import handlers as target_handlers  # noqa: F401 - the same
        from okiagari.plumbing import ledger

        ledger.listen(hearing.hear)
