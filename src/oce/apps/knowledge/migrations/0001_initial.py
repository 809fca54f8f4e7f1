import auto_prefetch
import django.db.models.deletion
import django.db.models.manager
import oce.kit.identifiers
import oce.kit.measures
import oce.kit.visibility
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='ProcessSpecification',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=oce.kit.identifiers.new_uid, editable=False, unique=True, verbose_name='identifier')),
                ('iri', models.TextField(editable=False, null=True, unique=True, verbose_name='address elsewhere')),
                ('is_described', models.BooleanField(default=True, editable=False)),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('visibility', oce.kit.visibility.VisibilityField(help_text='Who may see this: only those whom it concerns, everybody in the network, or everybody.', verbose_name='who may see it')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('image', models.TextField(blank=True, verbose_name='picture')),
            ],
            options={
                'verbose_name': 'kind of work',
                'verbose_name_plural': 'kinds of work',
                'abstract': False,
                'base_manager_name': 'prefetch_manager',
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('prefetch_manager', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='ResourceSpecification',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=oce.kit.identifiers.new_uid, editable=False, unique=True, verbose_name='identifier')),
                ('iri', models.TextField(editable=False, null=True, unique=True, verbose_name='address elsewhere')),
                ('is_described', models.BooleanField(default=True, editable=False)),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('visibility', oce.kit.visibility.VisibilityField(help_text='Who may see this: only those whom it concerns, everybody in the network, or everybody.', verbose_name='who may see it')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('image', models.TextField(blank=True, verbose_name='picture')),
                ('image_list', models.JSONField(blank=True, default=list, verbose_name='pictures')),
                ('resource_classified_as', models.JSONField(blank=True, default=list, verbose_name='tags')),
                ('default_unit_of_resource', oce.kit.measures.UnitField(blank=True, default='', max_length=64, verbose_name='unit')),
                ('default_unit_of_effort', oce.kit.measures.UnitField(blank=True, default='', max_length=64, verbose_name='unit of effort')),
                ('medium_of_exchange', models.BooleanField(default=False, verbose_name='used to pay with')),
                ('substitutable', models.BooleanField(blank=True, null=True, verbose_name='any one will do')),
            ],
            options={
                'verbose_name': 'kind of thing',
                'verbose_name_plural': 'kinds of things',
                'abstract': False,
                'base_manager_name': 'prefetch_manager',
                'indexes': [models.Index(fields=['name'], name='resource_specification_by_name')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('prefetch_manager', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Unit',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=oce.kit.identifiers.new_uid, editable=False, unique=True, verbose_name='identifier')),
                ('iri', models.TextField(editable=False, null=True, unique=True, verbose_name='address elsewhere')),
                ('is_described', models.BooleanField(default=True, editable=False)),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('visibility', oce.kit.visibility.VisibilityField(help_text='Who may see this: only those whom it concerns, everybody in the network, or everybody.', verbose_name='who may see it')),
                ('identifier', models.CharField(help_text='How quantities name the unit: loaf; or the name of a standard unit, to give it other words.', max_length=64, unique=True, verbose_name='short name')),
                ('label', models.CharField(max_length=200, verbose_name='name')),
                ('symbol', models.CharField(blank=True, max_length=50, verbose_name='symbol')),
                ('om_unit_identifier', models.TextField(blank=True, verbose_name='standard unit')),
                ('classified_as', models.JSONField(blank=True, default=list, verbose_name='tags')),
            ],
            options={
                'verbose_name': 'unit',
                'verbose_name_plural': 'units',
                'abstract': False,
                'base_manager_name': 'prefetch_manager',
                'constraints': [models.CheckConstraint(condition=models.Q(('identifier', ''), _negated=True), name='unit_has_an_identifier'), models.CheckConstraint(condition=models.Q(('label', ''), _negated=True), name='unit_has_a_label')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('prefetch_manager', django.db.models.manager.Manager()),
            ],
        ),
        migrations.CreateModel(
            name='Classification',
            fields=[
                ('id', models.BigAutoField(primary_key=True, serialize=False)),
                ('uid', models.UUIDField(default=oce.kit.identifiers.new_uid, editable=False, unique=True, verbose_name='identifier')),
                ('iri', models.TextField(editable=False, null=True, unique=True, verbose_name='address elsewhere')),
                ('is_described', models.BooleanField(default=True, editable=False)),
                ('revision', models.PositiveIntegerField(default=1, editable=False)),
                ('visibility', oce.kit.visibility.VisibilityField(help_text='Who may see this: only those whom it concerns, everybody in the network, or everybody.', verbose_name='who may see it')),
                ('name', models.CharField(max_length=200, verbose_name='name')),
                ('term', models.CharField(help_text='What is written on the records: a word, or the address of a term in a public taxonomy.', max_length=400, unique=True, verbose_name='tag')),
                ('note', models.TextField(blank=True, verbose_name='note')),
                ('broader', auto_prefetch.ForeignKey(blank=True, help_text='The wider tag that this one belongs under.', null=True, on_delete=django.db.models.deletion.PROTECT, related_name='narrower', to='knowledge.classification', verbose_name='under')),
            ],
            options={
                'verbose_name': 'tag',
                'verbose_name_plural': 'tags',
                'abstract': False,
                'base_manager_name': 'prefetch_manager',
                'constraints': [models.CheckConstraint(condition=models.Q(('term', ''), _negated=True), name='classification_has_a_term'), models.CheckConstraint(condition=models.Q(('broader__isnull', True), models.Q(('broader', models.F('id')), _negated=True), _connector='OR'), name='classification_is_not_under_itself')],
            },
            managers=[
                ('objects', django.db.models.manager.Manager()),
                ('prefetch_manager', django.db.models.manager.Manager()),
            ],
        ),
    ]
