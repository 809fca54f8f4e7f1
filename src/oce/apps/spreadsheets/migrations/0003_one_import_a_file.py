"""A file is one import, however it was read: of several rows of a file the first stays."""

from django.db import migrations, models
from django.db.models import Min


def keep_the_first(apps, schema_editor):
    imported = apps.get_model("spreadsheets", "ImportedFile").objects
    first = imported.values("digest").annotate(first=Min("pk")).values("first")
    imported.exclude(pk__in=list(first.values_list("first", flat=True))).delete()


class Migration(migrations.Migration):
    dependencies = [("spreadsheets", "0002_imports")]

    operations = [
        migrations.RunPython(keep_the_first, migrations.RunPython.noop),
        migrations.RemoveConstraint(model_name="importedfile", name="one_import_a_file_and_reading"),
        migrations.AddConstraint(
            model_name="importedfile",
            constraint=models.UniqueConstraint(fields=("digest",), name="one_import_a_file"),
        ),
    ]
