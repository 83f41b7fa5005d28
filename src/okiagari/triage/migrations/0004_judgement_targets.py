from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("triage", "0003_many_products")]

    operations = [migrations.RemoveField(model_name="judgement", name="target")]
