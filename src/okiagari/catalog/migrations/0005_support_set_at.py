from django.db import migrations, models

import okiagari.plumbing.clock


class Migration(migrations.Migration):
    dependencies = [("catalog", "0004_identities")]

    operations = [
        migrations.AddField(
            model_name="supportdate",
            name="set_at",
            # of dates from before nobody knows since when; they count from now on
            field=models.DateTimeField(default=okiagari.plumbing.clock.now),
            preserve_default=False,
        ),
    ]
