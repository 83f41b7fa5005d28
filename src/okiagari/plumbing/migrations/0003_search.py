import django.db.models.deletion
from django.db import migrations, models

import okiagari.plumbing.fields
import okiagari.standards.localtext
from okiagari.plumbing.search import dialects


def index_what_is_there(apps, schema_editor):
    """A house that has been lived in is indexed by a job; a new one indexes itself line by line."""
    del schema_editor
    line = apps.get_model("plumbing", "Line").objects.order_by("-at").first()
    if line is not None:
        apps.get_model("plumbing", "Job").objects.create(kind="flow.index", key="flow.index", run_at=line.at)


class Migration(migrations.Migration):
    dependencies = [("plumbing", "0002_mail")]

    operations = [
        migrations.CreateModel(
            name="SearchDoc",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("kind", models.CharField(max_length=12)),
                ("key", models.CharField(max_length=160)),
                ("part", models.CharField(blank=True, default="", max_length=40)),
                ("scope_key", models.BigIntegerField(db_index=True, null=True)),
                ("is_of_several", models.BooleanField(default=False)),
                ("verb", models.CharField(max_length=40)),
                (
                    "title",
                    okiagari.plumbing.fields.LocalTextField(
                        blank=True, default=okiagari.standards.localtext.LocalText
                    ),
                ),
                ("text", models.TextField(blank=True, default="")),
                ("grams", models.TextField(blank=True, default="")),
                ("at", models.DateTimeField(db_index=True)),
            ],
            options={
                "db_table": "search_doc",
                "constraints": [
                    models.UniqueConstraint(fields=("kind", "key", "part"), name="search_doc_once")
                ],
            },
        ),
        migrations.CreateModel(
            name="SearchScope",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("scope_key", models.BigIntegerField()),
                (
                    "doc",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="more",
                        to="plumbing.searchdoc",
                    ),
                ),
            ],
        ),
        migrations.RunPython(dialects.raise_index, dialects.drop_index, hints=dialects.BESIDE_TABLES),
        migrations.RunPython(index_what_is_there, migrations.RunPython.noop),
    ]
