"""`migrate`, with a short way for a new house: an empty database gets the tables as they are now, at once.

Django takes an empty database through the whole history of the models and renders all of them anew at every
step. Here the history is only told, the tables are made from its end, and every migration is noted as
applied. A database with anything in it goes the long way, step by step. Both ends are the same
(`tests/plumbing/test_new_house.py`).

Data migrations have nothing to do in an empty house. What a migration makes beside tables is a step with
``hints=dialects.BESIDE_TABLES``, and is made here too.
"""

from typing import Any

from django.core.management.commands import migrate
from django.db import connections
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.migrations.executor import MigrationExecutor
from django.db.migrations.operations import RunPython

_ALL_OF_IT = ("app_label", "migration_name", "fake", "fake_initial", "plan", "check_unapplied", "prune")


class Command(migrate.Command):
    def handle(self, *args: Any, **options: Any) -> None:
        if not any(options.get(name) for name in _ALL_OF_IT):
            _build(connections[options["database"]])
        super().handle(*args, **options)


def _build(connection: BaseDatabaseWrapper) -> None:
    """Make every table of the history's end, if there is nothing yet."""
    executor = MigrationExecutor(connection)
    loader = executor.loader
    if connection.introspection.table_names() or loader.detect_conflicts():
        return
    apps = loader.project_state().apps
    with connection.schema_editor(atomic=True) as editor:
        for model in apps.get_models():
            if model._meta.can_migrate(connection):
                editor.create_model(model)
        for node in loader.graph.nodes:
            for step in loader.graph.nodes[node].operations:
                if isinstance(step, RunPython) and step.hints.get("beside_tables"):
                    step.code(apps, editor)
    executor.recorder.ensure_schema()
    noted = executor.recorder.Migration
    executor.recorder.migration_qs.bulk_create(
        [noted(app=app, name=name) for app, name in loader.graph.nodes]
    )
