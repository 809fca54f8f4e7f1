import auto_prefetch
import django.db.models.deletion
import django.db.models.manager
import oce.kit.clock
import oce.kit.identifiers
import oce.kit.measures
import oce.kit.quantities
import oce.kit.visibility
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('agents', '0001_initial'),
        ('events', '0001_initial'),
        ('knowledge', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Claim',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=oce.kit.identifiers.new_uid, editable=False, unique=True, verbose_name='identifier')),
                ('iri', models.TextField(editable=False, null=True, unique=True, verbose_name='address elsewhere')),
                ('is_described', models.BooleanField(default=True, editable=False)),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('visibility', oce.kit.visibility.VisibilityField(help_text='Who may see this: only those whom it concerns, everybody in the network, or everybody.', verbose_name='who may see it')),
                ('action', models.CharField(max_length=32, verbose_name='action')),
                ('resource_classified_as', models.JSONField(blank=True, default=list, verbose_name='tags')),
                ('due', models.DateTimeField(blank=True, null=True, verbose_name='due')),
                ('finished', models.BooleanField(default=False, verbose_name='finished')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('resource_quantity_value', oce.kit.quantities.QuantityField(blank=True, null=True, verbose_name='how much')),
                ('resource_quantity_unit', oce.kit.measures.UnitField(blank=True, default='', max_length=64)),
                ('effort_quantity_value', oce.kit.quantities.QuantityField(blank=True, null=True, verbose_name='how long')),
                ('effort_quantity_unit', oce.kit.measures.UnitField(blank=True, default='', max_length=64)),
                ('created', models.DateTimeField(default=oce.kit.clock.now, verbose_name='written down')),
                ('provider', auto_prefetch.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_as_provider', to='agents.agent', verbose_name='from')),
                ('receiver', auto_prefetch.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_as_receiver', to='agents.agent', verbose_name='to')),
                ('resource_conforms_to', auto_prefetch.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='conforming_%(class)ss', to='knowledge.resourcespecification', verbose_name='kind')),
                ('triggered_by', auto_prefetch.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='claims', to='events.economicevent', verbose_name='because of')),
            ],
            options={
                'verbose_name': 'claim',
                'verbose_name_plural': 'claims',
                'abstract': False,
                'base_manager_name': 'prefetch_manager',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('resource_quantity_unit', ''), ('resource_quantity_value__isnull', True)), models.Q(('resource_quantity_value__isnull', False), models.Q(('resource_quantity_unit', ''), _negated=True)), _connector='OR'), name='claim_resource_quantity_has_a_unit'), models.CheckConstraint(condition=models.Q(models.Q(('effort_quantity_unit', ''), ('effort_quantity_value__isnull', True)), models.Q(('effort_quantity_value__isnull', False), models.Q(('effort_quantity_unit', ''), _negated=True)), _connector='OR'), name='claim_effort_quantity_has_a_unit')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('prefetch_manager', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Settlement',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('claim', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='claims.claim')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.economicevent')),
            ],
            options={
                'verbose_name': 'settled claim',
                'verbose_name_plural': 'settled claims',
                'abstract': False,
                'base_manager_name': 'prefetch_manager',
                'constraints': [models.UniqueConstraint(fields=('event', 'claim'), name='settlement_once')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('prefetch_manager', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddField(
            model_name='claim',
            name='settled_by',
            field=models.ManyToManyField(blank=True, related_name='settles', through='claims.Settlement', to='events.economicevent', verbose_name='settles'),
        ),
    ]
