import oce.kit.clock
import oce.kit.identifiers
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='TraceLink',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=oce.kit.identifiers.new_uid, editable=False, unique=True)),
                ('digest', models.CharField(editable=False, max_length=64, unique=True)),
                ('title', models.CharField(max_length=400, verbose_name='what it shows')),
                ('levels', models.PositiveSmallIntegerField(verbose_name='levels each way')),
                ('has_names', models.BooleanField(default=False, verbose_name='with names')),
                ('shows', models.JSONField(editable=False)),
                ('actor', models.CharField(max_length=200, verbose_name='given by')),
                ('agent', models.BigIntegerField(editable=False, null=True)),
                ('made', models.DateTimeField(default=oce.kit.clock.now, verbose_name='made')),
                ('expires', models.DateTimeField(verbose_name='works until')),
                ('revoked', models.DateTimeField(null=True, verbose_name='taken back')),
            ],
            options={
                'verbose_name': 'view-only link',
                'verbose_name_plural': 'view-only links',
                'indexes': [models.Index(fields=['agent', '-made'], name='trace_link_by_agent')],
            },
        ),
    ]
