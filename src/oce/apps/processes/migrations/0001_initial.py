import auto_prefetch
import django.db.models.deletion
import django.db.models.manager
import oce.kit.clock
import oce.kit.identifiers
import oce.kit.visibility
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agents', '0001_initial'),
        ('knowledge', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Plan',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=oce.kit.identifiers.new_uid, editable=False, unique=True, verbose_name='identifier')),
                ('iri', models.TextField(editable=False, null=True, unique=True, verbose_name='address elsewhere')),
                ('is_described', models.BooleanField(default=True, editable=False)),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('visibility', oce.kit.visibility.VisibilityField(help_text='Who may see this: only those whom it concerns, everybody in the network, or everybody.', verbose_name='who may see it')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('due', models.DateTimeField(blank=True, null=True, verbose_name='due')),
                ('created', models.DateTimeField(default=oce.kit.clock.now, verbose_name='written down')),
                ('group', auto_prefetch.ForeignKey(blank=True, help_text='The group that plans this; its people see it, whoever else may.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plans', to='agents.agent', verbose_name='for whom')),
            ],
            options={
                'verbose_name': 'plan',
                'verbose_name_plural': 'plans',
                'abstract': False,
                'base_manager_name': 'prefetch_manager',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('prefetch_manager', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Process',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=oce.kit.identifiers.new_uid, editable=False, unique=True, verbose_name='identifier')),
                ('iri', models.TextField(editable=False, null=True, unique=True, verbose_name='address elsewhere')),
                ('is_described', models.BooleanField(default=True, editable=False)),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('visibility', oce.kit.visibility.VisibilityField(help_text='Who may see this: only those whom it concerns, everybody in the network, or everybody.', verbose_name='who may see it')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('has_beginning', models.DateTimeField(blank=True, null=True, verbose_name='begins')),
                ('has_end', models.DateTimeField(blank=True, null=True, verbose_name='ends')),
                ('finished', models.BooleanField(default=False, verbose_name='finished')),
                ('classified_as', models.JSONField(blank=True, default=list, verbose_name='tags')),
                ('combines', models.SmallIntegerField(default=0, editable=False)),
                ('based_on', auto_prefetch.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='conforming_processes', to='knowledge.processspecification', verbose_name='kind')),
                ('in_scope_of', auto_prefetch.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='processes', to='agents.agent', verbose_name='for whom')),
                ('planned_within', auto_prefetch.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='plan_includes', to='processes.plan', verbose_name='plan')),
            ],
            options={
                'verbose_name': 'piece of work',
                'verbose_name_plural': 'pieces of work',
                'abstract': False,
                'base_manager_name': 'prefetch_manager',
                'constraints': [models.CheckConstraint(condition=models.Q(('has_beginning__isnull', True), ('has_end__isnull', True), ('has_beginning__lte', models.F('has_end')), _connector='OR'), name='process_begins_before_it_ends')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('prefetch_manager', django.db.models.manager.Manager()),
            ],
        ),
    ]
