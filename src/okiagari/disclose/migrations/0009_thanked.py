from django.db import migrations

import okiagari.plumbing.fields


class Migration(migrations.Migration):
    dependencies = [("disclose", "0008_link_answers")]

    operations = [
        migrations.AddField("advisory", "thanked", okiagari.plumbing.fields.JsonField(default=list)),
    ]
