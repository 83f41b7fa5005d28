from django.apps import AppConfig


class FlowConfig(AppConfig):
    name = "okiagari.flow"
    label = "flow"

    def ready(self) -> None:
        from okiagari.flow import advance, anchors, consequences, handlers, indexing, playbook
        from okiagari.flow.merging import traits
        from okiagari.plumbing import ledger

        ledger.listen(playbook.hear)
        ledger.listen(consequences.hear)
        ledger.listen(anchors.hear)
        ledger.listen(handlers.hear)
        ledger.project(advance.hear)
        ledger.project(indexing.hear)
        ledger.project(traits.hear)
