"""Documents are found by what they say; merges of before there were documents say that none went along."""

from typing import Any

from django.db import migrations, models


def say_what_went_along(apps: Any, schema_editor: Any) -> None:
    for row in apps.get_model("flow", "Transfer").objects.filter(kind="merge"):
        if "documents" not in row.record:
            row.record = {**row.record, "documents": {"owned": [], "by_report": []}}
            row.save(update_fields=["record"])


def index_what_is_there(apps: Any, schema_editor: Any) -> None:
    """Documents of before are found once a job has indexed them."""
    newest = apps.get_model("flow", "ForeignDocument").objects.order_by("-read_at").first()
    if newest is not None:
        again = {"done_at": None, "failed_at": None, "lease_until": None, "attempts": 0, "error": ""}
        due = {"kind": "flow.index", "run_at": newest.read_at, **again}
        apps.get_model("plumbing", "Job").objects.update_or_create(key="flow.index", defaults=due)


class Migration(migrations.Migration):
    dependencies = [("flow", "0006_documents_waiting"), ("plumbing", "0003_search")]

    operations = [
        migrations.AddField("foreigndocument", "words", models.TextField(blank=True, default="")),
        migrations.RunPython(index_what_is_there, migrations.RunPython.noop),
        migrations.RunPython(say_what_went_along, migrations.RunPython.noop),
    ]
