import oce.kit.identifiers
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Import',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=oce.kit.identifiers.new_uid, editable=False, unique=True)),
                ('name', models.CharField(max_length=400, verbose_name='name')),
                ('digest', models.CharField(max_length=64, verbose_name='fingerprint')),
                ('manner', models.JSONField(verbose_name='how it is read')),
                ('actor', models.CharField(max_length=200, verbose_name='who')),
                ('agent', models.BigIntegerField(null=True)),
                ('asked', models.DateTimeField(verbose_name='asked')),
                ('started', models.DateTimeField(null=True, verbose_name='started')),
                ('ended', models.DateTimeField(null=True, verbose_name='ended')),
                ('report', models.JSONField(null=True)),
                ('faults', models.JSONField(null=True)),
            ],
            options={
                'verbose_name': 'import',
                'verbose_name_plural': 'imports',
                'indexes': [models.Index(condition=models.Q(('ended', None)), fields=['digest'], name='open_import_by_file')],
            },
        ),
        migrations.CreateModel(
            name='ImportedFile',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('digest', models.CharField(max_length=64, verbose_name='fingerprint')),
                ('reading', models.CharField(max_length=64, verbose_name='how it was read')),
                ('name', models.CharField(max_length=400, verbose_name='name')),
                ('at', models.DateTimeField(verbose_name='when')),
                ('actor', models.CharField(max_length=200, verbose_name='who')),
                ('claim', models.UUIDField(editable=False)),
            ],
            options={
                'verbose_name': 'imported file',
                'verbose_name_plural': 'imported files',
                'constraints': [models.UniqueConstraint(fields=('digest',), name='one_import_a_file')],
            },
        ),
    ]
