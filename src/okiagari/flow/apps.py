from django.apps import AppConfig


class FlowConfig(AppConfig):
    name = "okiagari.flow"
    label = "flow"

    def ready(self) -> None:
        from okiagari.flow import advance, playbook
        from okiagari.plumbing import ledger

        ledger.listen(playbook.hear)
        ledger.listen(advance.hear)
