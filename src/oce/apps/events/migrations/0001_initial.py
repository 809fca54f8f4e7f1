import auto_prefetch
import django.db.models.deletion
import django.db.models.manager
import oce.apps.events.places
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
        ('commitments', '0001_initial'),
        ('knowledge', '0001_initial'),
        ('processes', '0001_initial'),
        ('resources', '0001_initial'),
    ]

    operations = [
        migrations.CreateModel(
            name='EconomicEvent',
            fields=[
                ('uid', models.UUIDField(default=oce.kit.identifiers.new_uid, editable=False, unique=True, verbose_name='identifier')),
                ('iri', models.TextField(editable=False, null=True, unique=True, verbose_name='address elsewhere')),
                ('is_described', models.BooleanField(default=True, editable=False)),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('visibility', oce.kit.visibility.VisibilityField(help_text='Who may see this: only those whom it concerns, everybody in the network, or everybody.', verbose_name='who may see it')),
                ('id', oce.apps.events.places.PlaceField(primary_key=True, serialize=False)),
                ('action', models.CharField(max_length=32, verbose_name='action')),
                ('resource_classified_as', models.JSONField(blank=True, default=list, verbose_name='tags')),
                ('has_beginning', models.DateTimeField(blank=True, null=True, verbose_name='began')),
                ('has_end', models.DateTimeField(blank=True, null=True, verbose_name='ended')),
                ('has_point_in_time', models.DateTimeField(blank=True, null=True, verbose_name='when')),
                ('created', models.DateTimeField(verbose_name='recorded')),
                ('state', models.CharField(blank=True, max_length=200, verbose_name='state')),
                ('image', models.TextField(blank=True, verbose_name='picture')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('effect', models.SmallIntegerField(default=0, editable=False)),
                ('occurred_at', models.DateTimeField(db_index=True, editable=False, help_text='When it happened or ended; of what nobody dated, when it was recorded.', verbose_name='when')),
                ('resource_quantity_value', oce.kit.quantities.QuantityField(blank=True, null=True, verbose_name='how much')),
                ('resource_quantity_unit', oce.kit.measures.UnitField(blank=True, default='', max_length=64)),
                ('effort_quantity_value', oce.kit.quantities.QuantityField(blank=True, null=True, verbose_name='how long')),
                ('effort_quantity_unit', oce.kit.measures.UnitField(blank=True, default='', max_length=64)),
                ('corrects', auto_prefetch.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='corrected_by', to='events.economicevent', verbose_name='corrects')),
                ('input_of', auto_prefetch.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='input_events', to='processes.process', verbose_name='into the process')),
                ('output_of', auto_prefetch.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='output_events', to='processes.process', verbose_name='out of the process')),
                ('previous_event', auto_prefetch.ForeignKey(blank=True, db_constraint=False, db_index=False, help_text='The event that touched the resource before this one; none for its first.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='next_events', to='events.economicevent', verbose_name='previous event of the resource')),
                ('provider', auto_prefetch.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='economic_events_as_provider', to='agents.agent', verbose_name='from')),
                ('realization_of', auto_prefetch.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='realizes', to='agreements.agreement', verbose_name='agreed in')),
                ('receiver', auto_prefetch.ForeignKey(db_constraint=False, db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='economic_events_as_receiver', to='agents.agent', verbose_name='to')),
                ('reciprocal_realization_of', auto_prefetch.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='realizes_reciprocal', to='agreements.agreement', verbose_name='in return, agreed in')),
                ('resource_conforms_to', auto_prefetch.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='conforming_economic_events', to='knowledge.resourcespecification', verbose_name='kind')),
                ('resource_inventoried_as', auto_prefetch.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='economic_events_from', to='resources.economicresource', verbose_name='resource')),
                ('to_location', auto_prefetch.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='economic_events_to_here', to='agents.spatialthing', verbose_name='to place')),
                ('to_previous_event', auto_prefetch.ForeignKey(blank=True, db_constraint=False, db_index=False, help_text='The event that touched the to resource before this one; none for its first.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='to_next_events', to='events.economicevent', verbose_name='previous event of the to resource')),
                ('to_resource_inventoried_as', auto_prefetch.ForeignKey(blank=True, db_constraint=False, db_index=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='economic_events_to', to='resources.economicresource', verbose_name='to resource')),
            ],
            options={
                'verbose_name': 'entry',
                'verbose_name_plural': 'entries',
                'abstract': False,
                'base_manager_name': 'prefetch_manager',
                'indexes': [models.Index(fields=['provider', 'id'], name='event_provider_place'), models.Index(fields=['receiver', 'id'], name='event_receiver_place'), models.Index(condition=models.Q(('resource_inventoried_as__isnull', False)), fields=['resource_inventoried_as'], name='event_resource'), models.Index(condition=models.Q(('to_resource_inventoried_as__isnull', False)), fields=['to_resource_inventoried_as'], name='event_to_resource'), models.Index(condition=models.Q(('resource_conforms_to__isnull', False)), fields=['resource_conforms_to'], name='event_kind'), models.Index(condition=models.Q(('input_of__isnull', False)), fields=['input_of'], name='event_input_of'), models.Index(condition=models.Q(('output_of__isnull', False)), fields=['output_of'], name='event_output_of'), models.Index(condition=models.Q(('corrects__isnull', False)), fields=['corrects'], name='event_corrects'), models.Index(condition=models.Q(('realization_of__isnull', False)), fields=['realization_of'], name='event_realizes'), models.Index(condition=models.Q(('reciprocal_realization_of__isnull', False)), fields=['reciprocal_realization_of'], name='event_realizes_back')],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('resource_quantity_unit', ''), ('resource_quantity_value__isnull', True)), models.Q(('resource_quantity_value__isnull', False), models.Q(('resource_quantity_unit', ''), _negated=True)), _connector='OR'), name='economic_event_resource_quantity_has_a_unit'), models.CheckConstraint(condition=models.Q(models.Q(('effort_quantity_unit', ''), ('effort_quantity_value__isnull', True)), models.Q(('effort_quantity_value__isnull', False), models.Q(('effort_quantity_unit', ''), _negated=True)), _connector='OR'), name='economic_event_effort_quantity_has_a_unit')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('prefetch_manager', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Fulfillment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commitments.commitment')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.economicevent')),
            ],
            options={
                'verbose_name': 'fulfilled commitment',
                'verbose_name_plural': 'fulfilled commitments',
                'abstract': False,
                'base_manager_name': 'prefetch_manager',
                'constraints': [models.UniqueConstraint(fields=('event', 'commitment'), name='fulfillment_once')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('prefetch_manager', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddField(
            model_name='economicevent',
            name='fulfills',
            field=models.ManyToManyField(blank=True, related_name='fulfilled_by', through='events.Fulfillment', to='commitments.commitment', verbose_name='fulfils'),
        ),
        migrations.CreateModel(
            name='Satisfaction',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('event', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='events.economicevent')),
                ('intent', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='commitments.intent')),
            ],
            options={
                'verbose_name': 'satisfied intent',
                'verbose_name_plural': 'satisfied intents',
                'abstract': False,
                'base_manager_name': 'prefetch_manager',
                'constraints': [models.UniqueConstraint(fields=('event', 'intent'), name='event_satisfaction_once')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('prefetch_manager', django.db.models.manager.Manager()),
            ],
        ),
        migrations.AddField(
            model_name='economicevent',
            name='satisfies',
            field=models.ManyToManyField(blank=True, related_name='satisfied_by_events', through='events.Satisfaction', to='commitments.intent', verbose_name='satisfies'),
        ),
    ]
