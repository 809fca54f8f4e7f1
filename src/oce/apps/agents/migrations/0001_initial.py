import auto_prefetch
import django.db.models.deletion
import django.db.models.manager
import oce.kit.identifiers
import oce.kit.quantities
import oce.kit.visibility
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='AgentRelationshipRole',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=oce.kit.identifiers.new_uid, editable=False, unique=True, verbose_name='identifier')),
                ('iri', models.TextField(editable=False, null=True, unique=True, verbose_name='address elsewhere')),
                ('is_described', models.BooleanField(default=True, editable=False)),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('visibility', oce.kit.visibility.VisibilityField(help_text='Who may see this: only those whom it concerns, everybody in the network, or everybody.', verbose_name='who may see it')),
                ('role_label', models.CharField(help_text='How the relationship reads from its subject: is a member of.', max_length=200, verbose_name='words')),
                ('inverse_role_label', models.CharField(blank=True, help_text='How the relationship reads from its object: has as member.', max_length=200, verbose_name='words the other way round')),
                ('kind_of_role', models.CharField(choices=[('member', 'member'), ('part_of', 'part of'), ('steward', 'steward'), ('supplier', 'supplier'), ('custom', 'something else')], default='custom', help_text='What the relationship means to this system; something else is only shown.', max_length=20, verbose_name='meaning')),
                ('note', models.TextField(blank=True, verbose_name='note')),
            ],
            options={
                'verbose_name': 'role',
                'verbose_name_plural': 'roles',
                'abstract': False,
                'base_manager_name': 'prefetch_manager',
                'constraints': [models.CheckConstraint(condition=models.Q(('kind_of_role__in', ['member', 'part_of', 'steward', 'supplier', 'custom'])), name='role_is_of_a_known_kind')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('prefetch_manager', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='SpatialThing',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=oce.kit.identifiers.new_uid, editable=False, unique=True, verbose_name='identifier')),
                ('iri', models.TextField(editable=False, null=True, unique=True, verbose_name='address elsewhere')),
                ('is_described', models.BooleanField(default=True, editable=False)),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('visibility', oce.kit.visibility.VisibilityField(help_text='Who may see this: only those whom it concerns, everybody in the network, or everybody.', verbose_name='who may see it')),
                ('name', models.CharField(blank=True, max_length=200, verbose_name='name')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('lat', oce.kit.quantities.QuantityField(blank=True, null=True, verbose_name='latitude')),
                ('long', oce.kit.quantities.QuantityField(blank=True, null=True, verbose_name='longitude')),
                ('alt', oce.kit.quantities.QuantityField(blank=True, null=True, verbose_name='altitude')),
                ('mappable_address', models.TextField(blank=True, verbose_name='address')),
                ('has_detailed_geometry', models.JSONField(blank=True, default=list, verbose_name='shapes')),
                ('within', auto_prefetch.ForeignKey(blank=True, help_text='The larger place that this place is a part of, such as the farm around a barn.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='places_within', to='agents.spatialthing', verbose_name='within')),
            ],
            options={
                'verbose_name': 'place',
                'verbose_name_plural': 'places',
                'abstract': False,
                'base_manager_name': 'prefetch_manager',
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('lat__isnull', True), ('long__isnull', True)), models.Q(('lat__isnull', False), ('long__isnull', False)), _connector='OR'), name='place_has_both_coordinates_or_none')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('prefetch_manager', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Agent',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=oce.kit.identifiers.new_uid, editable=False, unique=True, verbose_name='identifier')),
                ('iri', models.TextField(editable=False, null=True, unique=True, verbose_name='address elsewhere')),
                ('is_described', models.BooleanField(default=True, editable=False)),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('visibility', oce.kit.visibility.VisibilityField(help_text='Who may see this: only those whom it concerns, everybody in the network, or everybody.', verbose_name='who may see it')),
                ('agent_class', models.CharField(choices=[('Person', 'person'), ('Organization', 'organisation'), ('EcologicalAgent', 'ecological agent'), ('Agent', 'agent')], help_text='Whether this is a person, an organisation, an ecological agent, or not said.', max_length=20, verbose_name='kind of agent')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('image', models.TextField(blank=True, verbose_name='picture')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('classified_as', models.JSONField(blank=True, default=list, verbose_name='tags')),
                ('primary_location', auto_prefetch.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='agents_here', to='agents.spatialthing', verbose_name='main place')),
            ],
            options={
                'verbose_name': 'person or group',
                'verbose_name_plural': 'people and groups',
                'abstract': False,
                'base_manager_name': 'prefetch_manager',
                'indexes': [models.Index(fields=['name'], name='agent_by_name')],
                'constraints': [models.CheckConstraint(condition=models.Q(('agent_class__in', ['Person', 'Organization', 'EcologicalAgent', 'Agent'])), name='agent_is_of_a_known_class')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('prefetch_manager', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='AgentRelationship',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=oce.kit.identifiers.new_uid, editable=False, unique=True, verbose_name='identifier')),
                ('iri', models.TextField(editable=False, null=True, unique=True, verbose_name='address elsewhere')),
                ('is_described', models.BooleanField(default=True, editable=False)),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('visibility', oce.kit.visibility.VisibilityField(help_text='Who may see this: only those whom it concerns, everybody in the network, or everybody.', verbose_name='who may see it')),
                ('has_beginning', models.DateTimeField(blank=True, null=True, verbose_name='from')),
                ('has_end', models.DateTimeField(blank=True, null=True, verbose_name='until')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('in_scope_of', auto_prefetch.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='relationships_in_scope', to='agents.agent', verbose_name='within the group')),
                ('object', auto_prefetch.ForeignKey(help_text='The agent to whom the subject is something: the group, the whole, the customer.', on_delete=django.db.models.deletion.PROTECT, related_name='relationships_as_object', to='agents.agent', verbose_name='to whom')),
                ('subject', auto_prefetch.ForeignKey(help_text='The agent of whom something is said: the member, the part, the supplier.', on_delete=django.db.models.deletion.PROTECT, related_name='relationships_as_subject', to='agents.agent', verbose_name='who')),
                ('relationship', auto_prefetch.ForeignKey(help_text='What the subject is to the object.', on_delete=django.db.models.deletion.PROTECT, related_name='relationships', to='agents.agentrelationshiprole', verbose_name='is')),
            ],
            options={
                'verbose_name': 'relationship',
                'verbose_name_plural': 'relationships',
                'abstract': False,
                'base_manager_name': 'prefetch_manager',
                'constraints': [models.CheckConstraint(condition=models.Q(('subject', models.F('object')), _negated=True), name='relationship_joins_two_agents'), models.CheckConstraint(condition=models.Q(('has_beginning__isnull', True), ('has_end__isnull', True), ('has_beginning__lt', models.F('has_end')), _connector='OR'), name='relationship_begins_before_it_ends')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('prefetch_manager', django.db.models.manager.Manager()),
            ],
        ),
    ]
