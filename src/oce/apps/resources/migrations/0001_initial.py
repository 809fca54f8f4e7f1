import auto_prefetch
import django.db.models.deletion
import django.db.models.manager
import oce.kit.identifiers
import oce.kit.measures
import oce.kit.quantities
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
            name='BatchLotRecord',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=oce.kit.identifiers.new_uid, editable=False, unique=True, verbose_name='identifier')),
                ('iri', models.TextField(editable=False, null=True, unique=True, verbose_name='address elsewhere')),
                ('is_described', models.BooleanField(default=True, editable=False)),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('visibility', oce.kit.visibility.VisibilityField(help_text='Who may see this: only those whom it concerns, everybody in the network, or everybody.', verbose_name='who may see it')),
                ('batch_lot_code', models.CharField(blank=True, db_index=True, max_length=200, verbose_name='lot code')),
                ('expiration_date', models.DateTimeField(blank=True, null=True, verbose_name='use by')),
            ],
            options={
                'verbose_name': 'lot',
                'verbose_name_plural': 'lots',
                'abstract': False,
                'base_manager_name': 'prefetch_manager',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('prefetch_manager', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='EconomicResource',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=oce.kit.identifiers.new_uid, editable=False, unique=True, verbose_name='identifier')),
                ('iri', models.TextField(editable=False, null=True, unique=True, verbose_name='address elsewhere')),
                ('is_described', models.BooleanField(default=True, editable=False)),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('visibility', oce.kit.visibility.VisibilityField(help_text='Who may see this: only those whom it concerns, everybody in the network, or everybody.', verbose_name='who may see it')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('image', models.TextField(blank=True, verbose_name='picture')),
                ('image_list', models.JSONField(blank=True, default=list, verbose_name='pictures')),
                ('tracking_identifier', models.CharField(blank=True, max_length=200, verbose_name='serial number')),
                ('classified_as', models.JSONField(blank=True, default=list, verbose_name='tags')),
                ('unit_of_effort', oce.kit.measures.UnitField(blank=True, default='', max_length=64, verbose_name='unit of effort')),
                ('current_virtual_location', models.TextField(blank=True, verbose_name='place on the net')),
                ('current_currency_location', models.CharField(blank=True, max_length=200, verbose_name='account')),
                ('state', models.CharField(blank=True, max_length=200, verbose_name='state')),
                ('last_event', models.BigIntegerField(editable=False, null=True)),
                ('stamped_at', models.DateTimeField(editable=False, null=True)),
                ('accounting_quantity_value', oce.kit.quantities.QuantityField(blank=True, null=True, verbose_name='how much is owned')),
                ('accounting_quantity_unit', oce.kit.measures.UnitField(blank=True, default='', max_length=64)),
                ('onhand_quantity_value', oce.kit.quantities.QuantityField(blank=True, null=True, verbose_name='how much is there')),
                ('onhand_quantity_unit', oce.kit.measures.UnitField(blank=True, default='', max_length=64)),
                ('conforms_to', auto_prefetch.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='conforming_resources', to='knowledge.resourcespecification', verbose_name='kind')),
                ('contained_in', models.ManyToManyField(blank=True, related_name='contains', to='resources.economicresource', verbose_name='inside')),
                ('current_location', auto_prefetch.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='resources_here', to='agents.spatialthing', verbose_name='place')),
                ('of_batch_lot', auto_prefetch.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='resources', to='resources.batchlotrecord', verbose_name='lot')),
                ('primary_accountable', auto_prefetch.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='inventoried_economic_resources', to='agents.agent', verbose_name='accountable')),
                ('stage', auto_prefetch.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='resources_currently_at_stage', to='knowledge.processspecification', verbose_name='stage')),
            ],
            options={
                'verbose_name': 'thing',
                'verbose_name_plural': 'things',
                'abstract': False,
                'base_manager_name': 'prefetch_manager',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('accounting_quantity_unit', ''), ('accounting_quantity_value__isnull', True)), models.Q(('accounting_quantity_value__isnull', False), models.Q(('accounting_quantity_unit', ''), _negated=True)), _connector='OR'), name='economic_resource_accounting_quantity_has_a_unit'), models.CheckConstraint(condition=models.Q(models.Q(('onhand_quantity_unit', ''), ('onhand_quantity_value__isnull', True)), models.Q(('onhand_quantity_value__isnull', False), models.Q(('onhand_quantity_unit', ''), _negated=True)), _connector='OR'), name='economic_resource_onhand_quantity_has_a_unit')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('prefetch_manager', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='StockPolicy',
            fields=[
                ('agent', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='stock_policy', serialize=False, to='agents.agent')),
                ('shortage', models.CharField(choices=[('warn', 'record it and warn'), ('refuse', 'refuse it')], default='warn', max_length=10, verbose_name='more taken than there is')),
            ],
            options={
                'verbose_name': 'stock policy',
                'verbose_name_plural': 'stock policies',
            },
        ),
        migrations.CreateModel(
            name='Opening',
            fields=[
                ('resource', models.OneToOneField(on_delete=django.db.models.deletion.CASCADE, primary_key=True, related_name='opening', serialize=False, to='resources.economicresource')),
                ('unit', oce.kit.measures.UnitField(blank=True, default='', max_length=64)),
                ('accounting', oce.kit.quantities.QuantityField()),
                ('onhand', oce.kit.quantities.QuantityField()),
                ('state', models.CharField(blank=True, max_length=200)),
                ('contained_in', models.JSONField(default=list)),
                ('accountable', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agents.agent')),
                ('location', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='agents.spatialthing')),
                ('stage', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='knowledge.processspecification')),
            ],
            options={
                'verbose_name': 'opening state',
                'verbose_name_plural': 'opening states',
            },
        ),
    ]
