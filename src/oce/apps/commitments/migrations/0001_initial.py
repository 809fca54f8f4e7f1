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
        ('agreements', '0001_initial'),
        ('knowledge', '0001_initial'),
        ('processes', '0001_initial'),
        ('resources', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='Commitment',
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
                ('state', models.CharField(blank=True, max_length=200, verbose_name='state')),
                ('has_beginning', models.DateTimeField(blank=True, null=True, verbose_name='begins')),
                ('has_end', models.DateTimeField(blank=True, null=True, verbose_name='ends')),
                ('has_point_in_time', models.DateTimeField(blank=True, null=True, verbose_name='when')),
                ('created', models.DateTimeField(default=oce.kit.clock.now, verbose_name='written down')),
                ('clause_of', auto_prefetch.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stipulates', to='agreements.agreement', verbose_name='agreed in')),
                ('independent_demand_of', auto_prefetch.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_demanded', to='processes.plan', verbose_name='what the plan is for')),
                ('input_of', auto_prefetch.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_into', to='processes.process', verbose_name='into the process')),
                ('output_of', auto_prefetch.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_out_of', to='processes.process', verbose_name='out of the process')),
                ('planned_within', auto_prefetch.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_planned', to='processes.plan', verbose_name='plan')),
                ('provider', auto_prefetch.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_as_provider', to='agents.agent', verbose_name='from')),
                ('receiver', auto_prefetch.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_as_receiver', to='agents.agent', verbose_name='to')),
                ('reciprocal_clause_of', auto_prefetch.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='stipulates_reciprocal', to='agreements.agreement', verbose_name='in return, agreed in')),
                ('resource_conforms_to', auto_prefetch.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='conforming_%(class)ss', to='knowledge.resourcespecification', verbose_name='kind')),
                ('resource_inventoried_as', auto_prefetch.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='resources.economicresource', verbose_name='resource')),
                ('stage', auto_prefetch.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_requiring_stage', to='knowledge.processspecification', verbose_name='stage')),
            ],
            options={
                'verbose_name': 'promise',
                'verbose_name_plural': 'promises',
                'abstract': False,
                'base_manager_name': 'prefetch_manager',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('resource_quantity_unit', ''), ('resource_quantity_value__isnull', True)), models.Q(('resource_quantity_value__isnull', False), models.Q(('resource_quantity_unit', ''), _negated=True)), _connector='OR'), name='commitment_resource_quantity_has_a_unit'), models.CheckConstraint(condition=models.Q(models.Q(('effort_quantity_unit', ''), ('effort_quantity_value__isnull', True)), models.Q(('effort_quantity_value__isnull', False), models.Q(('effort_quantity_unit', ''), _negated=True)), _connector='OR'), name='commitment_effort_quantity_has_a_unit'), models.CheckConstraint(condition=models.Q(('has_beginning__isnull', True), ('has_end__isnull', True), ('has_beginning__lte', models.F('has_end')), _connector='OR'), name='commitment_begins_before_it_ends')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('prefetch_manager', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Intent',
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
                ('state', models.CharField(blank=True, max_length=200, verbose_name='state')),
                ('has_beginning', models.DateTimeField(blank=True, null=True, verbose_name='begins')),
                ('has_end', models.DateTimeField(blank=True, null=True, verbose_name='ends')),
                ('has_point_in_time', models.DateTimeField(blank=True, null=True, verbose_name='when')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('image', models.TextField(blank=True, verbose_name='picture')),
                ('image_list', models.JSONField(blank=True, default=list, verbose_name='pictures')),
                ('available_quantity_value', oce.kit.quantities.QuantityField(blank=True, null=True, verbose_name='how much there is of it')),
                ('available_quantity_unit', oce.kit.measures.UnitField(blank=True, default='', max_length=64)),
                ('minimum_quantity_value', oce.kit.quantities.QuantityField(blank=True, null=True, verbose_name='how much at least')),
                ('minimum_quantity_unit', oce.kit.measures.UnitField(blank=True, default='', max_length=64)),
                ('independent_demand_of', auto_prefetch.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_demanded', to='processes.plan', verbose_name='what the plan is for')),
                ('input_of', auto_prefetch.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_into', to='processes.process', verbose_name='into the process')),
                ('output_of', auto_prefetch.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_out_of', to='processes.process', verbose_name='out of the process')),
                ('planned_within', auto_prefetch.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_planned', to='processes.plan', verbose_name='plan')),
                ('provider', auto_prefetch.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_as_provider', to='agents.agent', verbose_name='from')),
                ('receiver', auto_prefetch.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_as_receiver', to='agents.agent', verbose_name='to')),
                ('resource_conforms_to', auto_prefetch.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='conforming_%(class)ss', to='knowledge.resourcespecification', verbose_name='kind')),
                ('resource_inventoried_as', auto_prefetch.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss', to='resources.economicresource', verbose_name='resource')),
                ('stage', auto_prefetch.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='%(class)ss_requiring_stage', to='knowledge.processspecification', verbose_name='stage')),
            ],
            options={
                'verbose_name': 'offer or need',
                'verbose_name_plural': 'offers and needs',
                'abstract': False,
                'base_manager_name': 'prefetch_manager',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('resource_quantity_unit', ''), ('resource_quantity_value__isnull', True)), models.Q(('resource_quantity_value__isnull', False), models.Q(('resource_quantity_unit', ''), _negated=True)), _connector='OR'), name='intent_resource_quantity_has_a_unit'), models.CheckConstraint(condition=models.Q(models.Q(('effort_quantity_unit', ''), ('effort_quantity_value__isnull', True)), models.Q(('effort_quantity_value__isnull', False), models.Q(('effort_quantity_unit', ''), _negated=True)), _connector='OR'), name='intent_effort_quantity_has_a_unit'), models.CheckConstraint(condition=models.Q(models.Q(('available_quantity_unit', ''), ('available_quantity_value__isnull', True)), models.Q(('available_quantity_value__isnull', False), models.Q(('available_quantity_unit', ''), _negated=True)), _connector='OR'), name='intent_available_quantity_has_a_unit'), models.CheckConstraint(condition=models.Q(models.Q(('minimum_quantity_unit', ''), ('minimum_quantity_value__isnull', True)), models.Q(('minimum_quantity_value__isnull', False), models.Q(('minimum_quantity_unit', ''), _negated=True)), _connector='OR'), name='intent_minimum_quantity_has_a_unit'), models.CheckConstraint(condition=models.Q(('has_beginning__isnull', True), ('has_end__isnull', True), ('has_beginning__lte', models.F('has_end')), _connector='OR'), name='intent_begins_before_it_ends')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('prefetch_manager', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Satisfaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='+', to='commitments.commitment')),
                ('intent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commitments.intent')),
            ],
            options={
                'verbose_name': 'satisfied intent',
                'verbose_name_plural': 'satisfied intents',
                'constraints': [models.UniqueConstraint(fields=('commitment', 'intent'), name='satisfaction_once')],
            },
        ),
        migrations.AddField(
            model_name='commitment',
            name='satisfies',
            field=models.ManyToManyField(blank=True, related_name='satisfied_by_commitments', through='commitments.Satisfaction', to='commitments.intent', verbose_name='satisfies'),
        ),
    ]
