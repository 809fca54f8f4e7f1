from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='HouseAddress',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('address', models.CharField(max_length=300, unique=True, verbose_name='address')),
            ],
        ),
        migrations.CreateModel(
            name='HouseVisibility',
            fields=[
                ('id', models.SmallIntegerField(default=1, primary_key=True, serialize=False)),
                ('visibility', models.CharField(choices=[('group', 'those whom it concerns'), ('network', 'everybody in the network'), ('public', 'everybody, also without signing in')], default='network', max_length=7, verbose_name='who sees it')),
            ],
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('actor', models.CharField(max_length=200)),
                ('key', models.CharField(max_length=200)),
                ('command', models.CharField(max_length=100)),
                ('digest', models.CharField(max_length=64)),
                ('at', models.DateTimeField()),
                ('result', models.JSONField(null=True)),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('actor', 'key'), name='one_answer_per_actor_and_key')],
            },
        ),
        migrations.CreateModel(
            name='Job',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('worker', models.CharField(max_length=100, verbose_name='kind of work')),
                ('work', models.JSONField(default=dict)),
                ('made', models.DateTimeField(verbose_name='asked')),
                ('due', models.DateTimeField(verbose_name='not before')),
                ('leased', models.DateTimeField(null=True, verbose_name='taken until')),
                ('tries', models.PositiveSmallIntegerField(default=0)),
                ('done', models.DateTimeField(null=True, verbose_name='done')),
                ('fault', models.TextField(blank=True, verbose_name='last fault')),
            ],
            options={
                'indexes': [models.Index(condition=models.Q(('done', None)), fields=['due'], name='open_work_by_time')],
            },
        ),
        migrations.CreateModel(
            name='JournalLine',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('at', models.DateTimeField(verbose_name='when')),
                ('actor', models.CharField(max_length=200, verbose_name='who')),
                ('agent', models.BigIntegerField(null=True)),
                ('command', models.CharField(max_length=100, verbose_name='command')),
                ('subjects', models.JSONField(default=list, verbose_name='what')),
                ('words', models.JSONField(default=dict)),
            ],
            options={
                'indexes': [models.Index(fields=['at'], name='journal_by_time')],
            },
        ),
    ]
